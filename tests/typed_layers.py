"""Layers as they are typed, one a line, read by the library."""

from mnistcore.pasted.reading import read_network
from mnistcore.pasted.tables import list_obstacle, pasted_drafts
from mnistcore.stacks.text_format import Draft


def read_layers(text: str) -> list[Draft]:
    """Return the layers in a text, possible or not.

    Raises:
        InvalidInputError: There is more in the text than these layers.
    """
    network = read_network(text, (1, 28, 28))
    if network.problem and list_obstacle(network):
        raise network.problem
    return pasted_drafts(network)
