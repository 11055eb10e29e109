"""Shapes and memory as a visitor reads them."""

from collections.abc import Sequence


def times(sizes: Sequence[int]) -> str:
    """Return sizes with the sign between them.

    >>> times((16, 14, 14))
    '16 × 14 × 14'
    """
    return " × ".join(f"{size:,}" for size in sizes)


def memory(num_bytes: int) -> str:
    """Return an amount of memory in the unit that suits it.

    >>> memory(640), memory(12_544), memory(553_430_176)
    ('640 B', '12.2 KiB', '527.8 MiB')
    """
    if num_bytes < 1024:
        return f"{num_bytes} B"
    amount, unit = num_bytes / 1024, "KiB"
    for larger in ("MiB", "GiB", "TiB", "PiB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:,.1f} {unit}"
