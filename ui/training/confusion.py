"""A confusion matrix as a table whose shades follow the theme. No streamlit, no torch."""

import numpy as np
import numpy.typing as npt

_STYLE = """<style>
.confusion {border-collapse: separate; border-spacing: 2px; width: 100%; table-layout: fixed;
            font-variant-numeric: tabular-nums; font-size: .75rem; text-align: center;}
.confusion td, .confusion th {padding: .3rem 0; border-radius: .25rem; font-weight: 500;}
.confusion th {opacity: .75;}
.confusion .hit {background: color-mix(in srgb, #1f9d61 30%, transparent);}
.confusion caption {caption-side: bottom; text-align: left; opacity: .75; padding-top: .4rem;}
</style>"""


def confusion_table(confusion: npt.NDArray[np.int64]) -> str:
    """Return the matrix: a row for each truth, a column for each answer.

    Args:
        confusion: (10, 10), counts.

    >>> confusion_table(np.eye(10, dtype=np.int64)).count("<td")
    100
    """
    mistakes = confusion - np.diag(confusion.diagonal())
    most = int(mistakes.max()) or 1
    head = "".join(f'<th scope="col">{digit}</th>' for digit in range(len(confusion)))
    rows = [
        f'<tr><th scope="row">{digit}</th>'
        + "".join(_cell(int(count), digit == answer, most) for answer, count in enumerate(row))
        + "</tr>"
        for digit, row in enumerate(confusion)
    ]
    return (
        f'{_STYLE}<table class="confusion"><caption>Rows: the digit. Columns: what was read. '
        f"Green is right; the redder, the more often mistaken.</caption>"
        f"<tr><th></th>{head}</tr>{''.join(rows)}</table>"
    )


def _cell(count: int, is_right: bool, most: int) -> str:
    if is_right:
        return f'<td class="hit">{count}</td>'
    if not count:
        return "<td></td>"
    shade = f"color-mix(in srgb, #d9482f {12 + 60 * count / most:.0f}%, transparent)"
    return f'<td style="background: {shade}">{count}</td>'
