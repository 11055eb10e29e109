"""One step of learning by hand: on a digit that the network misreads, with one weight's numbers."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ui import digits, mnist, networks, shared
from ui.inside.at_work import find_stages, in_float64
from ui.inside.layer_names import short, shown
from ui.inside.pictures import steps_table
from ui.language import each
from ui.lesson.texts import training as texts
from ui.networks import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.inside.learning_step import Learner
    from mnistcore.reading.classifier import Classifier

TAKEN = "lesson_steps_taken"  # in session state
SIDE_PX = 280
LEARNING_RATE = 0.001  # Adam's own
MOST_TAKEN = 20


def show_by_hand() -> None:
    """Show the digit, and the step as a table of numbers; a button takes it."""
    network = shared.network()
    classifier = networks.load(network)
    index = _misread(network)
    images, labels = mnist.images_and_labels()
    image, label = images[index], int(labels[index])
    taken = min(st.session_state.get(TAKEN, 0), MOST_TAKEN)
    stages = find_stages(classifier, image)
    said = int(stages[-1].outputs.argmax())
    feature = int(np.abs(stages[-1].inputs).argmax())
    step = _learner(classifier, index, taken).follow(stages[-1].name, (label, feature))
    words = {
        "label": str(label),
        "share": f"{step.probability:.4f}",
        "feature": str(feature + 1),
        "value": shown(float(step.terms.inputs[0]), 3),
        "before": shown(step.update.weight),
    }
    ends = {
        "share": short(step.loss),
        "gradient": shown(step.terms.total, 4),
        "update": shown(step.update.change),
        "after": short(step.loss_after),
    }
    told = each(texts.BY_HAND)
    rows = [(told[name].format(**words), end) for name, end in ends.items()]
    table = steps_table(rows)
    title = told["title"].format(label=label, answer=said)
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_by_hand"):
        st.html(digits.ink(image, side_px=SIDE_PX, label=title), width="content")
        with st.container(key="lesson_by_hand_numbers"):
            st.html(f'<h2>{title}</h2><div class="sum">{table}</div>')
            _show_buttons(taken)


def _show_buttons(taken: int) -> None:
    told = each(texts.BY_HAND)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            told["take"],
            icon=":material/arrow_forward:",
            on_click=_set_taken,
            args=(taken + 1,),
            disabled=taken >= MOST_TAKEN,
        )
        st.button(told["back"], on_click=_set_taken, args=(0,), disabled=taken == 0)
        st.markdown(told["steps"].format(taken=taken), width="content")


def _misread(network: networks.NetworkKey) -> int:
    """Return the test digit that is taken for another with the least doubt but one."""
    worst = mnist.report(network).worst
    return worst[0] if worst else 0


@st.cache_resource(max_entries=40, show_spinner=False, hash_funcs=BY_IDENTITY)
def _learner(classifier: "Classifier", index: int, taken: int) -> "Learner":
    from mnistcore.inside.learning_step import Learner

    if taken:
        return _learner(classifier, index, taken - 1).next
    images, labels = mnist.images_and_labels()
    given = classifier.inputs(images[index][None])[0]
    label = int(labels[index])
    return Learner(in_float64(classifier), given, label=label, learning_rate=LEARNING_RATE)


def _set_taken(taken: int) -> None:
    st.session_state[TAKEN] = taken
