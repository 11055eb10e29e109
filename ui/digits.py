"""Digits and probabilities as HTML that follows the page's theme. No streamlit, no torch.

Small pictures travel inside the page: fifty of them cost one message, not fifty requests.
"""

import base64
from collections.abc import Iterable, Sequence
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

Picture = npt.NDArray[np.uint8]  # (H, W) or (H, W, 4)
Digit = npt.NDArray[np.uint8]  # (28, 28), bright ink on black

RIGHT_COLOUR = "#1f9d61"
WRONG_COLOUR = "#d9482f"

# `currentColor` and mixtures with it are readable in the light and in the dark theme.
_STYLE = """<style>
.bars {display: grid; grid-template-columns: 1.2rem 1fr 4rem; gap: .22rem .6rem;
       align-items: center; font-variant-numeric: tabular-nums;}
.bars .track {height: .95rem; border-radius: .3rem; overflow: hidden;
              background: color-mix(in srgb, currentColor 9%, transparent);}
.bars .track i {display: block; height: 100%; border-radius: .3rem; min-width: 1px;
                background: color-mix(in srgb, currentColor 38%, transparent);}
.bars .best {font-weight: 700;}
.bars .best + .track i {background: #3d74e6;}
.bars .share {text-align: right; opacity: .8;}
.answer {font-size: 6.5rem; line-height: 1; font-weight: 700; text-align: center;}
.answer.number {font-size: 4.2rem;}
.answer.guess {font-size: 4rem; opacity: .6;}
.pixels {image-rendering: pixelated; display: block; object-fit: contain;
         max-width: 100%; border-radius: .4rem;
         border: 1px solid color-mix(in srgb, currentColor 25%, transparent);}
.tiles {display: grid; grid-template-columns: repeat(auto-fill, minmax(4.4rem, 1fr)); gap: .5rem;}
.tile {position: relative; margin: 0; border-radius: .45rem; overflow: hidden; line-height: 0;
       border: 3px solid transparent;}
.tile img {width: 100%; image-rendering: pixelated;}
.tile .said {position: absolute; top: .15rem; left: .3rem; font: 700 1.05rem/1.1 sans-serif;
             text-shadow: 0 0 3px #000, 0 0 3px #000;}
.tile .truth {position: absolute; bottom: .2rem; right: .3rem; font: 600 .75rem/1.1 sans-serif;
              color: #fff; text-shadow: 0 0 3px #000, 0 0 3px #000;}
.tile.right .said {color: #5fe0a0;}
.tile.wrong {border-color: #d9482f;}
.tile.wrong .said {color: #ff8b75;}
.tile.big {max-width: 18rem; margin: 0 auto;}
.tile.big .said {font-size: 3rem;}
.tile.big .truth {font-size: 1.1rem;}
</style>"""


def pixels(digit: Picture, *, side_px: int, label: str) -> str:
    """Return a digit or another picture in a square, every pixel a sharp one."""
    return (
        f'{_STYLE}<img class="pixels" src="{data_uri(digit)}" alt="{label}" '
        f'width="{side_px}" height="{side_px}">'
    )


def answer(text: str, *, doubtful: bool = False) -> str:
    """Return the answer, large; smaller and paler if it is no more than a guess."""
    classes = "answer guess" if doubtful else "answer number" if len(text) > 1 else "answer"
    return f'{_STYLE}<div class="{classes}">{text}</div>'


def probability_bars(probabilities: Sequence[float]) -> str:
    """Return ten bars, always in the order 0 to 9, the longest marked.

    >>> "98.0 %" in probability_bars([0.98, 0.02] + [0.0] * 8)
    True
    """
    best = max(range(len(probabilities)), key=lambda digit: probabilities[digit])
    rows = [
        f'<span class="{"best" if digit == best else ""}">{digit}</span>'
        f'<span class="track"><i style="width: {100 * share:.2f}%"></i></span>'
        f'<span class="share">{100 * share:.1f} %</span>'
        for digit, share in enumerate(probabilities)
    ]
    return f'{_STYLE}<div class="bars">{"".join(rows)}</div>'


def tile(digit: Digit, said: int, truth: int, *, big: bool = False) -> str:
    """Return a digit with the prediction written on it.

    Right and wrong differ by the sign, by the frame and by the truth beside it, not by colour
    alone.
    """
    right = said == truth
    classes = f"tile {'right' if right else 'wrong'}{' big' if big else ''}"
    correction = "" if right else f'<span class="truth">is {truth}</span>'
    spoken = f"{truth}, read as {said}, {'right' if right else 'wrong'}"
    return (
        f'<figure class="{classes}">'
        f'<img decoding="sync" src="{data_uri(digit)}" alt="{spoken}">'
        f'<span class="said">{said} {"✓" if right else "✗"}</span>{correction}</figure>'
    )


def tiles(figures: Iterable[str]) -> str:
    """Return tiles in as many columns as the screen has room for."""
    return f'{_STYLE}<div class="tiles">{"".join(figures)}</div>'


def single(figure: str) -> str:
    """Return one tile by itself."""
    return f"{_STYLE}{figure}"


def shrunk(picture: Picture, side_px: int) -> Picture:
    """Return a picture of at most this size, each of its pixels the mean of those it covers.

    >>> shrunk(np.zeros((400, 200, 4), np.uint8), 100).shape
    (100, 50, 4)
    """
    small = Image.fromarray(picture)
    small.thumbnail((side_px, side_px), Image.Resampling.BOX)
    return np.asarray(small)


def data_uri(digit: Picture) -> str:
    """Return a picture as an address that holds the picture itself."""
    file = BytesIO()
    Image.fromarray(digit).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
