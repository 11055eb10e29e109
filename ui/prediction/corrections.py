"""What a drawing was meant to be: kept in the session, to be saved as a file and loaded again."""

import streamlit as st

from mnistcore.drawings.drawing_files import LabelledDrawing, from_json, to_json
from mnistcore.errors import InvalidInputError
from ui.components.digit_tiles.component import Tile, describe, show_tiles
from ui.components.reports import reported_place
from ui.drawing_canvas import current_sketch, put_on_canvas
from ui.kept_drawings import keep, kept_drawings
from ui.language import _
from ui.networks import NetworkKey
from ui.operator_log import log_refusal
from ui.plain_text import sentence
from ui.prediction.teaching import image_of, show_lessons
from ui.sketches import Sketch
from ui.uploads import content_of, take_file


def show_corrections(network: NetworkKey, read_as: int | None, *, is_number: bool) -> None:
    """Ask what the drawing was meant to be, and show what was kept of earlier answers.

    Args:
        network: That reads, and is taught.
        read_as: What the network read.
        is_number: Several digits: only single ones are kept.
    """
    st.header(_("Correct me"), anchor=False)
    kept = kept_drawings()
    now = current_sketch()
    if now.png is None:
        st.caption(_("Once something is drawn, say here what it was meant to be."))
    elif is_number:
        st.caption(
            _("This is a number. A network is taught digits one at a time: draw one by itself.")
        )
    else:
        st.segmented_control(
            _("It was meant as"),
            range(10),
            key=f"meant_as_{len(kept)}",  # a new one, with nothing chosen, after each answer
            on_change=_keep,
            args=(read_as, f"meant_as_{len(kept)}"),
        )
    if fault := st.session_state.pop("drawing_fault", None):
        st.error(sentence(fault))
    if kept:
        right = sum(drawing.label == drawing.read_as for drawing in kept)
        st.caption(
            _(
                "Drawings kept here: {num_kept}, {right} of them read as meant.",
                num_kept=len(kept),
                right=right,
            )
        )
        tiles = [_tile(place, drawing) for place, drawing in enumerate(kept)]
        show_tiles(_("Kept drawings"), tiles, key="kept", on_click=_take)
    _show_files(now, kept)
    show_lessons(network)


def _show_files(now: Sketch, kept: list[LabelledDrawing]) -> None:
    """Show what can be saved, and the way back in from a file."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if now.png is not None:
            st.download_button(
                _("PNG of the canvas"), now.png, "drawing.png", "image/png", on_click="ignore"
            )
        if kept:
            st.download_button(
                _("JSON of all kept"),
                to_json(kept),
                "drawings.json",
                "application/json",
                on_click="ignore",
            )
        with st.popover(_("Load")):
            take_file(_("Drawings saved here"), type="json", key="drawings_file", on_change=_load)
            if fault := st.session_state.get("drawings_fault"):
                st.error(sentence(fault))


def _load() -> None:
    """Add a file's drawings to those kept, or remember what is wrong with it."""
    file = st.session_state["drawings_file"]
    st.session_state["drawings_fault"] = None
    if file is None:
        return
    try:
        keep([*kept_drawings(), *from_json(content_of(file))])
    except InvalidInputError as error:
        log_refusal(__name__, error)
        st.session_state["drawings_fault"] = error


def _keep(read_as: int | None, key: str) -> None:
    label, now = st.session_state[key], current_sketch()
    if label is not None and now.strokes is not None and now.png is not None:
        drawing = LabelledDrawing(label, read_as, now.strokes["objects"], now.png)
        try:
            keep([*kept_drawings(), drawing])
        except InvalidInputError as error:
            log_refusal(__name__, error)
            st.session_state["drawing_fault"] = error


def _take() -> None:
    place = reported_place("kept", len(kept_drawings()))
    if place is not None:
        drawing = kept_drawings()[place]
        put_on_canvas(Sketch({"objects": drawing.objects}, drawing.png))


def _tile(place: int, drawing: LabelledDrawing) -> Tile:
    image = image_of(drawing)
    said, truth = drawing.read_as, drawing.label
    meant = str(truth) if said is None else describe(said, truth)
    spoken = _("Meant as {meant}", meant=meant)
    return Tile(place, image, spoken, said, truth)
