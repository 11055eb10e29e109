"""The time two networks really take on this machine, beside what multiply-adds predict."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.paired_times import PairedTimes, duration, timing_sentence
from mnistcore.stacks.table import NetworkTable
from ui.calculator import torch_work
from ui.calculator.numbers import times
from ui.language import _, n_, said
from ui.parts import kept_answer
from ui.plain_text import sentence

BATCH_SIZES = [1, 4, 16, 64]

Subjects = tuple[torch_work.Subject, torch_work.Subject]
Tables = tuple[NetworkTable, NetworkTable]


def show(subjects: Subjects, tables: Tables) -> None:
    """Draw the measurement: its settings, the button, and what came out last."""
    st.header(_("The time both take, here and now"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        batch_size = st.segmented_control(
            _("Images at once"),
            BATCH_SIZES,
            default=16,
            required=True,
            key="compare_batch",
            bind="query-params",
        )
        all_threads = st.toggle(
            _("All cores"),
            key="compare_cores",
            bind="query-params",
            help=_(
                "Otherwise one thread, least disturbed by what else the machine does. "
                "Several threads wait for each other: on a busy machine that is most of what "
                "is measured."
            ),
        )
        clicked = st.button(_("Measure"), type="primary", icon=":material/timer:", key="compare_go")
    setting = (subjects, batch_size, all_threads)
    outcome = kept_answer(
        clicked,
        setting,
        lambda: measure(subjects, tables, batch_size, None if all_threads else 1),
        key="compare_found",
    )
    if outcome is not None:
        show_outcome(tables, outcome)
    else:
        st.caption(
            _(
                "Both networks are built in PyTorch with random weights and run in turns for "
                "three seconds, the order alternating, after a warm-up."
            )
        )


def measure(
    subjects: Subjects, tables: Tables, batch_size: int, num_threads: int | None
) -> PairedTimes | InvalidInputError:
    """Return what came out: times, or why it was refused."""
    with st.spinner(_("Measuring for three seconds ...")):
        try:
            return torch_work.time_networks(subjects, tables, batch_size, num_threads)
        except InvalidInputError as error:
            return error


def show_outcome(tables: Tables, outcome: PairedTimes | InvalidInputError) -> None:
    """Show what came out, in words and in numbers."""
    if isinstance(outcome, InvalidInputError):
        st.error(sentence(outcome))
        return
    first, second = tables
    ratio = first.num_macs / second.num_macs if first.num_macs and second.num_macs else None
    st.info(said(timing_sentence(first.name, second.name, outcome, ratio)), icon=":material/timer:")
    head = (_("For one image"), _("Median"), _("Half of the rounds"))
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|"]
    for table, spread in ((first, outcome.first), (second, outcome.second)):
        half = _("{low} to {high}", low=duration(spread.low), high=duration(spread.high))
        lines.append(f"| {table.name} | {duration(spread.middle)} | {half} |")
    half = _("{low:.2f} to {high:.2f}", low=outcome.ratio.low, high=outcome.ratio.high)
    by_clock, by_macs = _("A to B, by the clock"), _("A to B, by MACs")
    lines.append(f"| **{by_clock}** | **{outcome.ratio.middle:.2f}** | {half} |")
    if ratio is not None:
        lines.append(f"| **{by_macs}** | **{ratio:.2f}** | |")
    st.markdown("\n".join(lines))
    threads = n_("one thread", "{count} threads", outcome.num_threads)
    st.caption(
        _(
            "{num_rounds:,} rounds, {batch_size} images at once, {threads}, float32, inputs "
            "of {first} and {second}, random weights. Measure again: on a busy machine it "
            "moves.",
            num_rounds=outcome.num_rounds,
            batch_size=outcome.batch_size,
            threads=threads,
            first=times(first.input_shape),
            second=times(second.input_shape),
        )
    )
