"""ONNX Runtime answers as the network does, on MNIST's test digits."""

import json
import sys

import numpy as np
import onnxruntime
import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.exported.onnx_file import metadata, onnx_model
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from mnistcore.stacks.presets import deep_net, dense_net
from tests.exported.networks import STACKS, unsettled

FARTHEST = 1e-4
STACKED = {"deep-net": deep_net(), "dense": dense_net(), **STACKS}


def session_of(classifier: Classifier) -> onnxruntime.InferenceSession:
    content = onnx_model(classifier, "network").SerializeToString()
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def farthest_apart(classifier: Classifier, count: int) -> float:
    """Return the largest difference between two answers, as probabilities."""
    images = load_split("test").images[:count].numpy()
    inputs = classifier.inputs(images).numpy()
    session = session_of(classifier)
    logits = np.concatenate(
        [session.run(None, {"images": part})[0] for part in np.array_split(inputs, 10)]
    )[:, :10]
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / classifier.temperature)
    found = powers / powers.sum(axis=1, keepdims=True)
    return float(np.abs(found - classifier.predict(images)).max())


def test_mynet_answers_the_same_on_the_whole_test_set() -> None:
    assert farthest_apart(load_classifier(MYNET), 10_000) <= FARTHEST


def test_the_shipped_network_answers_the_same() -> None:
    assert farthest_apart(load_classifier(), 200) <= FARTHEST


@pytest.mark.parametrize("name", STACKED)
def test_a_stack_of_layers_answers_the_same(name: str) -> None:
    classifier = Classifier(unsettled(build_sequential(STACKED[name])))

    assert farthest_apart(classifier, 100) <= FARTHEST


def test_what_prepares_an_image_stands_in_the_file() -> None:
    classifier = load_classifier()

    held = session_of(classifier).get_modelmeta().custom_metadata_map

    assert {name: json.loads(text) for name, text in held.items()} == metadata(classifier)
    assert json.loads(held["temperature"]) == classifier.temperature


def test_without_the_package_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)

    with pytest.raises(InvalidInputError, match=r"pip install mnistcore\[onnx\]"):
        onnx_model(load_classifier(MYNET), "network")
