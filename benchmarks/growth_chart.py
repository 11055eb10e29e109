"""A picture of what grows with what, for docs/speed.md."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

from playwright.sync_api import sync_playwright
from plotly.graph_objects import Figure, Scatter
from plotly.subplots import make_subplots

from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS, PATIENCE_MS
from ui.colours import PLUS

AS_WORK = {"color": "#888888", "dash": "dot"}
SIDE_PX = 260


@dataclass(frozen=True)
class Growth:
    """One cost at several sizes.

    Attributes:
        against: What grows.
        costs: By size, from the smallest, in the unit that the measure's name says.
    """

    against: str
    costs: Mapping[int, float]

    @property
    def as_work(self) -> list[float]:
        """Return the costs, had they grown as their work from the smallest on."""
        smallest, cost = next(iter(self.costs.items()))
        return [cost * size / smallest for size in self.costs]


def draw_growth(measured: Mapping[str, Growth]) -> Figure:
    """Draw each measure on two logarithmic scales, and dotted what costs as its work does."""
    figure = make_subplots(cols=len(measured), subplot_titles=list(measured))
    for column, growth in enumerate(measured.values(), start=1):
        sizes = list(growth.costs)
        dotted = Scatter(x=sizes, y=growth.as_work, mode="lines", line=AS_WORK)
        costs = list(growth.costs.values())
        line = Scatter(
            x=sizes,
            y=costs,
            mode="lines+markers+text",
            text=[f"{cost:,.3g}" for cost in costs],
            textposition="bottom right",
            line={"color": PLUS},
        )
        figure.add_traces([dotted, line], rows=1, cols=column)
        figure.update_xaxes(
            title=growth.against, tickvals=sizes, range=_range(sizes, 0.1, 0.3), col=column
        )
        figure.update_yaxes(range=_range([*costs, *growth.as_work], 0.2, 0.05), col=column)
    figure.update_xaxes(type="log", tickformat=",")
    figure.update_yaxes(type="log", dtick=1, showticklabels=False)
    return figure.update_layout(
        template="plotly_white",
        showlegend=False,
        width=SIDE_PX * len(measured),
        height=SIDE_PX,
        margin={"l": 20, "r": 20, "t": 40, "b": 40},
    ).update_annotations(font_size=13)


def _range(values: Sequence[float], before: float, after: float) -> tuple[float, float]:
    """Return the ends of a logarithmic axis with room, in shares of the values' own, for words."""
    least, most = log10(min(values)), log10(max(values))
    return least - before * (most - least), most + after * (most - least)


def keep_picture(figure: Figure, file: Path) -> None:
    """Write a figure as WebP, as a browser draws it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.set_content(figure.to_html(include_plotlyjs=True))
        page.locator(".plotly .main-svg").first.wait_for()
        picture = page.evaluate(
            """async () => {
                const url = await Plotly.toImage(document.querySelector('.js-plotly-plot'),
                    {format: 'webp', scale: 2});
                return url.split(',')[1];
            }"""
        )
        browser.close()
    file.write_bytes(b64decode(picture))
