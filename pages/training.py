"""Train a network and watch it learn; every run goes on when this page is left."""

from dataclasses import replace

import streamlit as st

from mnistcore import runs
from mnistcore.errors import InvalidInputError
from mnistcore.recipes import RECIPES
from mnistcore.run_metrics import RunMetrics
from ui import session
from ui.charts import training_curve
from ui.menu import open_page

STATUS_ICONS = {
    "starting": ":material/hourglass_top:",
    "waiting": ":material/hourglass_empty:",
    "running": ":material/play_arrow:",
    "finished": ":material/check:",
    "stopped": ":material/stop:",
    "failed": ":material/error:",
    "interrupted": ":material/power_off:",
}


def main() -> None:
    open_page("pages/training.py")
    st.title("Train a network")
    st.markdown(
        "MyNet learns from 55,000 handwritten digits, here and now, on this machine. A run is a "
        "process of its own: it goes on when you leave this page, and you find it again here."
    )
    settings, progress = st.columns([1, 2], gap="large")
    with settings:
        show_settings()
    with progress:
        show_runs()


def show_settings() -> None:
    st.subheader("A new run")
    recipe = st.segmented_control(
        "Recipe",
        list(RECIPES),
        default="default",
        required=True,
        key="recipe",
        on_change=take_over_recipe,
        help="`article` is the lesson's own: Adam with its defaults, every epoch alike. `default` "
        "varies the learning rate and the images, and ends up better.",
    )
    defaults = RECIPES[recipe]
    st.number_input(
        "Epochs",
        1,
        1000,
        defaults.epochs,
        key="epochs",
        help="How often every training image is seen.",
    )
    st.number_input(
        "Batch size",
        2,
        10_000,
        defaults.batch_size,
        key="batch_size",
        help="Images to a step. More make a step surer and slower.",
    )
    st.number_input(
        "Learning rate",
        1e-6,
        1.0,
        defaults.learning_rate,
        step=0.001,
        format="%.4f",
        key="learning_rate",
        help="How far a step goes. Too small learns slowly, too large not at all.",
    )
    st.button(
        "Start",
        type="primary",
        icon=":material/play_arrow:",
        on_click=start_run,
        args=(runs.suggest_name(f"mynet-{recipe}"),),
        width="stretch",
    )
    if "start_error" in st.session_state:
        st.error(st.session_state.pop("start_error"))


def take_over_recipe() -> None:
    recipe = RECIPES[st.session_state["recipe"]]
    for name in ("epochs", "batch_size", "learning_rate"):
        st.session_state[name] = getattr(recipe, name)


def start_run(name: str) -> None:
    """Start one run: of two tabs that were offered the same name, one gets it."""
    state = st.session_state
    try:
        recipe = replace(
            RECIPES[state["recipe"]],
            epochs=state["epochs"],
            batch_size=state["batch_size"],
            learning_rate=state["learning_rate"],
        )
        runs.start(runs.create_run(name, network="mynet", recipe=recipe))
        state["run"] = name
    except InvalidInputError as error:
        state["start_error"] = str(error)


def show_runs() -> None:
    all_runs = runs.list_runs()
    st.subheader("Runs")
    if not all_runs:
        st.info("No runs yet. Press Start: the settings are good as they are.")
        return
    name = st.selectbox(
        "Run",
        [run.name for run in all_runs],
        key="run",
        bind="query-params",
        help="The newest first. Each is a folder that keeps its metrics and its weights.",
    )
    run = runs.find_run(name)
    active = runs.status(run) in runs.ACTIVE

    # Idle pages look up too, more slowly, so that other tabs notice a run that has begun.
    @st.fragment(run_every=0.4 if active else 2.0)
    def follow() -> None:
        if (runs.status(run) in runs.ACTIVE) != active:
            st.rerun()
        show_run(run)

    follow()


def show_run(run: runs.Run) -> None:
    metrics = session.metrics(run)
    metrics.poll()
    status = runs.status(run)
    with st.container(horizontal=True, vertical_alignment="center", key="run_status"):
        st.markdown(f"{STATUS_ICONS[status]} **{run.name}** is {status}", width="content")
        if status in runs.ACTIVE:
            st.button("Stop", icon=":material/stop:", on_click=runs.request_stop, args=(run,))
        elif status != "finished":
            st.button("Go on", icon=":material/resume:", on_click=runs.start, args=(run,))
    if message := runs.outcome_message(run):
        st.error(message)
    st.progress(metrics.progress, text=metrics.progress_text)
    show_figures(metrics, status)
    for quantity, curve in (("loss", metrics.loss), ("accuracy", metrics.accuracy)):
        st.echarts_chart(
            training_curve(curve, metrics.epochs, quantity, metrics.num_steps),
            height=260,
            key=f"{quantity}-{run.name}",
        )


def show_figures(metrics: RunMetrics, status: runs.Status) -> None:
    valid_accuracy = metrics.epochs[-1]["valid_accuracy"] if metrics.epochs else None
    figures = {
        "Validation accuracy": (valid_accuracy, "{:.2%}"),
        "Training loss": (metrics.step["loss"] if metrics.step else None, "{:.4f}"),
        "Images per second": (metrics.images_per_second, "{:,.0f}"),
        "Seconds left": (metrics.seconds_left if status == "running" else None, "{:,.0f}"),
    }
    with st.container(horizontal=True):
        for label, (value, form) in figures.items():
            st.metric(label, "–" if value is None else form.format(value), width="content")


main()
