"""Ten bars that glide when the answer changes."""

from collections.abc import Sequence

from ui.components.loader import load
from ui.language import _, listed

_BARS = load("bars")


def show_bars(
    probabilities: Sequence[float], *, key: str, otherwise: Sequence[float] | None = None
) -> None:
    """Show ten bars, always in the order 0 to 9, the longest marked.

    Args:
        probabilities: Ten of them.
        key: Of the component.
        otherwise: Ten to compare with, each a thin mark.
    """
    spoken = listed(
        _("{digit}: {share:.1%}", digit=digit, share=share)
        for digit, share in enumerate(probabilities)
    )
    _BARS(
        key=key,
        data={
            "probabilities": list(probabilities),
            "otherwise": None if otherwise is None else list(otherwise),
            "spoken": _("Probabilities. {shares}", shares=spoken),
        },
    )
