"""The tab that explains one value: its map, the arithmetic behind it, and softmax at the end."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from mnistcore.inside.softmax import softmax_numbers
from mnistcore.layers.linear import Linear
from ui import digits
from ui.components.map_grid.component import show_map
from ui.components.reports import reported
from ui.inside.arithmetic import product_table, write_value
from ui.inside.layer_names import map_name, place_name, shown, stage_name, unflattened_shape
from ui.inside.opened import OpenedNetwork, choose_value
from ui.inside.pictures import figures
from ui.language import _, p_

MAP = "inside_map"
MOST_MAPS = 12


def show(opened: OpenedNetwork) -> None:
    """Explain the chosen value; a click in its map chooses another."""

    def choose_in_map() -> None:
        if place := reported(MAP, "clicked", str):
            choose_value(f"{opened.number}.{opened.index[0]}.{place}")

    value = float(opened.chosen.outputs[opened.index])
    layer = stage_name(opened.stages, opened.number)
    place = _("{layer}, {place}", layer=layer, place=place_name(opened.index))
    st.header(_("{name}: {text}", name=place, text=shown(value)), anchor=False)
    if opened.chosen.outputs.ndim == 1:
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.html(write_value(opened))
        with right:
            _show_parts_by_map(opened)
        _show_all_products(opened)
        _show_softmax(opened)
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        channel, *at = opened.index
        title = _("{layer}, {place}", layer=layer, place=map_name(channel))
        values = np.atleast_2d(opened.chosen.outputs[channel])
        row, column = [0, *at][-2:]
        show_map(title, values, (row, column), key=MAP, on_click=choose_in_map)
        st.caption(
            _(
                "One **map**: what one kernel makes of the whole picture. Blue is above 0, "
                "orange below. Click a number, or walk with the arrow keys."
            )
        )
    with right:
        with st.container(key="value_sum"):
            st.html(write_value(opened))
        st.caption(
            _(
                "Calculated with 15 digits, shown with 2 or 4. *Padding*, the frame of zeros "
                "around the picture, is in italics."
            )
        )


def _show_parts_by_map(opened: OpenedNetwork) -> None:
    """Show a linear layer's products where their inputs lay before they were flattened."""
    from mnistcore.inside.value_terms import steps_to_value

    number, terms = steps_to_value(opened.stages, opened.number, opened.index)[0]
    shape = unflattened_shape(opened.stages, number)
    if shape is None or not len(terms.products):
        return
    products = terms.products.reshape(shape)
    sums = products.sum(axis=(1, 2))
    largest = float(np.abs(products).max())
    pictures = [
        (
            digits.signed(
                products[at],
                side_px=54,
                label=_("Products of {map}", map=map_name(at)),
                largest=largest,
            ),
            map_name(at),
            shown(sums[at]),
        )
        for at in np.argsort(-np.abs(sums), kind="stable")[:MOST_MAPS].tolist()
    ]
    st.html(figures(pictures))
    st.caption(
        _(
            "The same products, laid out as the maps they come from, with their sums: the "
            "maps that say most. Blue speaks for this output, orange against it."
        )
    )


def _show_all_products(opened: OpenedNetwork) -> None:
    """List every product of a linear layer, when asked."""
    from mnistcore.inside.value_terms import steps_to_value

    number, terms = steps_to_value(opened.stages, opened.number, opened.index)[0]
    if not isinstance(opened.stages[number].layer, Linear):
        return
    title = _("All {count:,} products, the largest first", count=len(terms.products))
    with st.expander(title, on_change="rerun", key="inside_products") as expander:
        if expander.open:
            st.dataframe(product_table(opened, number, terms), hide_index=True)


def _show_softmax(opened: OpenedNetwork) -> None:
    if opened.number == len(opened.stages) - 1:
        st.header(_("Softmax: from ten numbers to ten shares"), anchor=False)
        st.html(write_softmax(opened))
        st.markdown(_softmax_in_words(opened))


def write_softmax(opened: OpenedNetwork) -> str:
    """Return the way from logits to shares as a table; the shares are the prediction page's."""
    numbers, temperature = opened.shares, opened.classifier.temperature
    looks_often = not opened.is_all and opened.stages == opened.untouched
    head = [_("digit"), "logit"]
    columns = [[f"{digit}" for digit in range(len(opened.logits))], [*map(shown, opened.logits)]]
    if looks_often:
        numbers = softmax_numbers(opened.all_logits, temperature)
        head.append(_("mean of all looks"))
        columns.append([*map(shown, numbers.logits)])
    if temperature != 1:
        head.append(f"÷ {temperature:.4f}")
        columns.append([shown(logit / temperature) for logit in numbers.logits])
    power = (
        _("e^(logit − largest)")
        if temperature == 1
        else _("e^((logit − largest) ÷ {temperature:.4f})", temperature=temperature)
    )
    columns += [
        [f"{value:.3g}" for value in numbers.powers],
        [f"{share:.2%}" for share in numbers.probabilities],
    ]
    best = max(range(len(numbers.logits)), key=numbers.logits.__getitem__)
    rows = "".join(
        f"<tr{' class=result' if digit == best else ''}>{_cells(cells)}</tr>"
        for digit, cells in enumerate(zip(*columns, strict=True))
    )
    total = ["", *[""] * (len(head) - 2), p_("of a column", "sum"), f"{numbers.total:.4f}", "100%"]
    head = [*head, power, _("share")]
    return (
        '<div class="sum scroll"><table class="steps">'
        f"<tr>{_cells(head)}</tr>{rows}<tr>{_cells(total)}</tr></table></div>"
    )


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def _softmax_in_words(opened: OpenedNetwork) -> str:
    temperature = opened.classifier.temperature
    text = _(
        "The ten outputs are called **logits**; they may be any numbers. Each becomes a "
        "power of *e*, after the largest of them has been subtracted, which changes no "
        "share. Each power divided by the sum of all ten is that digit's share of 1."
    )
    if temperature != 1:
        text += _(
            " Before that, this network's logits are divided by {temperature:.4f}, its "
            "**temperature**: a single number, fitted after training, that makes a share "
            "of 90% come true nine times in ten.",
            temperature=temperature,
        )
    if not opened.is_all:
        text += _(
            " This network answers with the mean of several looks; the prediction page "
            "shows the shares of that mean."
        )
    return text
