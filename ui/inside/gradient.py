"""One weight's gradient, term by term, and the step that Adam makes of it."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from mnistcore.layers.linear import Linear
from mnistcore.layers.normalisation import BatchNorm
from ui.inside.layer_names import place_name, short, shown
from ui.inside.opened import OpenedNetwork
from ui.inside.pictures import steps_table
from ui.language import _

if TYPE_CHECKING:
    from mnistcore.inside.learning_step import LearningStep
    from mnistcore.inside.weight_gradient import Parameter

MOST_TERMS = 12


def show_gradient(
    opened: OpenedNetwork, number: int, step: "LearningStep", label: int, parameter: "Parameter"
) -> None:
    """Show the loss, and a weight's gradient term by term.

    Args:
        opened: The network.
        number: Of the weight's stage.
        step: That is about to be taken.
        label: The digit that the network should say.
        parameter: Of which kind the weight is.
    """
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
    with st.container(key="gradient_sum"):
        st.html(f'<div class="sum scroll">{steps_table(_terms(step, parameter, is_norm))}</div>')


def _terms(step: "LearningStep", parameter: "Parameter", is_norm: bool) -> list[tuple[str, str]]:
    """Return the gradient's largest terms, what the others come to, and their sum."""
    terms = step.terms
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
    return rows


def _what_went_in(parameter: "Parameter", is_norm: bool) -> str:
    if parameter == "bias":
        return _("1, since it is added at every place of its map alike")
    return _("the normalised value that it scaled") if is_norm else _("the number that went in")


def _factor_name(parameter: "Parameter", is_norm: bool) -> str:
    if parameter == "bias":
        return _("added")
    return _("normalised") if is_norm else _("input")


def show_update(step: "LearningStep", rate: float) -> None:
    """Show how Adam makes a step of a weight's gradient.

    Args:
        step: That is about to be taken.
        rate: Of learning.
    """
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
