"""The tab "One layer": what size comes out, what it costs, what it sees, and why."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.explained.repair import nearest_working
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.kinds import make_layer
from mnistcore.layers.layer import Shape
from mnistcore.layers.window import WindowLayer
from mnistcore.stacks.stack import StackRow, analyse_layer
from ui.calculator import layer_details, nearest_layer
from ui.calculator.layer_form import Question, layer_form
from ui.calculator.layer_state import load_layer
from ui.calculator.numbers import memory, times
from ui.language import N_, _
from ui.plain_text import sentence

OTHER_OPS_HELP = N_(
    "Counted apart from MACs, bias included: one for each pixel in each window of a pooling."
)
COMPACT = """<style>
.st-key-layer_answer {row-gap: .4rem;}
.st-key-layer_answer [data-testid=stMetric] {min-width: 5.2rem;}
.st-key-layer_answer [data-testid=stMetricValue] {font-size: 1.5rem;}
.st-key-layer_answer > :has(style) {display: none;}
/* On a phone the controls are far below: the numbers stay in sight while one is changed. */
@media (max-width: 640px) and (min-height: 600px) {
  [data-testid=stLayoutWrapper]:has(> .st-key-layer_top) {
    position: sticky; top: 3.75rem; z-index: 5;
  }
  .st-key-layer_answer {gap: .1rem .5rem; padding: .4rem .6rem; background: var(--raised);}
  .st-key-layer_answer [data-testid=stMetric] {min-width: 4.4rem;}
  .st-key-layer_answer [data-testid=stMetricValue] {font-size: 1.05rem;}
  .st-key-layer_answer [data-testid=stMetricLabel] {font-size: .75rem; min-height: 0;}
}
</style>"""


def show() -> None:
    """Draw the tab: the answer on top, the controls below it, then the reasons."""
    with st.container():  # along which the answer stays in sight on a phone
        answer = st.container(key="layer_top")
        question = layer_form()
    try:
        layer = make_layer(question.kind, **question.arguments)
        row = analyse_layer(layer, question.input_shape)
    except InvalidInputError as error:
        with answer:
            show_impossible(question, error)
        return
    with answer:
        show_answer(row)
    layer_details.show(layer, question.input_shape)


def show_impossible(question: Question, error: InvalidInputError) -> None:
    """Say why the layer is impossible, and offer the nearest one that works."""
    st.error(sentence(error), icon=":material/block:")
    repair = nearest_working(question.kind, question.arguments, question.input_shape)
    if not repair or not repair.changes:
        return
    size = times(repair.layer.output_shape(question.input_shape))
    nearest_layer.show(repair, size)
    st.button(
        _("Take that layer"), on_click=load_layer, args=(repair.layer,), icon=":material/healing:"
    )


def show_answer(row: StackRow) -> None:
    """Show the layer's numbers as metrics."""
    with st.container(horizontal=True, gap="medium", border=True, key="layer_answer"):
        st.html(COMPACT)
        metric(
            _("Size"),
            size_change(row.input_shape, row.output_shape),
            _("Along each axis: in → out."),
        )
        metric(_("Output shape"), times(row.output_shape), _("Channels first, as in PyTorch."))
        metric(_("Parameters"), f"{row.num_params:,}", _("Trained numbers: weights and biases."))
        metric("MACs", f"{row.num_macs:,}", _("Multiply-adds for one image; the bias not counted."))
        metric("FLOPs", f"{2 * row.num_macs:,}", _("Two for each multiply-add."))
        if isinstance(row.layer, Convolution):
            show_real_macs(row.layer, row.input_shape)
        else:
            other_ops = row.num_other_ops + row.num_bias_adds
            metric(_("Other operations"), f"{other_ops:,}", _(OTHER_OPS_HELP))
        metric(
            _("Weight memory"), memory(row.weight_bytes), _("Memory of the parameters, in float32.")
        )
        metric(
            _("Output memory"), memory(row.activation_bytes), _("Memory of one output, in float32.")
        )
        if isinstance(row.layer, WindowLayer):
            seen = times(tuple(field.size for field in row.receptive_fields if field))
            metric(
                _("Sees"), seen, _("Receptive field: the input pixels that one output depends on.")
            )
        else:
            metric(_("Sees"), _("all"), _("Every output depends on every input."))


def size_change(input_shape: Shape, output_shape: Shape) -> str:
    """Return what goes in and what comes out along the axes: one number if they are alike."""
    sizes = [shape[1:] or shape for shape in (input_shape, output_shape)]
    alike = all(len(set(size)) == 1 for size in sizes)
    return " → ".join(f"{size[0]:,}" if alike else times(size) for size in sizes)


def show_real_macs(layer: Convolution, input_shape: Shape) -> None:
    """Show how many of the multiply-adds are not wasted on padding."""
    fraction = f"{layer.real_mac_fraction(input_shape):.1%}"
    if isinstance(layer, TransposedConvolution):
        metric(
            _("MACs kept"), fraction, _("The others fall on what the padding cuts off the output.")
        )
    else:
        metric(_("MACs on pixels"), fraction, _("The others multiply padding, which is 0."))


def metric(label: str, value: str, help_text: str) -> None:
    """Show one number, as wide as it needs to be."""
    st.metric(label, value, help=help_text, width="content")
