"""A visitor's corrections taught to the network: what reads, what changed, switched off and undone.

They belong to the session. A network is taught anew when a correction comes or goes, in a moment.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import streamlit as st

from mnistcore.drawings.drawing_files import LabelledDrawing
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from ui import networks
from ui.components.bars.component import show_bars
from ui.components.digit_tiles.component import SMALL, Tile, describe, show_tiles
from ui.digits import Digit
from ui.drawing_canvas import as_pixels
from ui.kept_drawings import keep, kept_drawings
from ui.language import _
from ui.networks import NetworkKey
from ui.plain_text import sentence

if TYPE_CHECKING:
    from mnistcore.correcting.lessons import Lesson
    from mnistcore.reading.classifier import Classifier

IS_ON = "reads_as_taught"  # in session state
_TAUGHT = "taught_network"
MOST_SHOWN = 6  # lessons, the latest first


class Taught(NamedTuple):
    """A network and the same one with the visitor's corrections; both alike where there are none.

    Attributes:
        untaught: As it is for everybody.
        classifier: What reads for this visitor.
        fault: Why it cannot be taught, or None.
    """

    untaught: "Classifier"
    classifier: "Classifier"
    fault: InvalidInputError | None = None

    @property
    def is_taught(self) -> bool:
        """Whether anything reads otherwise than it does for everybody."""
        return self.classifier is not self.untaught


def taught_network(network: NetworkKey) -> Taught:
    """Return a network with what this visitor has taught it, unless that is switched off.

    Raises:
        InvalidInputError: The network is gone, or its file cannot be used.
    """
    untaught = networks.load(network)
    if not kept_drawings() or not st.session_state.get(IS_ON, True):
        return Taught(untaught, untaught)
    return _with_corrections(untaught, kept_drawings())


def _with_corrections(untaught: "Classifier", kept: Sequence[LabelledDrawing]) -> Taught:
    """Return what was taught last, if the corrections and the network are still the same."""
    from mnistcore.correcting.teaching import taught

    wanted = networks.serial_number(untaught), [(drawing.label, drawing.png) for drawing in kept]
    held: tuple[object, Taught] | None = st.session_state.get(_TAUGHT)
    if held is None or held[0] != wanted:
        images = np.stack([image_of(drawing) for drawing in kept])
        labels = np.array([drawing.label for drawing in kept])
        try:
            found = Taught(untaught, taught(untaught, images, labels))
        except InvalidInputError as error:  # a network of the visitor's that ends otherwise
            found = Taught(untaught, untaught, error)
        held = st.session_state[_TAUGHT] = (wanted, found)
    return held[1]


def image_of(drawing: LabelledDrawing) -> Digit:
    """Return a drawing as a network sees it, (28, 28) uint8."""
    return drawing_to_image(as_pixels(drawing.png))


def show_lessons(network: NetworkKey) -> None:
    """Show what the corrections have changed, one by one and for the test set."""
    if not kept_drawings():
        return
    st.toggle(
        _("Read as it was taught here"),
        value=True,
        key=IS_ON,
        persist_state="session",
        help=_(
            "Your corrections change what is read in this tab alone, and for as long as it is "
            "open; a file keeps them for longer."
        ),
    )
    found = taught_network(network)
    if found.fault is not None:
        st.warning(sentence(found.fault))
    if not found.is_taught:
        return
    from mnistcore.correcting.lessons import lessons

    told = lessons(found.classifier)
    for place in reversed(range(max(0, len(told) - MOST_SHOWN), len(told))):
        _show_lesson(place, told[place], kept_drawings()[place])
    _show_test_set(found.classifier)


def _show_lesson(place: int, lesson: "Lesson", drawing: LabelledDrawing) -> None:
    was, now = int(lesson.before.argmax()), int(lesson.after.argmax())
    with st.container(border=True, key=f"lesson_{place}"):
        left, middle, right = st.columns([3, 3, 4], gap="medium", vertical_alignment="center")
        with left:
            st.markdown(
                _(
                    "**Meant as {label}.** Read as {was} before ({before:.0%}), "
                    "as {now} now ({after:.0%}).",
                    label=lesson.label,
                    was=was,
                    now=now,
                    before=float(lesson.before[was]),
                    after=float(lesson.after[now]),
                )
            )
            st.button(
                _("Undo this correction"),
                key=f"undo_lesson_{place}",
                icon=":material/undo:",
                on_click=_undo,
                args=(place,),
            )
        with middle:
            _show_likes(place, lesson, drawing)
        with right:
            show_bars(
                lesson.after.tolist(),
                key=f"lesson_bars_{place}",
                otherwise=lesson.before.tolist(),
            )


def _show_likes(place: int, lesson: "Lesson", drawing: LabelledDrawing) -> None:
    was = int(lesson.before.argmax())
    own = Tile(0, image_of(drawing), describe(was, lesson.label), was, lesson.label)
    show_tiles(_("The drawing"), [own], key=f"lesson_drawing_{place}", side=SMALL)
    st.caption(_("Most like it among MNIST's digits:"))
    tiles = [
        Tile(at, image, str(label), int(label), int(label))
        for at, (image, label) in enumerate(
            zip(lesson.neighbours, lesson.neighbour_labels, strict=True)
        )
    ]
    show_tiles(_("Neighbours"), tiles, key=f"lesson_neighbours_{place}", side=SMALL)


def _show_test_set(classifier: "Classifier") -> None:
    from mnistcore.correcting.lessons import change_of_test_set

    change = change_of_test_set(classifier)
    if change is None:
        st.caption(_("What this does to MNIST's test set is told for the networks of the app."))
    else:
        st.caption(
            _(
                "Of MNIST's 10,000 test digits, {gained} are read right now that were not, and "
                "{lost} no longer.",
                gained=len(change.gained),
                lost=len(change.lost),
            )
        )


def _undo(place: int) -> None:
    kept = kept_drawings()
    keep([*kept[:place], *kept[place + 1 :]])
