"""Two networks side by side: which layers they share, and how their totals compare.

Imports neither torch nor numpy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from mnistcore.stacks.table import NetworkRow, NetworkTable

SAME, CHANGED, ONLY_FIRST, ONLY_SECOND = "=", "≠", "−", "+"


@dataclass(frozen=True)
class RowPair:
    """Two rows that face each other; None where one network has nothing to face the other.

    Args:
        mark: `=` alike, `≠` another layer in its place, `−` the first's only, `+` the second's.
        first: Of the first network.
        second: Of the second network.
    """

    mark: str
    first: NetworkRow | None
    second: NetworkRow | None


def row_pairs(first: Sequence[NetworkRow], second: Sequence[NetworkRow]) -> Iterator[RowPair]:
    """Yield the rows of two networks, those that are alike facing each other.

    Alike are rows with the same name, output and counts.

    >>> from mnistcore.stacks.table import stack_table
    >>> from mnistcore.stacks.presets import preset
    >>> two, one = (stack_table(name, preset(name).analyse()) for name in ("Two 3x3", "One 5x5"))
    >>> [pair.mark for pair in row_pairs(two.rows, one.rows)]
    ['≠', '−']
    """
    matcher = SequenceMatcher(None, [_key(row) for row in first], [_key(row) for row in second])
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        pairs = zip_longest(first[start:end], second[other_start:other_end])
        yield from (RowPair(_mark(one, other), one, other) for one, other in pairs)


def totals(first: NetworkTable, second: NetworkTable) -> dict[str, tuple[int, int]]:
    """Return the numbers of two networks that can be compared, by name.

    >>> from mnistcore.stacks.table import stack_table
    >>> from mnistcore.stacks.presets import preset
    >>> two, one = (stack_table(name, preset(name).analyse()) for name in ("Two 3x3", "One 5x5"))
    >>> totals(two, one)["MACs"]
    (57802752, 80281600)
    """
    return {
        "Layers": (len(first.rows), len(second.rows)),
        "Parameters": (first.num_params, second.num_params),
        "MACs": (first.num_macs, second.num_macs),
        "FLOPs": (2 * first.num_macs, 2 * second.num_macs),
        "Weight memory": (first.weight_bytes, second.weight_bytes),
        "Training memory": (first.training_bytes, second.training_bytes),
    }


def ratio_text(first: int, second: int) -> str:
    """Return how one number compares to another: a sign, and their ratio.

    >>> ratio_text(72, 100), ratio_text(3, 3), ratio_text(5, 0)
    ('▼0.72×', '=', '▲')
    """
    if first == second:
        return "="
    sign = "▲" if first > second else "▼"
    if not second:
        return sign
    ratio = first / second
    return f"{sign}{ratio:.2f}×" if ratio < 100 else f"{sign}{ratio:,.0f}×"


def _key(row: NetworkRow) -> tuple[object, ...]:
    return row.name, row.output_shape, row.num_params, row.num_macs


def _mark(first: NetworkRow | None, second: NetworkRow | None) -> str:
    if first is None:
        return ONLY_SECOND
    if second is None:
        return ONLY_FIRST
    return SAME if _key(first) == _key(second) else CHANGED
