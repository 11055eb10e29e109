"""Networks as PyTorch's own calls: read, written, and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.stacks.code_export import pytorch_program
from mnistcore.stacks.draft import analyse_drafts
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.text_format import drafts_of, write_layers
from tests.random_arguments import WRITABLE
from tests.typed_layers import read_layers


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_comes_back_from_its_text_and_from_its_program(name: str) -> None:
    drafts = drafts_of(preset(name))

    assert read_layers(write_layers(drafts)) == drafts
    assert read_layers(pytorch_program(preset(name))) == drafts


def is_short(value: object) -> bool:
    """Return whether every number has 15 digits at most: longer ones are kept as words."""
    numbers = value if isinstance(value, tuple) else (value,)
    return all(not isinstance(number, int) or abs(number) <= 10**15 for number in numbers)


@given(
    kind=st.sampled_from(["Conv2d", "Linear", "ReLU", "LSTM"]),
    arguments=st.dictionaries(
        st.sampled_from(["in_channels", "stride", "bias", "x"]), WRITABLE.filter(is_short)
    ),
)
def test_nothing_typed_is_lost_however_wrong(kind: str, arguments: dict[str, object]) -> None:
    defaults = argument_defaults(kind) if kind in LAYER_KINDS else {}

    (draft,) = read_layers(write_layers([{"kind": kind, **arguments}]))

    if "bias" in defaults and arguments.get("bias", True) is None:
        arguments = {**arguments, "bias": False}  # what it is to torch
    assert {**defaults, **draft} == {**defaults, "kind": kind, **arguments}


@given(st.text(alphabet="Conv2dReLU(),.=[]*{}0123456789'\"\\\n -#:;", max_size=60))
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_any_text_gives_layers_or_a_sentence(text: str) -> None:
    try:
        result = analyse_drafts((1, 28, 28), read_layers(text))
    except InvalidInputError as error:
        assert str(error).endswith(".")
    else:
        assert result.problem is None or str(result.problem).endswith(".")


def test_what_changes_no_number_is_left_out() -> None:
    assert read_layers("nn.ReLU(inplace=True),\nnn.ReLU(),") == [{"kind": "ReLU"}] * 2


def test_indented_lines_from_the_middle_of_a_program_are_read() -> None:
    text = "    nn.Conv2d(1, 16, 3),  # (1, 28, 28) -> (16, 26, 26)\n    nn.ReLU(),\n"

    assert [draft["kind"] for draft in read_layers(text)] == ["Conv2d", "ReLU"]


def test_names_stay_as_typed_and_are_explained_by_the_layer() -> None:
    result = analyse_drafts((1, 28, 28), read_layers("Conv2d(width, 16, 3)"))

    assert "Layer 1, Conv2d: `in_channels` is 'width', but has to be a whole number" in str(
        result.problem
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Conv2d(1,", "Line 1: This cannot be read as Python: `Conv2d(1,`"),
        ("ReLU()\nReLU", "Line 2: `ReLU` is no layer"),
        ("ReLU()\n" * 40_000, "has 280,000 characters"),
        ("ReLU()\n" * 1_001, "Line 1001: "),
        ("(" * 5_000, "Line 1: This cannot be read as Python"),
        ("-" * 9_000 + "1", "The text cannot be read"),
    ],
)
def test_what_is_no_network_is_explained(text: str, words: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_layers(text)

    assert words in str(raised.value)


def test_nothing_of_the_text_is_executed() -> None:
    with pytest.raises(InvalidInputError, match=r"Line 1: .* is no layer"):
        read_layers("__import__('os').system('true') or 1")
