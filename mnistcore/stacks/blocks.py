"""A network's rows joined to blocks, by their paths in the model.

Imports neither torch nor numpy.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from mnistcore.stacks.table import BlockOutput, NetworkRow

MOST_BLOCKS = 40


def blocks(
    rows: Sequence[NetworkRow],
    outputs: Mapping[str, BlockOutput] | None = None,
    most: int = MOST_BLOCKS,
) -> list[NetworkRow]:
    """Return rows joined to blocks by their paths, as fine as `most` blocks allow.

    Args:
        rows: Layer by layer.
        outputs: By path what comes out of a block; of others, what comes out of their last row.
        most: Blocks at most, unless the paths begin with more names than that.

    >>> row = NetworkRow("ReLU", "", (8,), 1, 2, 32, None)
    >>> from dataclasses import replace
    >>> rows = [replace(row, path=path) for path in ("stem", "body.0.conv", "body.0.relu")]
    >>> [(block.path, block.num_macs) for block in blocks(rows, most=2)]
    [('stem', 2), ('body.0', 4)]
    """
    deepest = max((row.path.count(".") + 1 for row in rows), default=1)
    found: list[NetworkRow] = []
    for depth in range(1, deepest + 1):
        finer = [
            _block(path, list(members), outputs or {})
            for path, members in groupby(rows, partial(_prefix, depth))
        ]
        if found and len(finer) > most:
            break
        found = finer
    return found


def _prefix(depth: int, row: NetworkRow) -> str:
    return ".".join(row.path.split(".")[:depth])


def _block(path: str, members: list[NetworkRow], outputs: Mapping[str, BlockOutput]) -> NetworkRow:
    last = members[-1]
    output = outputs.get(path, last)
    if len(members) == 1 and last.path == path:
        return last
    return NetworkRow(
        f"{len(members)} layers" if len(members) > 1 else last.name,
        path,
        output.output_shape,
        sum(row.num_params for row in members),
        sum(row.num_macs for row in members),
        sum(row.activation_bytes for row in members),
        output.fields,
    )
