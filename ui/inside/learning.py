"""The tab on learning: loss, one weight's gradient term by term, Adam's update, the loss after."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from mnistcore.layers.linear import Linear
from mnistcore.layers.normalisation import BatchNorm
from ui import mnist
from ui.inside.at_work import in_float64
from ui.inside.layer_names import place_name, short, shown, stage_name
from ui.inside.opened import NUM_DIGITS, OpenedNetwork
from ui.inside.pictures import steps_table
from ui.inside.weight_choice import choose_weight
from ui.language import _
from ui.networks import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.inside.learning_step import Learner, LearningStep
    from mnistcore.inside.weight_gradient import Parameter
    from mnistcore.reading.classifier import Classifier

STEPS = "inside_steps"
MOST_STEPS_TAKEN = 30
MOST_TERMS = 12
LITTLE_LOSS = 0.001
RATES = [0.0001, 0.001, 0.01, 0.1]


def show(opened: OpenedNetwork) -> None:
    """Let a copy of the network learn this digit, one step at a click."""
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
        st.button(
            _("Take a digit that it misreads"),
            icon=":material/casino:",
            on_click=_take_misread,
            args=(opened,),
        )
    _show_gradient(opened, number, now, label, parameter)
    _show_update(now, rate)


def _choose_what_to_learn(opened: OpenedNetwork) -> tuple[int, float, int]:
    """Show the widgets; return the digit it should say, the rate, and the stage to follow."""
    first, second, third = st.columns(3)
    label = first.selectbox(
        _("What it should say"),
        range(NUM_DIGITS),
        index=opened.answer if opened.truth is None else opened.truth,
        key="inside_label",
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


def _take_misread(opened: OpenedNetwork) -> None:
    worst = mnist.report(opened.network).worst
    st.session_state["inside_kind"] = "digit"
    st.session_state["inside_digit"] = worst[0] if worst else 0


def _set_steps(taken: int) -> None:
    st.session_state[STEPS] = taken


def _show_gradient(
    opened: OpenedNetwork, number: int, step: "LearningStep", label: int, parameter: "Parameter"
) -> None:
    terms = step.terms
    is_norm = isinstance(opened.stages[number].layer, BatchNorm)
    st.markdown(
        _(
            "**The loss** is −log of the share of the {label}: −log {probability:.8g} = "
            "**{loss}**. **The gradient** of a weight is a sum over every place where it "
            "was used: how much the loss grows with the number that came out there "
            "(*upstream*), times {what_went_in}.",
            label=label,
            probability=step.probability,
            loss=short(step.loss),
            what_went_in=_what_went_in(parameter, is_norm),
        )
    )
    if opened.classifier.temperature != 1:
        st.caption(
            _(
                "Training knows no temperature: its share is that of softmax before the "
                "logits are divided by {temperature:.4g} for honest probabilities.",
                temperature=opened.classifier.temperature,
            )
        )
    if isinstance(opened.stages[number].layer, Linear) and number == len(opened.stages) - 1:
        st.markdown(
            _(
                "At the last layer upstream is simple: the share the network gave this "
                "output, less the share it should have: 1 for the right digit, 0 for the "
                "others."
            )
        )
    order = np.argsort(-np.abs(terms.products), kind="stable")
    order = order[: np.count_nonzero(terms.products)]
    rows = [
        (
            _(
                "out {place}: upstream {upstream} · {factor} {value}",
                place=place_name(tuple(terms.outputs[at].tolist())),
                upstream=short(terms.upstream[at]),
                factor=_factor_name(parameter, is_norm),
                value=shown(terms.inputs[at]),
            ),
            short(terms.products[at]),
        )
        for at in order[:MOST_TERMS]
    ]
    if len(order) > MOST_TERMS:
        rest = float(terms.products[order[MOST_TERMS:]].sum())
        rows.append((_("the other {count:,} places", count=len(order) - MOST_TERMS), short(rest)))
    if num_zero := len(terms.products) - len(order):
        rows.append((_("{num_zero:,} places where one of the two is 0", num_zero=num_zero), "0"))
    rows.append((_("= the gradient"), short(terms.total)))
    with st.container(key="gradient_sum"):
        st.html(f'<div class="sum scroll">{steps_table(rows)}</div>')


def _what_went_in(parameter: "Parameter", is_norm: bool) -> str:
    if parameter == "bias":
        return _("1, since it is added at every place of its map alike")
    return _("the normalised value that it scaled") if is_norm else _("the number that went in")


def _factor_name(parameter: "Parameter", is_norm: bool) -> str:
    if parameter == "bias":
        return _("added")
    return _("normalised") if is_norm else _("input")


def _show_update(step: "LearningStep", rate: float) -> None:
    update, t = step.update, step.update.step
    st.markdown(
        _(
            "**Adam's update.** Adam remembers a running mean of the gradient, *m*, and of "
            "its square, *v*. It divides one by the root of the other, so a step is about as "
            "long as the learning rate, however steep or flat the loss is; only its "
            "direction is the gradient's."
        )
    )
    rows = [
        (_("weight before"), short(update.weight)),
        (
            f"m = 0.9 · ({short(update.first_before)}) + 0.1 · ({short(update.gradient)})",
            short(update.first_moment),
        ),
        (
            f"v = 0.999 · {short(update.second_before)} + 0.001 · ({short(update.gradient)})²",
            short(update.second_moment),
        ),
        (f"m̂ = m ÷ (1 − 0.9^{t})", short(update.corrected_first)),
        (f"v̂ = v ÷ (1 − 0.999^{t})", short(update.corrected_second)),
        (_("step = −{rate:g} · m̂ ÷ (√v̂ + 1e−08)", rate=rate), short(update.change)),
        (_("weight after"), f"{update.new_weight:.6g}".replace("-", "−")),
    ]
    with st.container(key="adam_sum"):
        st.html(f'<div class="sum scroll">{steps_table(rows)}</div>')
