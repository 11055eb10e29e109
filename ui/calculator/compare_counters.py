"""What other counters would report for two networks, and why they differ."""

import streamlit as st

from mnistcore.stacks.other_counters import CounterReport, counter_reports
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkTable
from ui.calculator.torch_work import Subject


def show(subjects: tuple[Subject, Subject], tables: tuple[NetworkTable, NetworkTable]) -> None:
    """Draw what each counter reports of each network, and its rule."""
    st.subheader("What other counters would report")
    stacks = {
        table.name: subject
        for subject, table in zip(subjects, tables, strict=True)
        if isinstance(subject, LayerStack)
    }
    if len(stacks) < len({table.name for table in tables}):
        st.caption(
            "Their rules are known for the kinds of layers in the tab “A network”; torchvision's "
            "models have others too, and are left out."
        )
    if not stacks:
        return
    reports = {name: counter_reports(stack.analyse()) for name, stack in stacks.items()}
    lines = [f"| Counter | calls it | {' | '.join(reports)} |", "|---|---|" + "--:|" * len(reports)]
    for same_counter in zip(*reports.values(), strict=True):
        counter = same_counter[0].counter
        numbers = " | ".join(map(number, same_counter))
        lines.append(f"| {counter.name} | {counter.calls_it} | {numbers} |")
    st.markdown("\n".join(lines))
    st.caption(
        "In brackets: by how much it is off our count of MACs, or of FLOPs if it counts two."
    )
    with st.expander("Why they differ", icon=":material/help:"):
        for report in next(iter(reports.values())):
            st.markdown(f"**{report.counter.name}.** {report.counter.reason}")


def number(report: CounterReport) -> str:
    """Return a report's number and how far it is from ours."""
    if not report.surplus:
        return f"{report.number:,} (=)"
    if not report.expected:
        return f"{report.number:,}"
    return f"{report.number:,} ({report.surplus / report.expected:+.2%})"
