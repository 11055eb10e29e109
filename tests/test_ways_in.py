"""Nothing that is typed, pasted, opened or linked crashes or hangs: an answer, or one sentence."""

import resource
import time
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import PRESETS, preset
from tests.evaluator.test_limits import HOSTILE
from tests.pasted.in_torch import NAMES, pasted
from tests.ways_in import WAYS, as_json, try_all

MOST_SECONDS = 1.0
TEXTS = [pasted(name).text for name in NAMES]
WORDS = [
    *(
        "x",
        "self",
        "nn.",
        "nn.Conv2d(",
        "nn.Linear(",
        "F.relu(",
        "Sequential(",
        "ReLU()",
        "Flatten()",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "=",
        "*",
        "**",
        "//",
        "-",
        "%",
        "@",
        ".",
        "\n",
        "    ",
    ),
    *(
        "0",
        "1",
        "3",
        "-1",
        "2**64",
        "1e308",
        "0x" + "f" * 99,
        "None",
        "True",
        "'M'",
        "f'{x}'",
        "''",
    ),
    *("for x in range(9):", "if x:", "while x:", "def f(x):", "lambda x: x", "class N(nn.Module):"),
    *("return ", "x.view(-1, 3)", "x.size(0)", "x + x", "torch.cat([x, x])", "super().__init__()"),
    *("layers.append(", "getattr(self, 'x')", "self.x = ", "import torch", "yield x", "raise x"),
]


@st.composite
def changed_texts(draw: st.DrawFn) -> str:
    """Draw a network as people write it, with pieces taken out, doubled, or put in."""
    random = Random(draw(st.integers(0, 2**32)))
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 1, 4, 30, 200)))
        piece = random.choice((random.choice(WORDS), text[start:end] * 2, ""))
        text = text[:start] + piece + text[end:]
    return text


LITERALS = st.recursive(
    st.sampled_from(["1", "-3", "0x" + "f" * 4_000, "2.5", "1e999", "3j", "None", "True", "'a'"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.lists(inner, max_size=3).map(lambda parts: f"({', '.join(parts)})")
        | st.lists(inner, max_size=3).map(lambda parts: f"{{{', '.join(parts)}}}")
        | st.tuples(inner, inner).map(lambda pair: f"{{{pair[0]}: {pair[1]}}}")
    ),
    max_leaves=6,
)

ANY_TEXT = st.one_of(
    changed_texts(),
    LITERALS,
    LITERALS.map("Conv2d(1, {}, 3)".format),
    LITERALS.map("Net(\n  (0): Conv2d(1, {}, kernel_size=3)\n)".format),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
    st.text(max_size=80),
    st.recursive(
        st.none() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["kind", "layers", "input_shape", "stride"]), inner, max_size=4
            )
        ),
    ).map(as_json),
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_is_answered_by_every_way_in(text: str) -> None:
    for way in WAYS.values():
        begun = time.process_time()
        try:
            way(text)
        except InvalidInputError as error:
            assert 10 < len(str(error)) < 1000
        assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_answered_by_every_way_in(name: str) -> None:
    for way in WAYS.values():
        begun = time.process_time()
        try:
            way(HOSTILE[name])
        except InvalidInputError as error:
            assert 10 < len(str(error)) < 1000
        assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize("name", PRESETS)
def test_cut_files_are_answered(name: str) -> None:
    text = stack_to_json(preset(name))

    for end in range(0, len(text), 97):
        try_all(text[:end])


@pytest.mark.slow
def test_the_slowest_stacks_time_grows_with_its_layers_and_no_faster() -> None:
    channels = {"in_channels": 1, "out_channels": 1}
    upsampling = {"kind": "ConvTranspose2d", **channels, "kernel_size": 128, "stride": 128}
    wide = {"kind": "Conv2d", **channels, "kernel_size": 2049, "padding": 1024}

    def seconds(num_wide: int) -> float:
        text = as_json({"input_shape": [1, 32, 32], "layers": [upsampling, *[wide] * num_wide]})
        begun = time.process_time()
        WAYS["JSON"](text)
        return time.process_time() - begun

    seconds(1)
    few, many = seconds(111), seconds(999)
    for _ in range(3):
        # Once again only if something else on the machine may have held it up.
        if many < 2 * 9 * few:
            break
        few, many = min(few, seconds(111)), min(many, seconds(999))

    assert many < 2 * 9 * few


@pytest.mark.slow
def test_memory_stays_small() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in ("a = [0] * 10_000\n" + "b = a * 1\n" * 9_000, "[" + "[1]," * 40_000 + "]"):
        try_all(text)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KB
