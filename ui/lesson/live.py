"""The visitor's digit going through the network: what the live picture shows, and its strokes."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

import numpy as np
import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.inside.softmax import softmax_numbers
from ui import networks, shared
from ui.components.live_network.component import (
    NUM_DIGITS,
    NetworkAtWork,
    Reasons,
    asleep,
    at_work,
    show_live_network,
)
from ui.components.reports import reported
from ui.digits import png_uri
from ui.drawing_canvas import (
    CANVAS_SIDE_PX,
    STROKE_WIDTH,
    current_drawing,
    current_sketch,
    put_on_canvas,
)
from ui.inside.at_work import find_stages
from ui.inside.layer_names import shown_apart
from ui.language import _, each, listed, said
from ui.lesson.texts import answer as answer_texts
from ui.lesson.texts import start as texts
from ui.networks import NetworkKey
from ui.plain_text import sentence
from ui.prediction.reasons import attribution
from ui.sketches import BLANK, Line, strokes_sketch
from ui.sureness import sureness
from ui.torch_import import torch_is_imported

# In session state: which pad reported last, what it was drawn over, whether it is blank, what was
# wrong with its report, and how many there were.
MOUNT, BASE, CLEARED, WRONG = "pad_mount", "pad_base", "pad_is_cleared", "pad_is_wrong"
REPORTS = "pad_reports"
MADE = "pad_made"  # what the pad drew last
MOST_POINTS = 20_000
NO_INK = np.zeros((28, 28), np.uint8)


def show_live(
    network: NetworkKey,
    *,
    key: str,
    chosen: int | None = None,
    on_chosen: Callable[[], None] = lambda: None,
    reasons: bool = False,
) -> None:
    """Show the pad, the network at work on what is drawn, and its answer.

    Before torch is imported the network is drawn asleep, so that the page stands at once.

    Args:
        network: That reads.
        key: Of the picture.
        chosen: The output that is asked about; None if none may be.
        on_chosen: Called when another was chosen.
        reasons: Whether the pixels for and against the chosen output are shown.
    """
    if WRONG in st.session_state:
        st.error(sentence(st.session_state.pop(WRONG)))
    blank = is_blank()
    ready = torch_is_imported() and not blank
    work = _work(network, shared.digit()) if ready else asleep()
    shares = softmax_numbers(work.logits).probabilities if work.logits else None
    show_live_network(
        work,
        key=key,
        pad=_pad(),
        outputs=_outputs(work, shares, chosen),
        verdict=_verdict(network, shares, blank),
        words=_words(network, work),
        reasons=_reasons(network, chosen, ready=ready) if reasons else None,
        captions=[_captions(column.shape) for column in work.columns],
        stamp=sha1(repr((network, shared.digit().tobytes(), ready)).encode()).hexdigest(),
        on_drawing=lambda: _take_strokes(key),
        on_chosen=on_chosen,
    )


def is_blank() -> bool:
    """Tell whether the visitor has cleared the pad, and drawn nothing since, here or elsewhere."""
    return st.session_state.get(CLEARED, False) and not shared.has_drawn()


def _reasons(network: NetworkKey, chosen: int | None, *, ready: bool) -> Reasons:
    """Return why an output answers as it does; an empty picture keeps the place until it does."""
    if chosen is None or not ready:
        return Reasons(NO_INK, NO_INK.astype(np.float64), _(texts.NOTHING) if is_blank() else "…")
    values = attribution(networks.load(network), shared.digit(), chosen)
    return Reasons(shared.digit(), values, _(answer_texts.REASONS, digit=chosen))


def _work(network: NetworkKey, digit: "np.ndarray[Any, np.dtype[np.uint8]]") -> NetworkAtWork:
    return at_work(find_stages(networks.load(network), digit))


def _pad() -> dict[str, Any]:
    drawing = current_drawing()
    is_square = drawing is None or drawing.shape[0] == drawing.shape[1]
    blank = is_blank()
    return {
        "picture": None if blank else png_uri(shared.png()),
        "replace": not blank and (drawing is None or not is_square),
        "example": not blank and drawing is None,
        "mount": st.session_state.get(MOUNT) if _pad_drew_last() else None,
        "reports": st.session_state.get(REPORTS, 0),
    }


def _outputs(
    work: NetworkAtWork, shares: tuple[float, ...] | None, chosen: int | None
) -> dict[str, Any]:
    known = [0.0] * NUM_DIGITS if shares is None else list(shares)
    percent = [f"{share:.1%}" for share in known]
    return {
        "shares": known,
        "texts": percent,
        "sums": shown_apart(work.logits or [], 1),  # which came second is asked about
        "spoken": [
            texts.OUTPUT.format(digit=digit, share=share) for digit, share in enumerate(percent)
        ],
        "best": -1 if shares is None else known.index(max(known)),
        "chosen": chosen,
    }


def _verdict(network: NetworkKey, shares: tuple[float, ...] | None, blank: bool) -> dict[str, str]:
    name = networks.short_label(network)
    if blank:
        return {"text": "–", "remark": _(texts.NOTHING)}
    if shares is None:
        return {"text": "", "remark": _(texts.WAKING, network=name)}
    share = max(shares)
    return {
        "text": str(shares.index(share)),
        "remark": _(texts.REMARK, network=name, share=sureness(share)),
    }


def _words(network: NetworkKey, work: NetworkAtWork) -> dict[str, str]:
    columns = listed(_(texts.COLUMN_SPOKEN, **_sizes(column.shape)) for column in work.columns)
    name = networks.short_label(network)
    return {
        **each(texts.PAD),
        "outputs": _(texts.OUTPUTS),
        "net": _(texts.NET, network=name, columns=columns),
    }


def _captions(shape: tuple[int, int, int]) -> list[str]:
    return [_(line, **_sizes(shape)) for line in texts.COLUMN]


def _sizes(shape: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("count", "height", "width"), shape, strict=True))


def _take_strokes(key: str) -> None:
    """Make what the pen reported the visitor's drawing; a callback."""
    st.session_state[REPORTS] = st.session_state.get(REPORTS, 0) + 1
    try:
        _draw_reported(key)
    except InvalidInputError as error:
        st.session_state[WRONG] = said(error)


@dataclass(frozen=True)
class _PadReport:
    """What the pad's own script tells of it."""

    mount: str
    cleared: bool
    lines: list[Any]


def _draw_reported(key: str) -> None:
    told = reported(key, "drawing", _PadReport)
    if told is None:
        return
    state = st.session_state
    if told.mount != state.get(MOUNT) or not _pad_drew_last():
        state[MOUNT], state[BASE] = told.mount, current_sketch()
    base = BLANK if told.cleared else state[BASE]
    lines = _checked_lines(told.lines)
    state[CLEARED] = base == BLANK and not lines
    state[MADE] = (
        strokes_sketch(lines, side_px=CANVAS_SIDE_PX, stroke_width=STROKE_WIDTH, over=base)
        if lines
        else base
    )
    put_on_canvas(state[MADE])


def _pad_drew_last() -> bool:
    """Tell whether nothing came from elsewhere, as from a phone, since the pad was drawn on."""
    return current_sketch() is st.session_state.get(MADE)


def _checked_lines(told: Any) -> list[Line]:
    """Return the strokes, which come from a browser, so nothing is certain about them."""
    try:
        lines = [np.array(line, dtype=np.float64).reshape(-1, 2) for line in told]
    except (TypeError, ValueError) as error:
        raise InvalidInputError(
            "The pad reported strokes that are no lists of points. Draw again."
        ) from error
    if sum(map(len, lines)) > MOST_POINTS or not all(np.isfinite(line).all() for line in lines):
        raise InvalidInputError(
            "The pad reported more than {most_points:,} points, or some that are no numbers. "
            "Clear it and draw again.",
            most_points=MOST_POINTS,
        )
    return [line.clip(0, CANVAS_SIDE_PX) for line in lines if len(line)]
