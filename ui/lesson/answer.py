"""Stop 7: the visitor's digit through the network that was trained just now."""

import streamlit as st

from mnistcore.inside.softmax import softmax_numbers
from mnistcore.lesson.reading import check_second
from ui import mnist, networks, shared
from ui.components.digit_tiles.component import Tile, describe, show_tiles
from ui.components.live_network.component import NUM_DIGITS
from ui.components.reports import reported
from ui.inside.at_work import find_stages
from ui.language import _, one_after_another
from ui.lesson import frame
from ui.lesson.live import is_blank, show_live
from ui.lesson.texts import answer as texts
from ui.next_steps import show_next_steps
from ui.parts import fragment
from ui.torch_import import import_torch_meanwhile, redraw_with_torch, torch_is_imported

ASKED, PICTURE = "lesson_asked", "lesson_network"
NUM_TILES = 20
NO_OUTPUT = -1  # before there is a drawing, or a network awake


def show() -> None:
    """Draw the stop."""
    awake = torch_is_imported()
    if not awake:
        import_torch_meanwhile()

    @fragment()
    def draw() -> None:
        if torch_is_imported() != awake:
            st.rerun()
        _show(awake)

    draw()
    if not awake:
        redraw_with_torch()


def _show(awake: bool) -> None:
    network = shared.network()
    place, control, task = frame.places()
    if is_blank():
        st.session_state.pop(ASKED, None)  # what was asked about the digit that is gone
    logits = _logits() if awake and not is_blank() else []
    asked = st.session_state.get(ASKED)
    chosen = asked if asked is not None else logits.index(max(logits)) if logits else NO_OUTPUT
    with place:
        show_live(network, key=PICTURE, chosen=chosen, on_chosen=_keep_asked, reasons=True)
    with control:
        own = network.kind == "run"
        who = _(texts.OWN, network=networks.short_label(network)) if own else _(texts.SHIPPED)
        st.markdown(one_after_another([who, _(texts.CONTROL)]))
        show_next_steps(network, without="lesson")
    with task:
        frame.ask(_(texts.TASK))
        outcome = None if asked is None or not logits else check_second(asked, logits)
        frame.solve(outcome, texts.OUTCOMES)
    frame.fold(_more)


def _logits() -> list[float]:
    stages = find_stages(networks.load(shared.network()), shared.digit())
    logits: list[float] = stages[-1].outputs[:10].tolist()
    return logits


def _keep_asked() -> None:
    digit = reported(PICTURE, "chosen", int)
    st.session_state[ASKED] = digit if digit in range(NUM_DIGITS) else None


def _more() -> None:
    st.markdown(_(texts.MORE))
    if not is_blank():
        _show_softmax()
    images, labels = mnist.images_and_labels()
    said = networks.load(shared.network()).predict(images[:NUM_TILES]).argmax(axis=1)
    tiles = [
        Tile(n, images[n], describe(int(said[n]), int(labels[n])), int(said[n]), int(labels[n]))
        for n in range(NUM_TILES)
    ]
    show_tiles(_(texts.TILES), tiles, key="lesson_tiles")


def _show_softmax() -> None:
    numbers = softmax_numbers(_logits())
    st.dataframe(
        {
            _("digit"): range(10),
            _("sum"): [f"{logit:.3f}" for logit in numbers.logits],
            _("e^(sum − largest)"): [f"{power:.3g}" for power in numbers.powers],
            _("share"): [f"{share:.2%}" for share in numbers.probabilities],
        },
        hide_index=True,
    )
