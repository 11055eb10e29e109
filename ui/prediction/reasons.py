"""Why: which pixels spoke for an answer and which against it, laid over what was drawn."""

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image

from mnistcore.drawings.preprocessing_steps import Trace
from ui import digits, networks
from ui.language import _
from ui.networks import BY_IDENTITY, NetworkKey
from ui.parts import fragment
from ui.prediction.reading import ReadDrawing

if TYPE_CHECKING:
    from torch import nn

    from mnistcore.reading.classifier import Classifier

Array = npt.NDArray[np.float64]

SIDE_PX = 336  # twelve for each of the image's pixels
FAINT_ONES_SHOW = 0.6  # a power below 1
INK_BRIGHTNESS = 0.5  # of the drawing, which lies under the colours


@fragment()
def show_reasons(network: NetworkKey, reading: ReadDrawing, *, key: str) -> None:
    """Show, when asked, which parts of a drawing spoke for an answer; nothing of a blank one."""
    answer = reading.verdict.digit
    if answer is None:
        return
    expander = st.expander(
        _("Why a {answer}? Which pixels spoke for it, and which against it", answer=answer),
        icon=":material/lightbulb:",
        on_change="rerun",
        key=f"{key}_why",
    )
    if not expander.open:
        return  # nothing is calculated that nobody looks at
    with expander:
        digit = st.segmented_control(
            _("Which answer is asked about"),
            range(10),
            default=answer,
            required=True,
            key=f"{key}_why_{answer}",  # a new answer is asked about itself first
        )
        reasons = attribution(networks.load(network), reading.verdict.image, digit)
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.html(reasons_picture(_drawn(reading.trace), reasons, digit), width="content")
            with st.container(width=340):
                st.caption(_explanation(reasons, digit))


def attribution(classifier: "Classifier", image: digits.Digit, digit: int) -> Array:
    """Return how much each pixel of an image spoke for a digit, (28, 28); below 0 against it."""
    return _attribution(classifier, image.tobytes(), digit)


def reasons_picture(ink: digits.Digit, reasons: Array, digit: int) -> str:
    """Return a drawing with what spoke for an answer in blue, against it in orange, as HTML.

    Args:
        ink: (H, H) uint8, bright ink on black.
        reasons: (28, 28).
        digit: The answer.
    """
    drawn = np.rint(INK_BRIGHTNESS * ink).astype(np.uint8)
    layers = digits.ink(drawn, side_px=SIDE_PX, label=_("The drawing")) + digits.signed(
        reasons,
        side_px=SIDE_PX,
        label=_("Pixels for and against a {digit}", digit=digit),
        power=FAINT_ONES_SHOW,
    )
    words = {"plus": _("speaks for a {digit}", digit=digit), "minus": _("speaks against it")}
    marks = "".join(
        f'<span><i style="background: var(--{colour})"></i>{text}</span>'
        for colour, text in words.items()
    )
    return f'<div class="layers">{layers}</div><div class="legend">{marks}</div>'


def _explanation(reasons: Array, digit: int) -> str:
    spoke, against = reasons.clip(min=0).sum(), reasons.clip(max=0).sum()
    return (
        _(
            "Together the ink moved the evidence for a {digit} (its *logit*) by about "
            "{moved:+.1f}: {spoke:+.1f} in blue, {against:+.1f} in orange. *Integrated "
            "gradients* (Sundararajan et al., 2017): the ink is turned up from nothing to "
            "what was drawn, and each pixel is given what it added on the way. Choose "
            "another digit to see why it is not that one.",
            digit=digit,
            moved=spoke + against,
            spoke=spoke,
            against=against,
        )
    ).replace("-", "−")


def _drawn(trace: Trace) -> digits.Digit:
    """Return the part of the drawing that the image shows, as bright ink on black."""
    ink, frame = trace.pictures["ink"], trace.frame
    if frame is None:
        return trace.image
    edge = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    picture = Image.fromarray(255 - ink if np.median(edge) > 127 else ink)
    box = (frame.left, frame.top, frame.left + frame.side, frame.top + frame.side)
    shown = picture.transform(
        (SIDE_PX, SIDE_PX), Image.Transform.EXTENT, box, Image.Resampling.BILINEAR
    )
    return np.asarray(shown)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_IDENTITY)
def _in_float64(classifier: "Classifier") -> "nn.Module":
    return deepcopy(classifier.model).double().requires_grad_(False)


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=BY_IDENTITY)
def _attribution(classifier: "Classifier", image: bytes, digit: int) -> Array:
    from mnistcore.inside.attribution import integrated_gradients

    given = classifier.inputs(np.frombuffer(image, np.uint8).reshape(1, 28, 28))[0]
    black = -classifier.mean / classifier.std
    return integrated_gradients(_in_float64(classifier), given, black, digit)
