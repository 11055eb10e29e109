"""The confusion matrix, whose cells filter the gallery, and the accuracy of every digit."""

from collections.abc import Callable, Sequence

from mnistcore.reading.gallery import Selection
from mnistcore.reading.report import DigitAccuracy, Report
from ui.components.loader import load

_CONFUSION = load("confusion")

_STYLE = """<style>
.accuracies {display: grid; grid-template-columns: 1.2rem 1fr 3.6rem 6.4rem; gap: .25rem .6rem;
             align-items: center; max-width: 30rem; font-variant-numeric: tabular-nums;
             font-size: .85rem;}
.accuracies b, .accuracies span {text-align: right;}
.accuracies small {opacity: .7; text-align: right; font-size: .75rem;}
.accuracies .scale {position: relative; height: 1rem; border-radius: .3rem;
                    background: color-mix(in srgb, currentColor 7%, transparent);}
.accuracies .scale i {position: absolute; top: .4rem; height: .2rem; border-radius: .1rem;
                      background: color-mix(in srgb, #3d74e6 60%, transparent);}
.accuracies .scale u {position: absolute; top: .22rem; width: .55rem; height: .55rem;
                      margin-left: -.28rem; border-radius: 50%; background: #3d74e6;}
</style>"""


def show_confusion(
    report: Report, selection: Selection, *, key: str, on_click: Callable[[], None]
) -> None:
    """Show the matrix; the callback's `st.session_state[key].clicked` has `label`, `prediction`."""
    _CONFUSION(
        key=key,
        on_clicked_change=on_click,
        data={
            "counts": report.confusion.tolist(),
            "label": selection.label,
            "prediction": selection.prediction,
        },
    )


def accuracy_rows(rows: Sequence[DigitAccuracy]) -> str:
    """Return every digit's accuracy as a dot on a line as long as its 95 % interval."""
    least = min((row.low for row in rows), default=0.0)

    def place(share: float) -> str:
        return f"{100 * (share - least) / (1 - least) if least < 1 else 100:.1f}%"

    cells = [
        f'<b>{row.digit}</b><span class="scale">'
        f'<i style="left: {place(row.low)}; right: calc(100% - {place(row.high)})"></i>'
        f'<u style="left: {place(row.accuracy)}"></u></span>'
        f"<span>{100 * row.accuracy:.1f} %</span>"
        f"<small>{100 * row.low:.1f} to {100 * row.high:.1f} %</small>"
        for row in rows
    ]
    return f'{_STYLE}<div class="accuracies">{"".join(cells)}</div>'
