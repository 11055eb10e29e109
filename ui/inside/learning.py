"""The tab on learning: a copy of the network learns one digit, and one weight is followed."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.layers.normalisation import BatchNorm
from ui import address, mnist, shared
from ui.inside.at_work import in_float64
from ui.inside.gradient import show_gradient, show_update
from ui.inside.layer_names import short, stage_name
from ui.inside.opened import NUM_DIGITS, OpenedNetwork
from ui.inside.weight_choice import choose_weight
from ui.language import _
from ui.networks import BY_IDENTITY, NetworkKey

if TYPE_CHECKING:
    from mnistcore.inside.learning_step import Learner, LearningStep
    from mnistcore.reading.classifier import Classifier

STEPS = "inside_steps"
BEGUN = "inside_learning_begun"  # in session state: False until a digit to learn from was taken
CHOSEN = ("inside_digit", "inside_kind", "inside_at")  # in the address, once one is
MOST_STEPS_TAKEN = 30
LITTLE_LOSS = 0.001
RATES = [0.0001, 0.001, 0.01, 0.1]


def begin(network: NetworkKey) -> None:
    """Take a digit that the network misreads, if the tab has asked for one; before all widgets."""
    if st.session_state.get(BEGUN) is False:
        st.session_state[BEGUN] = True
        _take_misread(network)


def show(opened: OpenedNetwork) -> None:
    """Let a copy of the network learn this digit, one step at a click."""
    if BEGUN not in st.session_state and not (shared.has_drawn() or any(map(address.read, CHOSEN))):
        _ask_for_misread()  # there is little to learn from the digit that the page opens with
    st.markdown(
        _(
            "Learning is this, many thousand times: **how wrong was the answer** (the loss), "
            "**which way does each weight push it** (the gradient), and a small step of "
            "every weight the other way. Here a copy of the network learns from this one "
            "digit, and you follow one weight."
        )
    )
    label, rate, number = _choose_what_to_learn(opened)
    parameter, index = choose_weight(opened, number)
    taken = st.session_state.setdefault(STEPS, 0)
    asked = opened.classifier, opened.image.tobytes(), label, rate
    now, before = (
        _learner(*asked, steps, opened).follow(opened.stages[number].name, index, parameter)
        for steps in (taken, max(0, taken - 1))
    )
    _show_progress(now, before if taken else None, taken, label)
    if _learner(*asked, 0, opened).loss < LITTLE_LOSS:
        st.info(
            _(
                "The network is so sure of its {label} that there is next to nothing to "
                "learn. Ask for another digit above, and the numbers come alive.",
                label=label,
            )
        )
        if st.button(_("Take a digit that it misreads"), icon=":material/casino:"):
            _ask_for_misread()
    show_gradient(opened, number, now, label, parameter)
    show_update(now, rate)


def _choose_what_to_learn(opened: OpenedNetwork) -> tuple[int, float, int]:
    """Show the widgets; return the digit it should say, the rate, and the stage to follow."""
    first, second, third = st.columns(3)
    default = opened.answer if opened.truth is None else opened.truth
    label = first.selectbox(
        _("What it should say"),
        range(NUM_DIGITS),
        index=default,
        key=f"inside_label_{default}",  # another digit is meant to be itself
        help=_("Choose another digit than it says, and watch it unlearn."),
    )
    rate = second.select_slider(
        _("Learning rate"),
        RATES,
        0.001,
        key="inside_rate",
        help=_("About the length of Adam's steps."),
    )
    layers = [n for n, stage in enumerate(opened.stages) if stage.layer.num_params]
    number = third.selectbox(
        _("Layer of the weight to follow"),
        layers,
        index=layers.index(_layer_to_follow(opened, layers)),
        format_func=lambda layer: stage_name(opened.stages, layer),
        key="inside_learning_layer",
    )
    return label, rate, number


def _layer_to_follow(opened: OpenedNetwork, layers: list[int]) -> int:
    """Return the chosen value's own layer, or the one before it whose weights are kernels."""
    if opened.number in layers:
        return opened.number
    before = [
        number
        for number in layers
        if number < opened.number and not isinstance(opened.stages[number].layer, BatchNorm)
    ]
    return before[-1] if before else layers[0]


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_IDENTITY)
def _learner(
    classifier: "Classifier",
    image: bytes,
    label: int,
    rate: float,
    taken: int,
    _opened: OpenedNetwork,
) -> "Learner":
    """Return the network after some steps, each taken from the one before it."""
    from mnistcore.inside.learning_step import Learner

    if taken == 0:
        return Learner(in_float64(classifier), _opened.input, label=label, learning_rate=rate)
    return _learner(classifier, image, label, rate, taken - 1, _opened).next


def _show_progress(
    now: "LearningStep", before: "LearningStep | None", taken: int, label: int
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="learning_progress"):
        st.metric(_("Steps taken"), taken, width=110)
        st.metric(
            _("Loss"),
            short(now.loss),
            delta=None if before is None else f"{now.loss - before.loss:.4g}",
            delta_color="inverse",
            width=190,
        )
        st.metric(_("Share of the {label}", label=label), f"{now.probability:.2%}", width=150)
        st.button(
            _("Take this step"),
            icon=":material/arrow_forward:",
            type="primary",
            on_click=_set_steps,
            args=(taken + 1,),
            disabled=taken >= MOST_STEPS_TAKEN,
        )
        st.button(_("Start over"), on_click=_set_steps, args=(0,), disabled=taken == 0)
    if before is not None:
        st.caption(
            _(
                "The loss was {loss}. Had only the weight below moved, it would have become "
                "{after_one}; with all of them it is {after_all}. Batch norm keeps its means, as "
                "when it reads.",
                loss=short(before.loss),
                after_one=short(before.loss_after_one),
                after_all=short(before.loss_after),
            )
        )


def _ask_for_misread() -> None:
    # The digit is chosen outside of the fragment that this tab is part of.
    st.session_state[BEGUN] = False
    st.rerun()


def _take_misread(network: NetworkKey) -> None:
    worst = mnist.report(network).worst
    st.session_state["inside_kind"] = "digit"
    st.session_state["inside_digit"] = worst[0] if worst else 0


def _set_steps(taken: int) -> None:
    st.session_state[STEPS] = taken
