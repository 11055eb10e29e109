"""A pasted network's numbers as a table, and its layers as a plain list, where one can be made.

In the table weights that are used twice are counted once; a list of layers cannot say so.
"""

from dataclasses import replace

from mnistcore.layers.kinds import layer_from_dict
from mnistcore.pasted.reading import PastedNetwork
from mnistcore.sentences import Sentence
from mnistcore.stacks.draft import analyse_drafts
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkTable, stack_table
from mnistcore.stacks.text_format import Draft


def pasted_table(network: PastedNetwork) -> NetworkTable:
    """Return every layer's numbers; paths are those of the modules, or the function's name.

    Args:
        network: One without a problem.

    >>> from mnistcore.pasted.reading import read_network
    >>> code = "f = nn.Linear(8, 8); net = nn.Sequential(f, nn.ReLU(), f)"
    >>> table = pasted_table(read_network(code, (8,), "net"))
    >>> table.num_params, [(row.path, row.num_params, row.num_macs) for row in table.rows]
    (72, [('0', 72, 64), ('1', 0, 0), ('0', 0, 64)])
    """
    calls = network.trace.calls
    layers = tuple(layer_from_dict(call.draft) for call in calls)
    table = stack_table(network.name, LayerStack(network.input_shape, layers).analyse())
    met: set[int | None] = {None}
    rows = []
    for call, row in zip(calls, table.rows, strict=True):
        path = call.name if call.owner is None else network.trace.paths.get(call.owner, call.name)
        is_again = call.owner is not None and call.owner in met
        met.add(call.owner)
        rows.append(replace(row, path=path, num_params=0 if is_again else row.num_params))
    num_params = sum(row.num_params for row in rows) + network.trace.unused_params
    return replace(table, rows=tuple(rows), num_params=num_params)


def pasted_drafts(network: PastedNetwork) -> list[Draft]:
    """Return the layers that were understood, one for each call, possible or not.

    Args:
        network: As it was read.
    """
    return [call.draft for call in network.trace.calls]


def list_obstacle(network: PastedNetwork) -> str:
    """Return why a plain list of layers is another network than the text's; "" if it is the same.

    Args:
        network: As it was read.

    >>> from mnistcore.pasted.reading import read_network
    >>> code = "f = nn.Linear(8, 8); net = nn.Sequential(f, f)"
    >>> list_obstacle(read_network(code, (8,), "net"))
    '`0` is called twice or more with the same weights, which a list of layers cannot say.'
    """
    trace = network.trace
    if trace.problem and not analyse_drafts(network.input_shape, pasted_drafts(network)).problem:
        return Sentence("The text goes on behind these layers, and is not understood from there.")
    if trace.unused_params:
        return Sentence(
            "{count:,} parameters belong to layers that are never called.",
            count=trace.unused_params,
        )
    if trace.problem:
        return ""
    met: set[int] = set()
    for call in trace.calls:
        if call.owner in met and layer_from_dict(call.draft).num_params:
            path = trace.paths.get(call.owner or 0, "a layer")
            return Sentence(
                "`{path}` is called twice or more with the same weights, which a list of layers "
                "cannot say.",
                path=path,
            )
        met |= {call.owner} if call.owner is not None else set()
    return ""
