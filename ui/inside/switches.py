"""What is switched off, in the page's address: `inside_off=5.24-2.3.x1f`.

Map 24 of stage 5 is off as a whole; of map 3 of stage 2 the first five values are: a bit for each,
in a hexadecimal number.
"""

import re
from collections.abc import Collection

import streamlit as st

from ui import address
from ui.inside.layer_names import map_name, shown, stage_name
from ui.inside.opened import WHOLE, OpenedNetwork, SwitchedOff
from ui.language import _, listed

OFF = "inside_off"
MOST_OFF = 200
# Stage, channel, and for a part of a map a bit for each of up to 1,600 values.
_ENTRY = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})(?:\.x([0-9a-f]{1,400}))?")


def switched_off() -> SwitchedOff:
    """Return what the address holds; what cannot be read in it is passed over."""
    texts = address.read(OFF).split("-")[:MOST_OFF]
    found = map(_ENTRY.fullmatch, texts)
    return frozenset(
        (int(entry[1]), int(entry[2]), int(entry[3], 16) if entry[3] else WHOLE)
        for entry in found
        if entry
    )


def switch_map(number: int, channel: int) -> None:
    """Switch a map off, or on again; a callback."""
    now = switched_off()
    is_off = (number, channel, WHOLE) in now
    _keep(_without(now, number, channel) | (set() if is_off else {(number, channel, WHOLE)}))


def switch_values(number: int, channel: int, places: Collection[int]) -> None:
    """Switch these values of a map off and all its others on; a callback.

    Args:
        number: Of the stage.
        channel: The map.
        places: Of the values, counted in reading order.
    """
    mask = sum(1 << place for place in {*places})
    own = {(number, channel, mask)} if mask else set()
    _keep(_without(switched_off(), number, channel) | own)


def show_switched_off(opened: OpenedNetwork) -> None:
    """Say what is off and what that did to the answer; nothing if all is on."""
    names = [
        name
        for number, stage in enumerate(opened.stages)
        for name in _names(stage_name(opened.stages, number), stage.switched_off, stage.painted_off)
    ]
    if not names:
        return
    before, after = opened.untouched_shares.probabilities, opened.shares.probabilities
    was = max(range(len(before)), key=before.__getitem__)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            _(
                "Switched off: {names}. The answer was **{was}**, with logit {logit} and a "
                "share of {before:.1%}; now it is **{answer}**, with {logit_after} and "
                "{after:.1%}.",
                names=listed(names),
                was=was,
                logit=shown(opened.untouched[-1].outputs[was], 2),
                before=before[was],
                answer=opened.answer,
                logit_after=shown(opened.logits[opened.answer], 2),
                after=after[opened.answer],
            ),
            icon=":material/toggle_off:",
        )
        st.button(_("All on again"), on_click=_keep, args=(frozenset(),))


def _names(layer: str, maps: Collection[int], values: Collection[tuple[int, ...]]) -> list[str]:
    channels = [place[0] for place in values]
    parts = [
        _(
            "{layer} {map}, {count} of its values",
            layer=layer,
            map=map_name(channel),
            count=channels.count(channel),
        )
        for channel in sorted({*channels})
    ]
    return [*(f"{layer} {map_name(channel)}" for channel in sorted(maps)), *parts]


def _without(off: SwitchedOff, number: int, channel: int) -> SwitchedOff:
    return frozenset(entry for entry in off if entry[:2] != (number, channel))


def _keep(off: SwitchedOff) -> None:
    text = "-".join(
        f"{number}.{channel}" + ("" if mask == WHOLE else f".x{mask:x}")
        for number, channel, mask in sorted(off)
    )
    address.write(OFF, text or None)
