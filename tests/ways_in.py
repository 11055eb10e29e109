"""Every way in for text and numbers: what people type, paste, open from a file or follow as a link.

Each takes any text, and gives an answer or raises `InvalidInputError`; anything else is our bug.
"""

import json
from collections.abc import Callable

from mnistcore.errors import InvalidInputError
from mnistcore.explained.repair import nearest_working
from mnistcore.layers.kinds import make_layer
from mnistcore.pasted.inputs import fit_input
from mnistcore.pasted.reading import read_network, understand
from mnistcore.pasted.tables import list_obstacle, pasted_drafts, pasted_table
from mnistcore.stacks.argument_text import read_shape, read_value, write_value
from mnistcore.stacks.draft import analyse_drafts, fit_drafts
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.stacks.table import stack_table, table_csv
from mnistcore.stacks.text_format import write_layers

INPUT_SHAPE = (3, 16, 16)


def paste(text: str) -> None:
    """Read a text as the page does, up to the table and the list of layers."""
    network = read_network(text, INPUT_SHAPE)
    drafts = pasted_drafts(network)
    list_obstacle(network)
    if network.problem is None:
        table_csv(pasted_table(network))
    result = analyse_drafts(INPUT_SHAPE, drafts)
    stack_table("net", result.analysis)
    fit_drafts(INPUT_SHAPE, drafts)
    write_layers(drafts)
    if result.problem:
        typed = dict(drafts[len(result.analysis.rows)])
        nearest_working(str(typed.pop("kind")), typed, result.analysis.output_shape)


def analyse_file(text: str) -> None:
    """Read a text as `analyse` does: JSON, or code whose input shape has to be found."""
    if text.lstrip().startswith("{"):
        stack_from_json(text).analyse()
    else:
        fit_input(understand(text))


def open_json(text: str) -> None:
    """Open a file of the calculator."""
    stack = stack_from_json(text)
    stack_table("net", stack.analyse())
    stack.fitted()


def type_shape(text: str) -> None:
    """Type an input shape."""
    read_shape(text)


def type_argument(text: str) -> None:
    """Type an argument into each box of a layer."""
    value = read_value(text)
    write_value(value)
    for name in ("kernel_size", "padding", "groups", "bias"):
        arguments = {"in_channels": 3, "out_channels": 4, "kernel_size": 3} | {name: value}
        nearest_working("Conv2d", arguments, INPUT_SHAPE)
        try:
            make_layer("Conv2d", **arguments).output_shape(INPUT_SHAPE)
        except InvalidInputError:
            continue


WAYS: dict[str, Callable[[str], None]] = {
    "paste": paste,
    "analyse": analyse_file,
    "JSON": open_json,
    "shape": type_shape,
    "argument": type_argument,
}


def try_all(text: str) -> None:
    """Send a text through every way in; only `InvalidInputError` is expected."""
    for way in WAYS.values():
        try:
            way(text)
        except InvalidInputError as error:
            assert str(error), "an error without a sentence"


def as_json(values: object) -> str:
    """Return values as JSON, for texts of that kind."""
    return json.dumps(values, default=str)
