"""Stop 6: a real training, here and now; or one batch at a time, or one step by hand."""

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from mnistcore.convolution.sliding_window import slide
from mnistcore.errors import InvalidInputError
from mnistcore.lesson.reading import check_num_read
from mnistcore.runs import all_runs, standby
from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run
from mnistcore.runs.snapshot import Snapshot, load_snapshot
from mnistcore.runs.status import ACTIVE, Status, read_outcome, status
from mnistcore.training.recipes import RECIPES
from ui import networks, operator_settings, shared
from ui.components.learning_wall.component import Moment, show_learning_wall
from ui.language import _, each, said
from ui.lesson import frame
from ui.lesson.by_hand import show_by_hand
from ui.lesson.chain import chain
from ui.lesson.texts import training as texts
from ui.operator_log import log_refusal
from ui.operator_settings import starting
from ui.parts import fragment
from ui.plain_text import sentence
from ui.torch_import import import_torch_meanwhile, redraw_with_torch, torch_is_imported
from ui.training.metrics import follow
from ui.visitor import is_awaited, owner

if TYPE_CHECKING:
    from mnistcore.mnist.splits import Split
    from mnistcore.worker.stepped import SteppedTraining

RUN, STEPPED = "lesson_run", "lesson_stepped"  # in session state
RECIPE = RECIPES["default"]
NUM_TRAIN = 55_000
WANTED = 18
SECONDS_BETWEEN_LOOKS = 0.5


def show() -> None:
    """Draw the stop, again and again while a run goes on."""
    seen = _status()
    awake = torch_is_imported()
    if not awake:
        import_torch_meanwhile()

    @fragment(run_every=SECONDS_BETWEEN_LOOKS if seen in ACTIVE else None)
    def draw() -> None:
        if _status() != seen or torch_is_imported() != awake:
            st.rerun()
        _show(seen)

    draw()
    if not awake:
        redraw_with_torch()
    if operator_settings.settings().training:
        standby.ensure()  # last: the stop stands by now


def _show(seen: Status | None) -> None:
    st.html(chain())
    place, control, task = frame.places()
    if "lesson_start_error" in st.session_state:
        control.error(sentence(st.session_state.pop("lesson_start_error")))
    if not torch_is_imported():
        place.markdown(_(texts.WAKING))
        return
    by_hand = False
    with control:
        st.markdown(_remark(seen))
        with st.container(horizontal=True, vertical_alignment="center", key="lesson_buttons"):
            if seen in ("finished", "stopped") and _run().checkpoint.is_file():
                by_hand = bool(
                    frame.choose(
                        _(texts.VIEW),
                        each(texts.VIEWS),
                        key="lesson_view",
                        label_visibility="collapsed",
                    )
                )
            _show_buttons(seen)
    snapshot, losses = _learned()
    said = snapshot.probabilities.argmax(axis=1).tolist()
    outcome = check_num_read(said, snapshot.labels.tolist(), wanted=WANTED)
    with place:
        if by_hand:
            show_by_hand()
        else:
            _show_wall(snapshot, said, losses, int(outcome.numbers["num_right"]))
    with task:
        frame.ask(_(texts.TASK, wanted=WANTED, num_digits=len(said)))
        frame.solve(outcome if snapshot.step else None, texts.OUTCOMES)
    frame.fold(_more)


def _show_wall(
    snapshot: Snapshot, said: list[int], losses: list[tuple[int, float]], num_right: int
) -> None:
    numbers = {
        "num_right": num_right,
        "num_digits": len(said),
        "step": snapshot.step,
        "num_steps": NUM_TRAIN // RECIPE.batch_size,
        "loss": f"{losses[-1][1]:.3f}" if losses else "–",
    }
    headings = {name: _(texts.WALL[name], **numbers) for name in ("digits", "kernels", "loss")}
    show_learning_wall(
        snapshot.images,
        snapshot.labels.tolist(),
        Moment(snapshot.step, said, snapshot.kernels, _maps(snapshot)),
        losses,
        texts=each(texts.WALL) | headings,
        training=st.session_state.get(RUN, "by batches"),
        key="lesson_wall",
    )


def _maps(snapshot: Snapshot) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return what each kernel makes of the visitor's digit: 0 where there is no ink."""
    given = shared.digit()[None] / 255
    return np.stack(
        [slide(given, kernel[None], stride=2, padding=1) for kernel in snapshot.kernels]
    )


def _show_buttons(seen: Status | None) -> None:
    if seen in ACTIVE:
        st.button(_(texts.STOP), icon=":material/stop:", on_click=_stop)
        return
    st.button(
        _(texts.TRAIN) if seen is None else _(texts.TRAIN_AGAIN),
        icon=":material/play_arrow:",
        type="primary" if seen is None else "secondary",
        on_click=_start,
        disabled=is_awaited(),
    )
    if seen is None:
        st.button(_(texts.ONE_BATCH), icon=":material/skip_next:", on_click=_take_step)


def _remark(seen: Status | None) -> str:
    told = each(texts.CONTROL)
    if seen is None:
        return told["fresh"].format(
            num_steps=NUM_TRAIN // RECIPE.batch_size,
            batch_size=RECIPE.batch_size,
        )
    metrics = follow(_run())
    if seen == "finished" and metrics.epochs:
        accuracy = f"{metrics.epochs[-1].valid_accuracy:.1%}"
        return told["ended"].format(accuracy=accuracy)
    if seen in ("failed", "interrupted"):
        outcome = read_outcome(_run())
        return told["failed"].format(message=sentence(outcome.message) if outcome else "")
    if seen == "running" and metrics.seconds_left is None:
        return told["starting"]
    if seen == "running":
        return told["running"].format(seconds=f"{metrics.seconds_left:.0f}")
    return told[seen if seen in told else "starting"]


def _learned() -> tuple[Snapshot, list[tuple[int, float]]]:
    """Return the network as it stands: the run's, or the one that is taken batch by batch."""
    if RUN in st.session_state:
        snapshot = load_snapshot(_run().snapshot)
        if snapshot is not None and len(snapshot.kernels):
            return snapshot, follow(_run()).loss.points
    stepped = _stepped()
    return stepped.look(), stepped.losses


def _stepped() -> "SteppedTraining":
    from mnistcore.worker.stepped import SteppedTraining

    if STEPPED not in st.session_state:
        st.session_state[STEPPED] = SteppedTraining("mynet", RECIPE, *_splits())
    stepped: SteppedTraining = st.session_state[STEPPED]
    return stepped


@st.cache_resource(show_spinner=False)
def _splits() -> "tuple[Split, Split]":
    from mnistcore.mnist.splits import load_split

    return load_split("train"), load_split("valid")


def _take_step() -> None:
    _stepped().take_step()


def _start() -> None:
    try:
        started_by = owner()
        with starting(RECIPE.epochs, is_new=True):
            name = all_runs.suggest_name("lesson")
            run = all_runs.create_run(name, network="mynet", recipe=RECIPE, owner=started_by)
            all_runs.start(run)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        st.session_state["lesson_start_error"] = said(error)
        return
    st.session_state[RUN] = name
    shared.use_network(networks.run_key(name))


def _stop() -> None:
    try:
        request_stop(_run())
    except InvalidInputError as error:  # it ended, or was deleted, since the page was drawn
        log_refusal(__name__, error)
        st.session_state["lesson_start_error"] = said(error)


def _run() -> Run:
    return all_runs.find_run(st.session_state[RUN])


def _status() -> Status | None:
    """Return how this visitor's run stands; None if there is none, or none any more."""
    try:
        if RUN not in st.session_state and not _take_up_again():
            return None
        return status(_run())
    except InvalidInputError:
        st.session_state.pop(RUN, None)
        return None


def _take_up_again() -> bool:
    """Take the run that reads for this stop's, if it was one: the page was loaded again."""
    network = shared.network()
    if network.kind != "run":
        return False
    config = all_runs.find_run(network.name).config
    is_own = config.network == "mynet" and config.recipe == RECIPE
    if is_own:
        st.session_state[RUN] = network.name
    return is_own


def _more() -> None:
    st.markdown(_(texts.LAYERS))
    st.markdown(_(texts.RECIPE, learning_rate=RECIPE.learning_rate, batch_size=RECIPE.batch_size))
    if RUN in st.session_state:
        st.markdown(_(texts.KEPT, name=st.session_state[RUN]))
    st.code(texts.CODE)
