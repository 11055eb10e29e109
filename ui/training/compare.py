"""The tab "Compare": the curves of several runs, and the settings in which they differ."""

import streamlit as st

from mnistcore.runs import all_runs
from mnistcore.runs.comparison import differences
from mnistcore.runs.folder import Run
from mnistcore.runs.status import Status
from ui.language import _
from ui.training.charts import compared_curves
from ui.training.metrics import follow


def show(run: Run, status: Status) -> None:
    """Draw the run beside those that the visitor picks."""
    others = [other for other in all_runs.list_runs() if not other.fault]
    names = [other.name for other in others if other.name != run.name]
    picked = st.multiselect(
        _("Compare with"),
        names,
        names[:1],
        key=f"compared_{run.name}",
        max_selections=7,
        placeholder=_("none chosen"),
        help=_("Their curves are laid over this run's, and the settings that differ are listed."),
    )
    compared = [run, *(all_runs.find_run(name) for name in picked)]
    followed = {one.name: follow(one) for one in compared}
    for column, quantity in zip(st.columns(2), ("loss", "accuracy"), strict=True):
        with column:
            st.echarts_chart(
                compared_curves(followed, quantity), height=300, key=f"compared-{quantity}"
            )
    st.caption(
        _("Lines: training batches, smoothed. Points: the validation split, epoch by epoch.")
    )
    differing = differences(compared)
    if len(compared) < 2:
        st.info(_("Pick another run to compare with."))
    elif not differing:
        st.info(_("These runs have the same settings."))
    else:
        st.dataframe(
            [
                {
                    _("setting"): _(setting.replace("_", " ")),
                    **{one.name: str(v) for one, v in zip(compared, values, strict=True)},
                }
                for setting, values in differing.items()
            ],
            hide_index=True,
            height="content",
        )
