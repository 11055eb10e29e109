"""How one value came about, written out: patch times kernel, bias, batch normalisation, ReLU."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from mnistcore.layers.convolution import Convolution
from mnistcore.layers.elementwise import ReLU
from mnistcore.layers.linear import Linear
from mnistcore.layers.normalisation import BatchNorm
from mnistcore.layers.pooling import MaxPooling, Pooling
from ui.inside.layer_names import factor, map_name, place_name, shown, stage_name
from ui.inside.opened import OpenedNetwork
from ui.inside.pictures import number_table, steps_table
from ui.language import N_, _

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Stage
    from mnistcore.inside.value_terms import Terms

Chosen = npt.NDArray[np.bool_]

SWITCHED_OFF = N_("This value is switched off: it is set to 0.")
MOST_SLICES = 4
MOST_TERMS = 12


def write_value(opened: OpenedNetwork) -> str:
    """Return every step from the chosen value's block's input to the value."""
    from mnistcore.inside.value_terms import steps_to_value

    parts = []
    for number, terms in steps_to_value(opened.stages, opened.number, opened.index):
        stage = opened.stages[number]
        title = f"<h3>{stage_name(opened.stages, number)}</h3>"
        if stage.is_off(opened.index):
            parts.append(f"{title}<p>{_(SWITCHED_OFF)}</p>")
        elif isinstance(stage.layer, Convolution):
            parts.append(title + _convolution(stage, terms))
        elif isinstance(stage.layer, Linear):
            parts.append(title + _linear(opened, number, terms))
        elif isinstance(stage.layer, Pooling):
            parts.append(title + _pooling(stage, terms))
        else:
            parts.append(title + _one_by_one(stage, opened.index[0], terms))
    return f'<div class="sum">{"".join(parts)}</div>'


def _convolution(stage: "Stage", terms: "Terms") -> str:
    channels = np.unique(terms.places[:, 0])
    slices = [terms.places[:, 0] == channel for channel in channels]
    sums = [float(terms.products[chosen].sum()) for chosen in slices]
    order = sorted(range(len(slices)), key=lambda place: -abs(sums[place]))
    largest = float(np.abs(terms.products).max())
    pictures = [
        _slice(stage, terms, slices[place], int(channels[place]), sums[place], largest)
        for place in order[:MOST_SLICES]
    ]
    rest = sum(sums[place] for place in order[MOST_SLICES:])
    steps = [
        (_("from {map}", map=map_name(channels[place])), shown(sums[place]))
        for place in order[:MOST_SLICES]
    ]
    if len(order) > MOST_SLICES:
        steps.append(
            (_("from the other {count} maps", count=len(order) - MOST_SLICES), shown(rest))
        )
    steps += [
        (_("+ bias"), shown(terms.constant)),
        (_("= out of the convolution"), shown(terms.total)),
    ]
    return f'<div class="slices">{"".join(pictures)}</div>{steps_table(steps)}'


def _slice(
    stage: "Stage", terms: "Terms", chosen: Chosen, channel: int, total: float, largest: float
) -> str:
    """Return patch · kernel = products for one input map."""
    taps, places = terms.taps[chosen], terms.places[chosen, 1:]
    # A transposed convolution uses only every other element of its kernel at one place.
    shape = _grid_shape(taps)
    patch, kernel, products = (
        values[chosen].reshape(shape) for values in (terms.inputs, terms.weights, terms.products)
    )
    is_padding = (places < 0) | (places >= stage.inputs.shape[1:])
    tables = [
        number_table(
            patch,
            largest=float(np.abs(patch).max()),
            faded=is_padding.any(axis=1, keepdims=True).reshape(shape),
        ),
        "·",
        number_table(kernel, largest=float(np.abs(kernel).max())),
        "=",
        number_table(products, largest=largest),
    ]
    title = _(
        "{map}: patch · kernel = products, together {total}",
        map=map_name(channel).capitalize(),
        total=shown(total),
    )
    return f'<div class="slice scroll"><b>{title}</b>{"".join(tables)}</div>'


def _grid_shape(taps: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Return rows and columns of a window's elements; a signal has one row."""
    sizes = [len(np.unique(taps[:, axis])) for axis in range(taps.shape[1])]
    return (1, sizes[0]) if len(sizes) == 1 else (sizes[0], sizes[1])


def _pooling(stage: "Stage", terms: "Terms") -> str:
    patch = terms.inputs.reshape(_grid_shape(terms.taps))
    is_max = isinstance(stage.layer, MaxPooling)
    table = number_table(
        patch,
        largest=float(np.abs(patch).max()),
        winner=int(terms.weights.argmax()) if is_max else None,
    )
    rule = (
        _("the largest of them goes on, the others are forgotten")
        if is_max
        else _("their sum, divided by {count}", count=len(terms.inputs))
    )
    return f'<div class="slices">{table}</div>{steps_table([(rule, shown(terms.total))])}'


def _one_by_one(stage: "Stage", channel: int, terms: "Terms") -> str:
    value = float(terms.inputs[0])
    if isinstance(stage.layer, BatchNorm):
        from mnistcore.inside.value_terms import batch_norm_numbers

        numbers = batch_norm_numbers(stage, channel)
        normalised = (value - numbers.mean) / numbers.deviation
        return steps_table(
            [
                (_("into it"), shown(value)),
                (
                    _("− mean in training {mean}", mean=shown(numbers.mean)),
                    shown(value - numbers.mean),
                ),
                (
                    _(
                        "÷ √(variance {variance} + {eps:g}) = {deviation}",
                        variance=shown(numbers.variance),
                        eps=numbers.eps,
                        deviation=shown(numbers.deviation),
                    ),
                    shown(normalised),
                ),
                (
                    _("· scale {scale}", scale=shown(numbers.scale)),
                    shown(normalised * numbers.scale),
                ),
                (_("+ shift {shift}", shift=shown(numbers.shift)), shown(terms.total)),
            ]
        )
    if isinstance(stage.layer, ReLU):
        what = (
            N_("max(0, {value}): is above 0 and passes")
            if value > 0
            else N_("max(0, {value}): is not above 0: the ReLU makes it 0")
        )
        return steps_table([(_(what, value=shown(value)), shown(terms.total))])
    what = _("{layer} hands it on as it is", layer=_(stage.layer.in_words))
    return steps_table([(what, shown(terms.total))])


def _linear(opened: OpenedNetwork, number: int, terms: "Terms") -> str:
    order = np.argsort(-np.abs(terms.products), kind="stable")
    names = _source_names(opened, number, terms.places[order[:MOST_TERMS]])
    steps = [
        (
            _(
                "{name}: {text}",
                name=name,
                text=f"{shown(terms.inputs[place])} · {factor(terms.weights[place])}",
            ),
            shown(terms.products[place]),
        )
        for name, place in zip(names, order, strict=False)
    ]
    if len(order) > MOST_TERMS:
        rest = float(terms.products[order[MOST_TERMS:]].sum())
        steps.append(
            (_("the other {count:,} products", count=len(order) - MOST_TERMS), shown(rest))
        )
    steps += [(_("+ bias"), shown(terms.constant)), (_("= the output"), shown(terms.total))]
    return steps_table(steps)


def product_table(opened: OpenedNetwork, number: int, terms: "Terms") -> dict[str, object]:
    """Return all products of a linear layer's value as columns, the largest first.

    Args:
        opened: The network and what is looked at in it.
        number: Of the layer's stage.
        terms: Of the value.
    """
    order = np.argsort(-np.abs(terms.products), kind="stable")
    products = terms.products[order]
    return {
        _("input"): _source_names(opened, number, terms.places[order]),
        _("value"): terms.inputs[order],
        _("weight"): terms.weights[order],
        _("product"): products,
        _("sum so far"): products.cumsum(),
    }


def _source_names(opened: OpenedNetwork, number: int, places: npt.NDArray[np.int64]) -> list[str]:
    """Return where the inputs of a stage come from, in words; by map, if they were flattened."""
    from mnistcore.inside.inspection import before_flattening

    indices: list[tuple[int, ...]] = [tuple(place) for place in places.tolist()]
    if number:
        indices = [before_flattening(opened.stages, number - 1, index) for index in indices]
    return [place_name(index) for index in indices]
