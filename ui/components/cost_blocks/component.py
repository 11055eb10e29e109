"""What layers cost, as blocks: as wide as they multiply, as high as they have parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ui.components.loader import load

_COST_BLOCKS = load("cost_blocks")


@dataclass(frozen=True)
class Block:
    """One layer.

    Attributes:
        name: What is written into it.
        num_macs: Its width.
        num_params: Its height.
    """

    name: str
    num_macs: int
    num_params: int


@dataclass(frozen=True)
class Tower:
    """One network: its layers' blocks, each beginning where the one before ends.

    Attributes:
        name: Of the network.
        blocks: In order.
        lines: What is written below it: its totals, in words.
        seconds: What it took on this machine; None if nobody measured.
        took: The same in words.
    """

    name: str
    blocks: Sequence[Block]
    lines: Sequence[str]
    seconds: float | None = None
    took: str = ""


def show_cost_blocks(towers: Sequence[Tower], *, words: Mapping[str, str], key: str) -> None:
    """Mount the picture; it plays once by itself, and is as high as `--picture-height`.

    Args:
        towers: The networks, all drawn to one scale.
        words: The two axes' names (`across`, `up`), `time`, how the picture is read out
            (`picture`), and the name of the button that plays `again`.
        key: Of the component.
    """
    _COST_BLOCKS(key=key, data={"towers": [asdict(one) for one in towers], "words": dict(words)})
