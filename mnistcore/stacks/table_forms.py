"""A network's table in other forms: joined to blocks, or as CSV.

Imports neither torch nor numpy.
"""

import csv
from collections.abc import Sequence
from functools import partial
from io import StringIO
from itertools import groupby

from mnistcore.stacks.table import NetworkRow, NetworkTable

MOST_BLOCKS = 40
COLUMNS = (
    *("path", "layer", "output_shape", "num_params", "num_macs", "flops"),
    *("receptive_field", "effective_stride", "activation_bytes"),
)


def blocks(rows: Sequence[NetworkRow], most: int = MOST_BLOCKS) -> list[NetworkRow]:
    """Return rows joined to blocks by their paths, as fine as `most` blocks allow.

    Args:
        rows: Layer by layer.
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
            _block(path, list(members)) for path, members in groupby(rows, partial(_prefix, depth))
        ]
        if found and len(finer) > most:
            break
        found = finer
    return found


def table_csv(table: NetworkTable) -> str:
    """Return a table as CSV, with plain numbers and a total in the last line.

    Args:
        table: Of a network.

    >>> from mnistcore.stacks.table import stack_table
    >>> from mnistcore.stacks.presets import my_net
    >>> print(table_csv(stack_table("MyNet", my_net().analyse())).splitlines()[1])
    1,Conv2d 16 · 3×3 · stride 2 · padding 1,16x14x14,160,28224,56448,3,2,12544
    """
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in table.rows:
        shape = "x".join(map(str, row.output_shape))
        counts = [row.num_params, row.num_macs, 2 * row.num_macs]
        seen = [row.receptive_field, row.effective_stride]
        writer.writerow([row.path, row.name, shape, *counts, *seen, row.activation_bytes])
    shape = "x".join(map(str, table.output_shape))
    counts = [table.num_params, table.num_macs, 2 * table.num_macs]
    writer.writerow(["total", table.name, shape, *counts, "", "", table.activation_bytes])
    return file.getvalue()


def _prefix(depth: int, row: NetworkRow) -> str:
    return ".".join(row.path.split(".")[:depth])


def _block(path: str, members: list[NetworkRow]) -> NetworkRow:
    last = members[-1]
    if len(members) == 1:
        return last
    return NetworkRow(
        f"{len(members)} layers",
        path,
        last.output_shape,
        sum(row.num_params for row in members),
        sum(row.num_macs for row in members),
        sum(row.activation_bytes for row in members),
        last.fields,
    )
