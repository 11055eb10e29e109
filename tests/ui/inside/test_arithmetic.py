"""The pictures of the page inside a network, for a trained network and for every kind of layer."""

import re
from random import Random

import numpy as np
import pytest
from torch import nn

from mnistcore.inside.inspection import inspect_network, prepare_model
from mnistcore.inside.value_terms import value_terms
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from mnistcore.stacks.presets import lenet5, my_net
from mnistcore.stacks.stack import LayerStack
from tests.inside.test_value_terms import EVERY_KIND, made
from ui.inside.arithmetic import product_table, write_value
from ui.inside.blocks import row_data
from ui.inside.layer_names import shown
from ui.inside.opened import OpenedNetwork
from ui.networks import LESSON


def looked_into(model: nn.Module, number: int, index: tuple[int, ...]) -> OpenedNetwork:
    classifier = Classifier(model)
    image = load_split("test").images[0]
    given = (image[None].double() / 255 - classifier.mean) / classifier.std
    stages = inspect_network(prepare_model(classifier.model), given)
    return OpenedNetwork(LESSON, classifier, image.numpy(), 7, stages, number, index, stages)


def test_the_row_carries_the_calculators_numbers() -> None:
    data = row_data(looked_into(load_classifier(MYNET).model, 5, (3, 2, 4)))

    blocks = data["blocks"]
    assert [block["size"] for block in blocks] == ["28×28×1", "14×14×16", "7×7×32", "4×4×64", "10"]
    lines = [line for block in blocks for line in block["lines"]]
    for word, total in (("parameters", my_net().analyse().num_params), ("MACs", 559_168)):
        counts = [
            int(found[1].replace(",", ""))
            for line in lines
            if (found := re.search(rf"([0-9,]+) {word}", line))
        ]
        assert sum(counts) == total
    assert [line for line in lines if "sees" in line][2] == "sees 15×15 pixels"
    assert data["region"] == [[5, 11], [13, 19]]
    assert sum(blocks[-1]["layers"][0]["shares"]) == pytest.approx(1)


@pytest.mark.parametrize("stack", [EVERY_KIND, lenet5(), my_net()])
def test_every_kind_of_layer_is_written_out_to_the_value(stack: LayerStack) -> None:
    model = made(stack)
    random = Random(1)
    stages = looked_into(model, 0, ()).stages

    for number, stage in enumerate(stages):
        index = tuple(random.randrange(size) for size in stage.outputs.shape)
        opened = looked_into(model, number, index)

        numbers = re.findall(r"<td>([^<]*)</td></tr>", write_value(opened))

        assert numbers[-1] == shown(float(stage.outputs[index]))
        assert row_data(opened)["chosen"] == {"number": number, "index": list(index)}


def test_all_products_are_listed_the_largest_first() -> None:
    opened = looked_into(load_classifier(MYNET).model, 10, (7,))

    table = product_table(opened, 10, value_terms(opened.stages[10], (7,)))

    sizes = np.abs(np.asarray(table["product"]))
    assert len(sizes) == 1024
    assert (np.diff(sizes) <= 0).all()
    bias = value_terms(opened.stages[10], (7,)).constant
    assert np.asarray(table["sum so far"])[-1] + bias == pytest.approx(opened.logits[7])
