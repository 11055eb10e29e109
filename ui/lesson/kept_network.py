"""The lesson's address names the run that reads, so that a page that is loaded again knows it."""

from ui import address, networks, shared

NAME = "network"


def follow_address() -> None:
    """Take the network that the address names, unless another was chosen; then name what reads."""
    asked = address.read(NAME)
    if asked and not shared.is_chosen():
        shared.use_network(networks.run_key(asked))
    network = shared.network()
    address.write(NAME, network.address if network.kind == "run" else None)
