"""The tab on pixels: which of them mattered for an output, and what one value really sees."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from ui import digits, mnist
from ui.inside.at_work import find_stages, in_float64
from ui.inside.layer_names import place_name, shown, stage_name
from ui.inside.opened import NUM_DIGITS, OpenedNetwork
from ui.inside.pictures import figures, framed
from ui.language import _
from ui.networks import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Index
    from mnistcore.reading.classifier import Classifier

Array = npt.NDArray[np.float64]

SIDE_PX = 180
NUM_MEASURED = 100  # test digits for the effective receptive field


def show(opened: OpenedNetwork) -> None:
    """Show attributions for one output, then the two receptive fields of the chosen value."""
    output = st.segmented_control(
        _("For which answer?"),
        list(range(NUM_DIGITS)),
        default=opened.answer,
        key=f"inside_output_{opened.answer}",
        required=True,
    )
    products, integrated, lost = _attributions(opened, output)
    blank = _blank_logit(opened, output)
    logit = opened.untouched[-1].outputs[output]
    st.html(_pictures(opened, products, integrated, lost))
    st.caption(
        _(
            "Blue pixels speak for a **{output}**, orange ones against it. The three methods "
            "need not agree: the first looks at this digit only, the second walks all the "
            "way from an empty picture and adds up: its pixels come to {total}, and the "
            "logit of this digit less that of an empty picture is {logit} − ({blank}) = "
            "{difference}. The third asks no gradient at all.",
            output=output,
            total=shown(float(integrated.sum())),
            logit=shown(logit),
            blank=shown(blank),
            difference=shown(logit - blank),
        )
    )
    _show_fields(opened)


def _pictures(opened: OpenedNetwork, products: Array, integrated: Array, lost: Array) -> str:
    """Return the digit, and beside it what each method gives to its pixels."""
    digit = digits.ink(opened.image, side_px=SIDE_PX, label=_("The digit"))
    return figures(
        [
            (digit, _("The digit"), _("what went in")),
            (
                _signed(products),
                _("Gradient × ink"),
                _("each pixel's ink times the slope of the logit there"),
            ),
            (
                _signed(integrated),
                _("Integrated gradients"),
                _("the slope averaged from blank to this digit"),
            ),
            (
                _signed(lost),
                _("Occlusion"),
                _("what the logit loses when 5×5 pixels around it go blank"),
            ),
        ]
    )


def _signed(values: Array) -> str:
    return digits.signed(values, side_px=SIDE_PX, label=_("Pixels for and against"))


def _show_fields(opened: OpenedNetwork) -> None:
    st.header(_("What one value sees: in theory, and measured"), anchor=False)
    if not opened.chosen.name:
        st.caption(_("Choose a value of a layer that calculates something."))
        return
    from mnistcore.inside.inspection import seen_region

    region = seen_region(opened.stages, opened.number, opened.index)
    field = _measured_field(opened.classifier, opened.chosen.name, opened.index)
    picture = digits.signed(field, side_px=SIDE_PX, label=_("The measured receptive field"))
    rows, columns = region if len(region) == 2 else (None, None)
    layer = stage_name(opened.stages, opened.number)
    name = _("{layer}, {place}", layer=layer, place=place_name(opened.index))
    if rows and columns:
        picture = framed(picture, rows, columns, field.shape)
        size = _("{size} pixels", size=f"{rows[1] - rows[0] + 1}×{columns[1] - columns[0] + 1}")
    else:
        size = _("padding only")
    st.html(figures([(picture, name, _("green frame: {size}", size=size))]))
    st.caption(
        _(
            "The green frame is the **receptive field**: pixels outside cannot reach this "
            "value, whatever the weights. The colour is measured: how much each pixel moves "
            "the value, averaged over {num_measured} test digits. Pixels in the middle reach "
            "it by many ways, those at the rim by few, so the effective field is smaller "
            "than the frame. Choose values in deeper layers and watch it grow.",
            num_measured=NUM_MEASURED,
        )
    )


def _attributions(opened: OpenedNetwork, output: int) -> tuple[Array, Array, Array]:
    return _cached_attributions(opened.classifier, opened.image.tobytes(), output, opened)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs=BY_IDENTITY)
def _cached_attributions(
    classifier: "Classifier", image: bytes, output: int, _opened: OpenedNetwork
) -> tuple[Array, Array, Array]:
    from mnistcore.inside.attribution import gradient_times_input, integrated_gradients, occlusion

    asked = (_opened.model, _opened.input, _opened.black, output)
    return gradient_times_input(*asked), integrated_gradients(*asked), occlusion(*asked)


def _blank_logit(opened: OpenedNetwork, output: int) -> float:
    blank = find_stages(opened.classifier, np.zeros_like(opened.image))
    return float(blank[-1].outputs[output])


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs=BY_IDENTITY)
def _measured_field(classifier: "Classifier", name: str, index: "Index") -> Array:
    from mnistcore.inside.attribution import effective_receptive_field

    given = classifier.inputs(mnist.images_and_labels()[0][:NUM_MEASURED])
    return effective_receptive_field(in_float64(classifier), given, name, index)
