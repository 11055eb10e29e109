"""MyNet in a line of text: what it holds, and between, what makes the next of it."""

from mnistcore.layers.convolution import Conv2d
from mnistcore.layers.linear import Linear
from mnistcore.stacks.presets import my_net
from ui.language import _
from ui.lesson.texts import training as texts


def chain() -> str:
    """Return the line as HTML, with its words explained below."""
    net = my_net()
    rows = [row for row in net.analyse().rows if isinstance(row.layer, Conv2d | Linear)]
    parts = [f"<b>{_(texts.CHAIN_PICTURE, **_sizes(net.input_shape))}</b>"]
    for row in rows:
        if isinstance(row.layer, Conv2d):
            how = _(texts.CHAIN_AGAIN)
            if len(parts) == 1:
                how = _(texts.CHAIN_CONVOLUTION, kernel_size=row.layer.kernel_size)
            what = _(texts.CHAIN_MAPS, **_sizes(row.output_shape))
        else:
            how, what = _(texts.CHAIN_LINEAR), _(texts.CHAIN_SUMS, count=row.output_shape[0])
        parts.append(f"<i>{how}</i><b>{what}</b>")
    return f'<p class="lesson-chain">{" ".join(parts)}<small>{_(texts.CHAIN_WORDS)}</small></p>'


def _sizes(shape: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(("count", "height", "width"), shape, strict=True))
