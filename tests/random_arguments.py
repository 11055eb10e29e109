"""Arguments for layers by the hundreds, sensible or not, for property tests."""

from dataclasses import MISSING
from typing import Any

from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults

ANYTHING = st.one_of(
    st.integers(-3, 12),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=6),
    st.booleans(),
    st.none(),
    st.sampled_from(["same", "valid", "SAME"]),
    st.lists(st.one_of(st.integers(-2, 9), st.floats(), st.text(max_size=3)), max_size=3),
)
WRITABLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.tuples(st.integers(), st.integers()),
)
SENSIBLE = st.one_of(st.integers(1, 8), st.tuples(st.integers(1, 8), st.integers(1, 8)))
SHAPES = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(tuple)


@st.composite
def kinds_with_arguments(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[str, Any]:
    kind = draw(st.sampled_from(list(LAYER_KINDS)))
    defaults = argument_defaults(kind)
    needed = [name for name, default in defaults.items() if default is MISSING]
    names = {*needed, *draw(st.lists(st.sampled_from(list(defaults) or ["p"]), max_size=3))}
    return kind, {name: draw(values) for name in sorted(names & set(defaults))}


def is_a_sentence(error: InvalidInputError) -> bool:
    text = str(error)
    return text.endswith((".", ")")) and text.count(" ") >= 4 and len(text) < 400
