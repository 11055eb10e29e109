"""A layer's windows on its input, and what comes out, as SVG that follows the page's theme.

No streamlit, no torch. Where things lie is `mnistcore.axis_layout`'s knowledge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnistcore.axis_layout import AxisLayout

LARGEST_DRAWN = 512  # pixels along an axis
LARGEST_WITH_GRID = 64
LARGEST_WITH_TAPS = 15
PICTURE_SIDE = 300.0
ARROW_GAP = 64
TITLE_HEIGHT = 20

WINDOW = "#3d74e6"
NEXT = "#e0912b"
LAST = "#8a5cd6"
DROPPED = "#d9482f"
OUTPUT = "#1f9d61"

_STYLE = f"""<style>
.layer {{display: block; width: 100%; max-width: 46rem; height: auto; margin: 0 auto;}}
.layer text {{fill: currentColor; font: 13px sans-serif; text-anchor: middle;}}
.layer .padding {{fill: currentColor; fill-opacity: .07; stroke: currentColor;
                  stroke-opacity: .35; stroke-dasharray: 4 3;}}
.layer .pixels {{fill: {WINDOW}; fill-opacity: .13; stroke: currentColor; stroke-opacity: .6;}}
.layer .out {{fill: {OUTPUT}; fill-opacity: .16; stroke: currentColor; stroke-opacity: .6;}}
.layer .grid {{stroke: currentColor; stroke-opacity: .16; fill: none;}}
.layer .dropped {{fill: {DROPPED}; fill-opacity: .42;}}
.layer .window {{fill: none; stroke-width: 2.5;}}
.layer .tap {{fill-opacity: .45;}}
.legend {{display: flex; flex-wrap: wrap; gap: .2rem 1rem; justify-content: center;
          font-size: .85rem; opacity: .9;}}
.legend i {{display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem;
            margin-right: .35rem; vertical-align: -.08rem;}}
</style>"""


@dataclass(frozen=True)
class _Panel:
    word: str
    size: tuple[int, int]
    extent: tuple[float, float]  # height, width
    inner: str

    @property
    def height(self) -> float:
        return self.extent[0]

    @property
    def width(self) -> float:
        return self.extent[1]

    @property
    def title(self) -> str:
        rows, columns = self.size
        return f"{self.word} {columns if rows == 1 else f'{rows} × {columns}'}"

    def at(self, x: float, room: float) -> str:
        """Return the panel with its title, in the middle of the room there is."""
        title = f'<text x="{x + self.width / 2:.1f}" y="12">{self.title}</text>'
        return title + _move(x, (room - self.height) / 2 + TITLE_HEIGHT, self.inner)


def layer_picture(layouts: Sequence[AxisLayout], *, is_transposed: bool) -> str:
    """Return windows and outputs of a layer side by side, with a legend.

    Args:
        layouts: Of the height and the width, or of the length alone.
        is_transposed: Whether the windows lie on the output instead of the input.

    >>> layout = AxisLayout("length", 6, 4, 3, 1, 1, (0, 0))
    >>> layer_picture([layout], is_transposed=False).count("<svg")
    1
    """
    rows, columns = _two_axes(layouts)
    if max(_length(rows), _length(columns)) > LARGEST_DRAWN:
        return f"<p><em>Drawn up to {LARGEST_DRAWN} pixels along an axis.</em></p>"
    unit = min(34.0, PICTURE_SIDE / max(_length(rows), _length(columns)))
    canvas = _Panel(
        "output" if is_transposed else "input",
        (rows.num_pixels, columns.num_pixels),
        (_length(rows) * unit, _length(columns) * unit),
        _canvas(rows, columns, unit),
    )
    outputs = _Panel(
        "input" if is_transposed else "output",
        (rows.num_windows, columns.num_windows),
        (rows.num_windows * unit, columns.num_windows * unit),
        _outputs(rows, columns, unit),
    )
    left, right = (outputs, canvas) if is_transposed else (canvas, outputs)
    height, right_edge = max(left.height, right.height), left.width + ARROW_GAP
    parts = [
        left.at(0, height),
        _arrow(left.width, height / 2 + TITLE_HEIGHT),
        right.at(right_edge, height),
    ]
    box = f"-45 -4 {right_edge + right.width + 90:.1f} {height + TITLE_HEIGHT + 10:.1f}"
    label = f"{canvas.title} with its padding and windows, {outputs.title}"
    return (
        f'{_STYLE}<svg class="layer" viewBox="{box}" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>{_legend(rows, columns, is_transposed)}"
    )


def _two_axes(layouts: Sequence[AxisLayout]) -> tuple[AxisLayout, AxisLayout]:
    """Return rows and columns; a signal is a picture one row high."""
    if len(layouts) == 1:
        return AxisLayout("height", 1, 1, 1, 1, 1, (0, 0)), layouts[0]
    return layouts[0], layouts[1]


def _length(axis: AxisLayout) -> int:
    return sum(axis.padding) + axis.num_pixels + axis.overhang


def _move(x: float, y: float, inner: str) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{inner}</g>'


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {look}/>'


def _canvas(rows: AxisLayout, columns: AxisLayout, unit: float) -> str:
    width, height = _length(columns) * unit, _length(rows) * unit
    left, top = columns.padding[0] * unit, rows.padding[0] * unit
    inner_width, inner_height = columns.num_pixels * unit, rows.num_pixels * unit
    parts = [
        _rect(0, 0, width, height, 'class="padding"'),
        _rect(left, top, inner_width, inner_height, 'class="pixels"'),
    ]
    look = 'class="dropped"'
    for column in columns.untouched:
        parts.append(_rect(left + column * unit, top, unit, inner_height, look))
    for row in rows.untouched:
        parts.append(_rect(left, top + row * unit, inner_width, unit, look))
    parts.append(_grid(_length(columns), _length(rows), unit))
    for (row, column), colour in _marked(rows, columns).items():
        x, y = column * columns.stride * unit, row * rows.stride * unit
        parts.append(_move(x, y, "".join(_window(rows, columns, unit, colour))))
    return "".join(parts)


def _outputs(rows: AxisLayout, columns: AxisLayout, unit: float) -> str:
    width, height = columns.num_windows * unit, rows.num_windows * unit
    parts = [
        _rect(0, 0, width, height, 'class="out"'),
        _grid(columns.num_windows, rows.num_windows, unit),
    ]
    for (row, column), colour in _marked(rows, columns).items():
        parts.append(_rect(column * unit, row * unit, unit, unit, f'fill="{colour}"'))
    return "".join(parts)


def _marked(rows: AxisLayout, columns: AxisLayout) -> dict[tuple[int, int], str]:
    """Return the windows that are drawn, by row and column: last, second, first on top."""
    marked = {(rows.num_windows - 1, columns.num_windows - 1): LAST}
    if columns.num_windows > 1:
        marked[0, 1] = NEXT
    return marked | {(0, 0): WINDOW}


def _window(rows: AxisLayout, columns: AxisLayout, unit: float, colour: str) -> Iterator[str]:
    if max(rows.kernel_size, columns.kernel_size) <= LARGEST_WITH_TAPS:
        for row in range(rows.kernel_size):
            for column in range(columns.kernel_size):
                x, y = column * columns.dilation * unit, row * rows.dilation * unit
                yield _rect(x, y, unit, unit, f'class="tap" fill="{colour}"')
    width, height = columns.span * unit, rows.span * unit
    yield _rect(0, 0, width, height, f'class="window" stroke="{colour}"')


def _grid(columns: int, rows: int, unit: float) -> str:
    if max(columns, rows) > LARGEST_WITH_GRID:
        return ""
    upright = "".join(f"M{x * unit:.1f} 0V{rows * unit:.1f}" for x in range(1, columns))
    level = "".join(f"M0 {y * unit:.1f}H{columns * unit:.1f}" for y in range(1, rows))
    return f'<path class="grid" d="{upright}{level}"/>'


def _arrow(x: float, y: float) -> str:
    start, end = x + 14, x + ARROW_GAP - 14
    return (
        f'<path d="M{start:.1f} {y:.1f}H{end:.1f}m-8 -6l8 6l-8 6" fill="none" '
        'stroke="currentColor" stroke-width="2"/>'
    )


def _legend(rows: AxisLayout, columns: AxisLayout, is_transposed: bool) -> str:
    entries = [(WINDOW, "first window")]
    if columns.num_windows > 1:
        entries.append((NEXT, f"next one, {columns.stride} further"))
    if rows.num_windows * columns.num_windows > 1:
        entries.append((LAST, "last one"))
    if sum((*rows.padding, *columns.padding)):
        words = "cut off the output" if is_transposed else "padding"
        entries.append(("color-mix(in srgb, currentColor 22%, transparent)", words))
    if rows.untouched or columns.untouched:
        entries.append((DROPPED, "bias only" if is_transposed else "dropped: no window looks here"))
    items = "".join(f'<span><i style="background: {c}"></i>{text}</span>' for c, text in entries)
    return f'<div class="legend">{items}</div>'
