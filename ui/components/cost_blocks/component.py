"""What layers cost: the places of their kernels, one square for each, all of one cost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ui.components.loader import load

_COST_BLOCKS = load("cost_blocks")


@dataclass(frozen=True)
class Tower:
    """One network of layers that differ by their kernels alone.

    Attributes:
        name: Of the network.
        kernel_sizes: Of its layers, in order.
        lines: What is written below it: its totals, in words.
        seconds: What it took on this machine; None if nobody measured.
        took: The same in words.
    """

    name: str
    kernel_sizes: Sequence[int]
    lines: Sequence[str]
    seconds: float | None = None
    took: str = ""


def show_cost_blocks(towers: Sequence[Tower], *, words: Mapping[str, str], key: str) -> None:
    """Mount the picture; it plays once by itself, and is as high as `--picture-height`.

    Args:
        towers: The networks, all drawn to one scale.
        words: What `one` square costs, `time`, how the picture is read out (`picture`), and the
            name of the button that plays `again`.
        key: Of the component.
    """
    _COST_BLOCKS(key=key, data={"towers": [asdict(one) for one in towers], "words": dict(words)})
