"""`python -m mnistcore analyse`: every number of a network in a file of PyTorch code."""

import argparse
import json
import sys
from pathlib import Path

from mnistcore.errors import InvalidInputError
from mnistcore.pasted.inputs import fit_input
from mnistcore.pasted.reading import PastedError, PastedNetwork, understand
from mnistcore.pasted.tables import pasted_table
from mnistcore.stacks.argument_text import read_shape
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.stacks.table import NetworkRow, NetworkTable, stack_table, table_csv

LARGEST_FILE = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `analyse`.

    Args:
        parser: The parser of this command.
    """
    parser.set_defaults(command=analyse)
    parser.description = (
        "Print the output shape, parameters, multiply-adds and receptive field of every layer of a "
        "network. FILE holds PyTorch code, what print(model) shows, or a JSON of the calculator; "
        "nothing of it is executed. What cannot be read is told with its line, and the exit code "
        "is 1."
    )
    parser.add_argument("file", metavar="FILE", help="the file; - is standard input")
    parser.add_argument(
        "--input-shape",
        metavar="C,H,W",
        help="of one image; C,L for signals, F for features (what the text names, or what fits)",
    )
    parser.add_argument(
        "--network", metavar="NAME", default="", help="a variable or class, if there are several"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV, a total in the last line")


def analyse(options: argparse.Namespace) -> int:
    """Print a network's numbers, and what is good to know on standard error.

    Args:
        options: As parsed by the parser that `add_arguments` was given.

    Raises:
        InvalidInputError: The file cannot be read, or the network in it.
    """
    name = "standard input" if options.file == "-" else options.file
    try:
        text = _read(options.file)
        table, notes = _table(text, options)
    except PastedError as error:
        at = f"{name}, line {error.line}" if error.line else name
        raise InvalidInputError("{at}: {why}", at=at, why=error.why) from None
    except InvalidInputError as error:
        raise InvalidInputError("{name}: {error}", name=name, error=error) from None
    for line, note in notes:
        print(f"mnistcore: {name}, line {line}: {note}", file=sys.stderr)
    if options.json:
        print(json.dumps(_as_json(table, notes), indent=1))
    elif options.csv:
        print(table_csv(table), end="")
    else:
        print(_as_text(table))
    return 0


def _read(file: str) -> str:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InvalidInputError("cannot be read: {error}.", error=error.strerror) from None
    if len(data) > LARGEST_FILE:
        raise InvalidInputError(
            "has more than {largest_file:,} bytes, too many for a network.",
            largest_file=LARGEST_FILE,
        )
    return data.decode("utf-8-sig", errors="replace")


def _table(text: str, options: argparse.Namespace) -> tuple[NetworkTable, list[tuple[int, str]]]:
    if text.lstrip().startswith("{"):
        return stack_table("network", stack_from_json(text).analyse()), []
    shape = read_shape(options.input_shape) if options.input_shape else None
    pasted = understand(text, options.network)
    notes: list[tuple[int, str]] = []
    if shape is None:
        fitting = fit_input(pasted)
        network: PastedNetwork = fitting.network
        shown = ",".join(map(str, network.input_shape))
        notes.append((1, f"The input shape is taken to be {shown}, {fitting.reason}."))
    else:
        network = pasted.sent(shape)
        if network.problem:
            raise network.problem
    return pasted_table(network), notes + [(note.line, note.text) for note in network.notes]


def _as_json(table: NetworkTable, notes: list[tuple[int, str]]) -> dict[str, object]:
    return {
        "name": table.name,
        "input_shape": table.input_shape,
        "output_shape": table.output_shape,
        "num_params": table.num_params,
        "num_macs": table.num_macs,
        "training_bytes": table.training_bytes,
        "rows": [_row_as_json(row) for row in table.rows],
        "notes": [{"line": line, "text": text} for line, text in notes],
    }


def _row_as_json(row: NetworkRow) -> dict[str, object]:
    fields = row.fields
    return {
        "name": row.name,
        "path": row.path,
        "output_shape": row.output_shape,
        "num_params": row.num_params,
        "num_macs": row.num_macs,
        "receptive_field": fields and [each and each.size for each in fields],
        "effective_stride": fields and [each and float(each.effective_stride) for each in fields],
        "activation_bytes": row.activation_bytes,
    }


def _as_text(table: NetworkTable) -> str:
    head = ("", "layer", "output", "parameters", "MACs", "sees", "jump")
    lines = [
        (
            *(row.path, row.name, "x".join(map(str, row.output_shape)), f"{row.num_params:,}"),
            *(f"{row.num_macs:,}", row.receptive_field, row.effective_stride),
        )
        for row in table.rows
    ]
    total = "x".join(map(str, table.output_shape))
    lines.append(
        ("total", table.name, total, f"{table.num_params:,}", f"{table.num_macs:,}", "", "")
    )
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (head, *lines)
    )
