"""The tab "Live": a run as it learns, in figures, curves, kernels and digits."""

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.snapshot import Snapshot, load_snapshot
from mnistcore.runs.status import ACTIVE, Status
from ui.components.digit_tiles.component import Tile, describe, show_tiles
from ui.components.kernel_gallery.component import Exhibit, show_gallery
from ui.language import N_, _, n_
from ui.parts import fragment
from ui.plain_text import sentence
from ui.training.charts import layer_sizes, learning_rate_curve, training_curve
from ui.training.controls import show_line
from ui.training.metrics import await_first_step, follow

SECONDS_BETWEEN_UPDATES = 0.4
STARTING = N_("The first step comes as soon as PyTorch and the 55,000 digits are loaded.")
VALIDATION_FOLLOWS = N_(
    "Of the batches learned from; that of the validation split follows epoch 1."
)
TILE_SIDE, KERNEL_SIDE_PX = "3.2rem", 27


def show(run: Run, status: Status) -> None:
    """Draw the run, again and again while it goes on."""

    @fragment(run_every=SECONDS_BETWEEN_UPDATES if status in ACTIVE else None)
    def draw() -> None:
        if run.folder.exists():
            show_line(run)
            show_moving(run, follow(run), status)

    draw()


def show_moving(run: Run, metrics: RunMetrics, status: Status) -> None:
    """Draw everything that moves while the run goes on."""
    st.progress(metrics.progress, text=sentence(_progress(metrics)))
    for notice in metrics.notices:
        st.warning(sentence(notice))
    if metrics.num_damaged:
        st.warning(
            _(
                "{num_damaged} damaged lines of the metrics are left out.",
                num_damaged=metrics.num_damaged,
            )
        )
    if metrics.step is None and status in ACTIVE:
        place = st.empty()
        place.info(_(STARTING))
        if status == "waiting" or not await_first_step(run, metrics):
            return
        place.empty()
    show_figures(metrics, status)
    _show_charts(run, metrics)


def _show_charts(run: Run, metrics: RunMetrics) -> None:
    columns = st.columns(2)
    for column, quantity in zip(columns, ("loss", "accuracy"), strict=True):
        with column:
            st.echarts_chart(
                training_curve(metrics, quantity), height=260, key=f"{quantity}-{run.name}"
            )
    snapshot = load_snapshot(run.snapshot)
    if snapshot is not None:
        show_digits(snapshot)
    left, right = st.columns(2)
    with left:
        if snapshot is not None and len(snapshot.kernels):
            show_kernels(snapshot)
    with right:
        st.echarts_chart(learning_rate_curve(metrics), height=240, key=f"rate-{run.name}")
        for change in metrics.changes[-3:]:
            st.caption(
                _(
                    "Changed to {learning_rate:g} at step {step:,}.",
                    learning_rate=change.learning_rate,
                    step=change.step,
                )
            )
    st.echarts_chart(layer_sizes(metrics), height=260, key=f"sizes-{run.name}")
    st.caption(
        _(
            "The size of each layer's weights (lines) and of their gradient (dashes): the "
            "root mean square. A gradient that vanishes teaches its layer nothing."
        )
    )


def _progress(metrics: RunMetrics) -> str:
    """Return how far the run has come, and on what, in words."""
    begin = metrics.begin
    if begin is None:
        return _("Loading PyTorch and the data ...")
    far = {
        "step": 0 if metrics.step is None else metrics.step.step,
        "num_steps": begin.num_steps,
    }
    if begin.device != "cpu":
        return _("Step {step:,} of {num_steps:,}, on {device}", device=begin.device, **far)
    return n_(
        "Step {step:,} of {num_steps:,}, on the CPU with {count} thread",
        "Step {step:,} of {num_steps:,}, on the CPU with {count} threads",
        begin.num_threads,
        **far,
    )


def show_figures(metrics: RunMetrics, status: Status) -> None:
    """Draw the run's numbers of now."""
    last = metrics.step
    seconds_left = metrics.seconds_left if status == "running" else None
    label, accuracy, text = _accuracy(metrics)
    figures = {
        label: accuracy,
        _("Training loss"): None if last is None else f"{last.loss:.4f}",
        _("Learning rate"): None if last is None else f"{last.learning_rate:.2g}",
        _("Images per second"): None
        if metrics.images_per_second is None
        else f"{metrics.images_per_second:,.0f}",
        _("Time left"): None if seconds_left is None else duration(seconds_left),
    }
    with st.container(horizontal=True):
        for name, figure in figures.items():
            help_text = text if name == label else None
            st.metric(name, "–" if figure is None else figure, help=help_text, width="content")


def _accuracy(metrics: RunMetrics) -> tuple[str, str | None, str | None]:
    """Return an accuracy with its name and what is to be said of it: the best known one."""
    if metrics.epochs:
        return _("Validation accuracy"), f"{metrics.epochs[-1].valid_accuracy:.2%}", None
    smoothed = metrics.accuracy.smooth.points
    accuracy = f"{smoothed[-1][1]:.1%}" if smoothed else None
    return _("Training accuracy"), accuracy, _(VALIDATION_FOLLOWS)


def show_digits(snapshot: Snapshot) -> None:
    """Draw the watched digits with what the network reads now."""
    said = snapshot.probabilities.argmax(axis=1).tolist()
    truths = snapshot.labels.tolist()
    num_right = sum(a == b for a, b in zip(said, truths, strict=True))
    st.markdown(
        _(
            "**Twenty validation digits**: {num_right} of {num_digits} read right",
            num_right=num_right,
            num_digits=len(truths),
        )
    )
    tiles = [
        Tile(place, image, describe(answer, truth), answer, truth)
        for place, (image, answer, truth) in enumerate(
            zip(snapshot.images, said, truths, strict=True)
        )
    ]
    show_tiles(_("The watched digits"), tiles, key="watched_digits", side=TILE_SIDE)


def show_kernels(snapshot: Snapshot) -> None:
    """Draw the first layer's kernels."""
    number, height, width = snapshot.kernels.shape
    st.markdown(
        _(
            "**The first layer's {number} kernels**, {height}×{width}, at step {step:,}",
            number=number,
            height=height,
            width=width,
            step=snapshot.step,
        )
    )
    exhibits = [
        Exhibit(_("Kernel {number}", number=place), kernel=kernel)
        for place, kernel in enumerate(snapshot.kernels, start=1)
    ]
    show_gallery(_("The kernels"), exhibits, key="first_kernels", side_px=KERNEL_SIDE_PX)
    st.caption(_("Blue adds where there is ink, orange takes away, pale does next to nothing."))


def duration(seconds: float) -> str:
    """Return a time span in minutes and seconds, or in hours and minutes.

    >>> duration(75.2), duration(7300)
    ('1:15', '2 h 01 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return _("{hours} h {minutes:02} min", hours=hours, minutes=minutes_left)
    return f"{minutes}:{rest:02}"
