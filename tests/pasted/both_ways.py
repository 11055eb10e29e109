"""A text read, and the very text built in torch: what both say of it."""

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.verification import Figures
from mnistcore.pasted.reading import read_network
from mnistcore.pasted.tables import pasted_table
from tests.pasted.in_torch import Pasted, figures_of


def read_and_built(text: str, input_shape: tuple[int, ...] = (1, 28, 28)) -> list[Figures]:
    """Return the figures of the text's `net`, as it is read and as torch has them."""
    network = read_network(text, input_shape, "net")
    assert network.problem is None, network.problem
    table = pasted_table(network)
    read = Figures(table.output_shape, table.num_params, table.num_macs)
    return [read, figures_of(Pasted(text, input_shape, "net"))]


def refusal_of(text: str, input_shape: tuple[int, ...] = (1, 28, 28)) -> str:
    """Return what is said of a text that cannot be read; "" if it is read."""
    try:
        problem = read_network(text, input_shape, "net").problem
    except InvalidInputError as error:
        return str(error)
    return str(problem or "")
