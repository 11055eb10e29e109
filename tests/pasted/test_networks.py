"""Networks as people write them, each compared with the module that torch builds of the text."""

import pytest

from mnistcore.in_torch.verification import Figures
from mnistcore.pasted.inputs import fit_input
from mnistcore.pasted.reading import read_network, understand
from mnistcore.pasted.tables import pasted_table
from tests.pasted.in_torch import NAMES, figures_of, pasted

# Texts that name no input: any of several sizes works, so it is asked for.
ASKED_FOR = {
    *("activation_dict_and_kwargs", "blocks_of_classes", "conv1d_signal", "generator"),
    *("indexed_sequential", "print_vgg", "ternaries_and_constants", "vgg_torchvision_style"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_has_the_numbers_of_its_network_in_torch(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = pasted(name)

    network = read_network(text.text, text.input_shape)

    assert network.problem is None
    table = pasted_table(network)
    assert Figures(table.output_shape, table.num_params, table.num_macs) == figures_of(text)


def test_there_are_twenty_styles_and_more() -> None:
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", sorted(set(NAMES) - ASKED_FOR))
def test_the_input_shape_is_found_where_the_text_leaves_no_choice(name: str) -> None:
    text = pasted(name)

    found = fit_input(understand(text.text)).network

    is_the_same_picture = found.input_shape == (1, 28, 28) and text.input_shape == (784,)
    assert found.input_shape == text.input_shape or is_the_same_picture


@pytest.mark.parametrize("name", sorted(ASKED_FOR))
def test_an_input_shape_that_is_a_choice_is_asked_for(name: str) -> None:
    with pytest.raises(ValueError, match=r"[Gg]ive the input shape|is another, give the input"):
        fit_input(understand(pasted(name).text))


def test_a_module_that_is_called_twice_has_its_parameters_counted_once() -> None:
    table = pasted_table(read_network(pasted("reused_modules").text, (1, 28, 28)))

    convolutions = [row for row in table.rows if row.path == "conv2"]
    assert [row.num_params for row in convolutions] == [12 * 12 * 9 + 12, 0, 0]
    assert len({row.num_macs for row in convolutions}) == 1


def test_a_module_that_is_never_called_is_named() -> None:
    network = read_network(pasted("reused_modules").text, (1, 28, 28))

    assert [(note.line, note.text) for note in network.notes] == [
        (10, "`unused` is never called: its 42 parameters are in the total, and in no row.")
    ]
    assert "unused" not in {row.path for row in pasted_table(network).rows}


def test_rows_have_the_paths_of_their_modules() -> None:
    table = pasted_table(read_network(pasted("dataclass_config").text, (1, 28, 28)))

    assert [row.path for row in table.rows][:3] == ["net.0", "net.1", "net.2"]
