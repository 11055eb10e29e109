"""A layer's windows on its input, and what comes out, as HTML that follows the page's theme.

No streamlit, no torch. Where things lie is `explained.axis_layout`'s knowledge. Boxes placed in
percent, since Streamlit strips SVG out of HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnistcore.explained.axis_layout import AxisLayout
from ui.language import N_, _

LARGEST_DRAWN = 512  # pixels along an axis
TOO_LARGE = N_("Drawn up to {most} pixels along an axis.")
LARGEST_WITH_GRID = 64
LARGEST_WITH_TAPS = 15
LARGEST_PIXEL_PX = 34
PICTURE_WIDTH_PX = 560

WINDOW, NEXT, LAST = "var(--chosen)", "var(--series-5)", "var(--series-3)"


def layer_picture(layouts: Sequence[AxisLayout], *, is_transposed: bool) -> str:
    """Return windows and outputs of a layer side by side, with a legend.

    Args:
        layouts: Of the height and the width, or of the length alone.
        is_transposed: Whether the windows lie on the output instead of the input.

    >>> layout = AxisLayout("length", 6, 4, 3, 1, 1, (0, 0))
    >>> layer_picture([layout], is_transposed=False).count('<figure')
    2
    """
    is_signal = len(layouts) == 1
    rows, columns = _two_axes(layouts)
    if max(_length(rows), _length(columns), rows.num_windows, columns.num_windows) > LARGEST_DRAWN:
        return f"<p><em>{_(TOO_LARGE, most=LARGEST_DRAWN)}</em></p>"
    windows = _Plane(_length(rows), _length(columns))
    outputs = _Plane(rows.num_windows, columns.num_windows)
    words = [_("input"), _("output")]
    if is_transposed:
        words.reverse()
    sizes = ((rows.num_pixels, columns.num_pixels), (rows.num_windows, columns.num_windows))
    titles = [f"{word} {_size(*size, is_signal)}" for word, size in zip(words, sizes, strict=True)]
    panels = [
        (titles[0], windows, _windows(windows, rows, columns)),
        (titles[1], outputs, _outputs(outputs, rows, columns)),
    ]
    if is_transposed:
        panels.reverse()
    widths = (windows.columns, outputs.columns)
    whole = max(widths) if is_signal else sum(widths)
    left, right = (
        plane.figure(title, "".join(boxes), share=plane.columns / whole)
        for title, plane, boxes in panels
    )
    return (
        f'<div class="layer{" signal" if is_signal else ""}" '
        f'style="max-width: {min(PICTURE_WIDTH_PX, whole * LARGEST_PIXEL_PX + 40)}px">{left}'
        f'<span class="arrow">→</span>{right}</div>{_legend(rows, columns, is_transposed)}'
    )


@dataclass(frozen=True)
class _Plane:
    """An area of so many pixels, on which boxes are placed in pixels and written in percent."""

    rows: int
    columns: int

    def figure(self, title: str, inner: str, share: float) -> str:
        return (
            f'<figure style="width: {share:.3%}"><figcaption>{title}</figcaption>'
            f'<div class="plane" style="aspect-ratio: {self.columns} / {self.rows}">{inner}</div>'
            "</figure>"
        )

    def box(self, place: tuple[int, int], size: tuple[int, int], kind: str, style: str = "") -> str:
        top, height = place[0] / self.rows, size[0] / self.rows
        left, width = place[1] / self.columns, size[1] / self.columns
        return (
            f'<div class="{kind}" style="top: {top:.3%}; left: {left:.3%}; height: {height:.3%}; '
            f'width: {width:.3%}; {style}"></div>'
        )

    def grid(self) -> str:
        """Return lines between the pixels, as two gradients that repeat."""
        if max(self.rows, self.columns) > LARGEST_WITH_GRID:
            return ""
        line = "color-mix(in srgb, currentColor 22%, transparent) 0 1px, transparent 1px"
        style = (
            f"background-image: linear-gradient(to right, {line}), linear-gradient(to bottom, "
            f"{line}); background-size: {1 / self.columns:.5%} {1 / self.rows:.5%}"
        )
        return self.box((0, 0), (self.rows, self.columns), "grid", style)


def _two_axes(layouts: Sequence[AxisLayout]) -> tuple[AxisLayout, AxisLayout]:
    """Return rows and columns; a signal is a picture one row high."""
    if len(layouts) == 1:
        return AxisLayout("height", 1, 1, 1, 1, 1, (0, 0)), layouts[0]
    return layouts[0], layouts[1]


def _length(axis: AxisLayout) -> int:
    return sum(axis.padding) + axis.num_pixels + axis.overhang


def _size(rows: int, columns: int, is_signal: bool) -> str:
    return str(columns) if is_signal else f"{rows} × {columns}"


def _line(colour: str) -> str:
    """Return a window's frame; the next one's is dashed: some eyes see two colours as one."""
    return f"2px {'dashed' if colour == NEXT else 'solid'} {colour}"


def _windows(plane: _Plane, rows: AxisLayout, columns: AxisLayout) -> Iterator[str]:
    top, left = rows.padding[0], columns.padding[0]
    yield plane.box((0, 0), (plane.rows, plane.columns), "padding")
    yield plane.box((top, left), (rows.num_pixels, columns.num_pixels), "pixels")
    for column in columns.untouched:
        yield plane.box((top, left + column), (rows.num_pixels, 1), "dropped")
    for row in rows.untouched:
        yield plane.box((top + row, left), (1, columns.num_pixels), "dropped")
    yield plane.grid()
    for (row, column), colour in _marked(rows, columns).items():
        corner = row * rows.stride, column * columns.stride
        if max(rows.kernel_size, columns.kernel_size) <= LARGEST_WITH_TAPS:
            for y in range(rows.kernel_size):
                for x in range(columns.kernel_size):
                    tap = corner[0] + y * rows.dilation, corner[1] + x * columns.dilation
                    yield plane.box(tap, (1, 1), "tap", f"background: {colour}")
        yield plane.box(corner, (rows.span, columns.span), "window", f"border: {_line(colour)}")


def _outputs(plane: _Plane, rows: AxisLayout, columns: AxisLayout) -> Iterator[str]:
    yield plane.box((0, 0), (plane.rows, plane.columns), "pixels")
    yield plane.grid()
    for place, colour in _marked(rows, columns).items():
        yield plane.box(place, (1, 1), "mark", f"background: {colour}")


def _marked(rows: AxisLayout, columns: AxisLayout) -> dict[tuple[int, int], str]:
    """Return the windows that are drawn, by row and column: the last, the second, the first."""
    marked = {(rows.num_windows - 1, columns.num_windows - 1): LAST}
    if columns.num_windows > 1:
        marked[0, 1] = NEXT
    marked[0, 0] = WINDOW
    return marked


def _legend(rows: AxisLayout, columns: AxisLayout, is_transposed: bool) -> str:
    entries = [(f'style="background: {WINDOW}"', _("first window"))]
    if columns.num_windows > 1:
        entries.append(
            (
                f'style="border: {_line(NEXT)}"',
                _("next one, {stride} further", stride=columns.stride),
            )
        )
    if (rows.num_windows, columns.num_windows) not in ((1, 1), (1, 2)):
        entries.append((f'style="background: {LAST}"', _("last one")))
    if any((*rows.padding, *columns.padding)):
        entries.append(
            ('class="padding"', _("cut off the output") if is_transposed else _("padding"))
        )
    if rows.untouched or columns.untouched:
        dropped = _("bias only") if is_transposed else _("dropped: no window looks here")
        entries.append(('class="dropped"', dropped))
    items = "".join(f"<span><i {look}></i>{text}</span>" for look, text in entries)
    return f'<div class="legend">{items}</div>'
