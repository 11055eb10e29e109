"""A pasted network's numbers as a table, weights that are used twice counted once."""

from dataclasses import replace

from mnistcore.layers.kinds import layer_from_dict
from mnistcore.pasted.reading import PastedNetwork
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkTable, stack_table


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
