"""How sure an answer is, in words that every page uses."""

from ui.language import N_, _

NEARLY = N_("more than 99.9%")


def sureness(share: float) -> str:
    """Return a share rounded: nothing that is uncertain becomes 100 %.

    >>> sureness(0.987), sureness(0.99996)
    ('98.7%', 'more than 99.9%')
    """
    rounded = f"{share:.1%}"
    return _(NEARLY) if rounded == "100.0%" else rounded
