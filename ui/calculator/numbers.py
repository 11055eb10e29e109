"""Shapes and memory as a visitor reads them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from pandas import Series
    from streamlit.elements.lib.column_types import ColumnConfig

LARGEST_IN_A_BROWSER = 2**53 - 1  # of whole numbers that a page's table keeps exact


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


def as_counts(counts: "Series[Any]") -> "Series[Any]":
    """Return a table's column of counts so that each is shown exactly: as text if one is too large.

    Args:
        counts: Whole numbers of any size as Python has them; what is missing stays so.

    >>> from pandas import Series
    >>> as_counts(Series([1, None], dtype=object)).dtype.name
    'Int64'
    >>> as_counts(Series([1000, 10**30 + 1], dtype=object)).tolist()
    ['1,000', '1,000,000,000,000,000,000,000,000,000,001']
    """
    if all(count <= LARGEST_IN_A_BROWSER for count in counts.dropna()):
        return counts.astype("Int64")
    return counts.map("{:,}".format, na_action="ignore")


def count_column(counts: "Series[Any]", label: str | None = None, **shown: Any) -> "ColumnConfig":
    """Return how a column of `as_counts` is to be shown.

    Args:
        counts: The column.
        label: What stands above it.
        shown: What every column can be told.
    """
    if counts.dtype == "Int64":
        return st.column_config.NumberColumn(label, format="localized", **shown)
    return st.column_config.Column(label, alignment="right", **shown)
