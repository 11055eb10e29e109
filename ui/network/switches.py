"""Maps that are switched off, in the page's address: `inside_off=5.24-2.3`."""

import streamlit as st

from ui.network.inspected import Look, SwitchedOff
from ui.network.layer_names import shown, stage_name

OFF = "inside_off"
MOST_OFF = 200


def switched_off() -> SwitchedOff:
    """Return the pairs (stage, channel) that the address holds; what is no pair is passed over."""
    pairs = [text.split(".") for text in st.query_params.get(OFF, "").split("-")[:MOST_OFF]]
    return frozenset(
        (int(pair[0]), int(pair[1]))
        for pair in pairs
        if len(pair) == 2 and all(part.isdecimal() and len(part) < 10 for part in pair)
    )


def switch_map(number: int, channel: int) -> None:
    """Switch a map off, or on again; a callback."""
    _keep(switched_off() ^ {(number, channel)})


def show_switched_off(look: Look) -> None:
    """Say which maps are off and what that did to the answer; nothing if all are on."""
    off = [(n, c) for n, stage in enumerate(look.stages) for c in sorted(stage.switched_off)]
    if not off:
        return
    before, after = look.untouched_shares.probabilities, look.shares.probabilities
    was = max(range(len(before)), key=before.__getitem__)
    names = ", ".join(f"{stage_name(look.stages, n)} map {c}" for n, c in off)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            f"Switched off: {names}. The answer was **{was}**, with logit "
            f"{shown(look.untouched[-1].outputs[was], 2)} and a share of {before[was]:.1%}; now it "
            f"is **{look.answer}**, with {shown(look.logits[look.answer], 2)} and "
            f"{after[look.answer]:.1%}.",
            icon=":material/toggle_off:",
        )
        st.button("All on again", on_click=_keep, args=(frozenset(),))


def _keep(off: SwitchedOff) -> None:
    text = "-".join(f"{number}.{channel}" for number, channel in sorted(off))
    if text:
        st.query_params[OFF] = text
    else:
        st.query_params.pop(OFF, None)
