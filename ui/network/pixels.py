"""The tab on pixels: which of them mattered for an output, and what one value really sees."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from ui import digits, session
from ui.network.inspected import NUM_DIGITS, Look, look_at, prepared
from ui.network.layer_names import place_name, shown, stage_name
from ui.network.pictures import figures, framed, signed_picture
from ui.session import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Index
    from mnistcore.reading.classifier import Classifier

Array = npt.NDArray[np.float64]

SIDE_PX = 180
NUM_MEASURED = 100  # test digits for the effective receptive field


def show_pixels(look: Look) -> None:
    """Show attributions for one output, then the two receptive fields of the chosen value."""
    output = st.segmented_control(
        "For which answer?",
        list(range(NUM_DIGITS)),
        default=look.answer,
        key=f"inside_output_{look.answer}",
        required=True,
    )
    products, integrated, lost = _attributions(look, output)
    blank = _blank_logit(look, output)
    logit = look.untouched[-1].outputs[output]
    digit = digits.pixels(look.image, side_px=SIDE_PX, label="The digit")
    pictures = [
        (digit, "The digit", "what went in"),
        (
            _signed(products),
            "Gradient × ink",
            "each pixel's ink times the slope of the logit there",
        ),
        (
            _signed(integrated),
            "Integrated gradients",
            "the slope averaged from blank to this digit",
        ),
        (_signed(lost), "Occlusion", "what the logit loses when 5×5 pixels around it go blank"),
    ]
    st.html(figures(pictures))
    st.caption(
        f"Blue pixels speak for a **{output}**, orange ones against it. The three methods need not "
        "agree: the first looks at this digit only, the second walks all the way from an empty "
        f"picture and adds up: its pixels come to {shown(float(integrated.sum()))}, and the logit "
        f"of this digit less that of an empty picture is {shown(logit)} − ({shown(blank)}) = "
        f"{shown(logit - blank)}. The third asks no gradient at all."
    )
    _show_fields(look)


def _signed(values: Array) -> str:
    return signed_picture(values, side_px=SIDE_PX, label="Pixels for and against")


def _show_fields(look: Look) -> None:
    st.subheader("What one value sees: in theory, and measured", anchor=False)
    if not look.chosen.name:
        st.caption("Choose a value of a layer that calculates something.")
        return
    from mnistcore.inside.inspection import seen_region

    region = seen_region(look.stages, look.number, look.index)
    field = _measured_field(look.classifier, look.chosen.name, look.index)
    picture = signed_picture(field, side_px=SIDE_PX, label="The measured receptive field")
    rows, columns = region if len(region) == 2 else (None, None)
    name = f"{stage_name(look.stages, look.number)}, {place_name(look.index)}"
    if rows and columns:
        picture = framed(picture, rows, columns, field.shape)
        size = f"{rows[1] - rows[0] + 1}×{columns[1] - columns[0] + 1} pixels"
    else:
        size = "padding only"
    st.html(figures([(picture, name, f"green frame: {size}")]))
    st.caption(
        "The green frame is the **receptive field**: pixels outside cannot reach this value, "
        "whatever the weights. The colour is measured: how much each pixel moves the value, "
        f"averaged over {NUM_MEASURED} test digits. Pixels in the middle reach it by many ways, "
        "those at the rim by few, so the effective field is smaller than the frame. Choose values "
        "in deeper layers and watch it grow."
    )


def _attributions(look: Look, output: int) -> tuple[Array, Array, Array]:
    return _cached_attributions(look.classifier, look.image.tobytes(), output, look)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs=BY_IDENTITY)
def _cached_attributions(
    classifier: "Classifier", image: bytes, output: int, _look: Look
) -> tuple[Array, Array, Array]:
    from mnistcore.inside.attribution import gradient_times_input, integrated_gradients, occlusion

    asked = (_look.model, _look.input, _look.black, output)
    return gradient_times_input(*asked), integrated_gradients(*asked), occlusion(*asked)


def _blank_logit(look: Look, output: int) -> float:
    blank = look_at(look.classifier, np.zeros_like(look.image))
    return float(blank[-1].outputs[output])


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs=BY_IDENTITY)
def _measured_field(classifier: "Classifier", name: str, index: "Index") -> Array:
    import torch

    from mnistcore.inside.attribution import effective_receptive_field
    from mnistcore.mnist.splits import to_input

    images = torch.tensor(session.test_digits()[0][:NUM_MEASURED])
    given = to_input(images, classifier.mean, classifier.std)
    return effective_receptive_field(prepared(classifier), given, name, index)
