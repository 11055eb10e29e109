"""What can be done with a whole network: check it in PyTorch, train it, take it along."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.errors import InvalidInputError, shortened
from mnistcore.stacks.code_export import pytorch_program
from mnistcore.stacks.draft import DraftAnalysis
from mnistcore.stacks.json_format import stack_to_dict, stack_to_json
from mnistcore.stacks.stack import LayerStack
from mnistcore.stacks.table import NetworkTable, table_csv
from ui import brought_network
from ui.calculator import network_state, torch_work
from ui.language import _, said
from ui.operator_log import log_refusal
from ui.parts import fragment, kept_answer
from ui.plain_text import sentence
from ui.uploads import content_of, take_file

if TYPE_CHECKING:
    from mnistcore.in_torch.verification import Comparison

FILE, FILE_ERROR = "network_file", "network_file_error"
LARGEST_FILE = 1_000_000
LINK_STYLE = """<style>
.st-key-network_train a {border: 1px solid var(--bar); border-radius: .6rem;
                         padding: .45rem .9rem;}
.st-key-network_train a:hover {border-color: currentColor;}
.st-key-network_train > :has(style) {display: none;}
</style>"""


def show_training(result: DraftAnalysis) -> None:
    """Draw the link that takes the network to the training page, or say why it cannot go.

    A link, since `st.switch_page` refuses to leave a page whose controls are in its address.
    """
    obstacle = result.training_obstacle
    if not obstacle:
        brought_network.bring(stack_to_dict(result.stack))
    with st.container(key="network_train", width="content"):
        if not obstacle:
            st.html(LINK_STYLE)
        st.page_link(
            "pages/training.py",
            label=_("Train this network"),
            icon=":material/model_training:",
            disabled=bool(obstacle),
            query_params=brought_network.ADDRESS,
        )
    if obstacle:
        st.caption(
            _("It cannot be trained on the digits yet. {obstacle}", obstacle=sentence(obstacle))
        )


@fragment()
def show_check(stack: LayerStack) -> None:
    """On a click, build the layers in torch, run them, and show both answers."""
    clicked = st.button(
        _("Check in PyTorch"),
        key="network_check",
        icon=":material/verified:",
        help=_(
            "Builds these very layers in PyTorch, runs them, and compares shape, parameters "
            "and MACs of each and of all together."
        ),
    )
    told = kept_answer(
        clicked, stack, lambda: torch_work.check_network(stack), key="network_checked"
    )
    if told is None:
        return
    comparisons, device = told
    _show_verdict(comparisons, device)
    whole, *layers = comparisons[-1], *comparisons[:-1]
    lines = []
    for number, comparison in enumerate([whole, *layers]):
        figures = {name: _both(*pair) for name, pair in comparison.figures().items()}
        name = f"{number} {comparison.kind}" if number else _("**Whole network**")
        lines.append(f"| {name} | {' | '.join(figures.values())} |")
    head = ("", _("Output shape"), _("Parameters"), "MACs")
    lines[:0] = [f"| {' | '.join(head)} |", "|---|--:|--:|--:|"]
    with st.container(height=min(420, 60 + 42 * len(comparisons)), border=False):
        st.markdown("\n".join(lines))
    st.caption(_("Each cell: our number = PyTorch's."))


def _show_verdict(comparisons: "list[Comparison]", device: str) -> None:
    wrong = sum(not comparison.agrees for comparison in comparisons)
    if wrong:
        st.error(
            _(
                "{wrong} of them differ: a mistake of this calculator. Please report it.",
                wrong=wrong,
            )
        )
    elif device == "meta":
        st.success(
            _(
                "The same to the last digit, in every layer. Too large to run here: PyTorch "
                "went through it unfilled."
            )
        )
    else:
        st.success(_("The same to the last digit: PyTorch has built every layer and run it."))


def show_files(stack: LayerStack, table: NetworkTable, *, is_whole: bool) -> None:
    """Draw the downloads, the program, and the way back in from a file."""
    with st.expander(_("Take it along: PyTorch, CSV, JSON"), icon=":material/download:"):
        if is_whole:
            program = pytorch_program(stack)
            with st.container(horizontal=True):
                _download("PyTorch", program, "network.py", "text/x-python")
                _download("CSV", table_csv(table), "network.csv", "text/csv")
                _download("JSON", stack_to_json(stack), "network.json", "application/json")
            st.code(program, language="python", height=320)
        else:
            st.info(_("Mend the layer that cannot work, and the network can be taken along."))
        take_file(
            _("Open a network's JSON"),
            type="json",
            key=FILE,
            on_change=_open_file,
            help=_("A file that this page wrote."),
        )
        if error := st.session_state.pop(FILE_ERROR, None):
            st.error(sentence(error))


def _both(ours: str, torchs: str) -> str:
    return f"{ours} {'=' if ours == torchs else '≠'} {torchs}"


def _download(label: str, text: str, file_name: str, mime: str) -> None:
    st.download_button(
        label,
        text,
        file_name,
        mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"network_{label.lower()}",
    )


def _open_file() -> None:
    file = st.session_state[FILE]
    if file is None:
        return
    try:
        if file.size > LARGEST_FILE:
            raise InvalidInputError(
                "It has {num_bytes:,} bytes, too many for a network.", num_bytes=file.size
            )
        network_state.load_file(content_of(file))
    except InvalidInputError as error:
        log_refusal(__name__, error)
        name = shortened(file.name)
        st.session_state[FILE_ERROR] = _("{name}: {text}", name=name, text=said(error))
