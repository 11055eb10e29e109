"""The reasons behind one layer's numbers: picture, formulas, "same", torch's word, the source."""

import inspect
import re
from collections.abc import Callable

import streamlit as st

from mnistcore.explained.axis_layout import alike_joined, axis_layouts, same_comparison
from mnistcore.explained.formula_tex import macs_formula, params_formula, size_formulas
from mnistcore.layers import conv_arithmetic
from mnistcore.layers.convolution import TransposedConvolution
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.window import WindowLayer
from mnistcore.stacks.code_export import layer_call
from mnistcore.stacks.stack import LayerStack
from ui.calculator import torch_work
from ui.calculator.layer_picture import layer_picture
from ui.calculator.layer_state import EXAMPLES, load
from ui.language import _, one_after_another, said
from ui.parts import fragment, kept_answer, show_folded_code


def show(layer: Layer, input_shape: Shape) -> None:
    """Draw everything below the controls."""
    left, right = st.columns(2, gap="large")
    with left:
        if isinstance(layer, WindowLayer):
            show_windows(layer, input_shape)
        else:
            st.info(_("Every output is a sum over all inputs: there is no window to draw."))
    with right:
        show_formulas(layer, input_shape)
    show_torch(layer, input_shape)
    if isinstance(layer, WindowLayer) and not isinstance(layer, TransposedConvolution):
        show_same(layer, input_shape)
    show_source(layer)
    show_article()


def show_windows(layer: WindowLayer, input_shape: Shape) -> None:
    """Draw the windows on the input, and say what the floor drops."""
    layouts = axis_layouts(layer, input_shape)
    is_transposed = isinstance(layer, TransposedConvolution)
    st.html(layer_picture(layouts, is_transposed=is_transposed))
    if is_transposed:
        st.caption(
            _("Every input pixel stamps the kernel on the output; where stamps overlap, add.")
        )
    else:
        for layout in alike_joined(layouts):
            sentences = (layout.floor_sentence, layout.gap_sentence)
            st.caption(one_after_another(map(said, sentences)))


def show_formulas(layer: Layer, input_shape: Shape) -> None:
    """Show the formulas with the numbers in them."""
    for formula in size_formulas(layer, input_shape):
        st.latex(in_language(formula))
    if layer.has_weights:
        st.caption(_("Parameters"))
        st.latex(in_language(params_formula(layer)))
        st.caption(_("Multiply-adds"))
        st.latex(in_language(macs_formula(layer, input_shape)))
    # Not `st.code`: the browser would load a highlighter before it shows anything of the page.
    st.markdown(f"`{layer_call(layer)}`")


def in_language(tex: str) -> str:
    r"""Return a formula with its words in the visitor's language.

    >>> in_language(r"16_{\text{bias}}")
    '16_{\\text{bias}}'
    """
    return re.sub(r"\\text\{(\w+)\}", lambda word: rf"\text{{{_(word[1])}}}", tex)


@fragment()
def show_torch(layer: Layer, input_shape: Shape) -> None:
    """On a click, build the layer in torch and show both answers."""
    clicked = st.button(
        _("Check in PyTorch"),
        key="layer_check",
        icon=":material/verified:",
        help=_(
            "Builds this very layer in PyTorch, runs it, and compares shape, parameters and MACs."
        ),
    )
    stack = LayerStack(input_shape, (layer,))
    told = kept_answer(clicked, stack, lambda: torch_work.check_network(stack), key="layer_checked")
    if told is None:
        return
    (comparison, *_whole), device = told
    lines = [
        f"| {_(name)} | {ours} | {torchs} | {'✓' if ours == torchs else '✗'} |"
        for name, (ours, torchs) in comparison.figures().items()
    ]
    here = _("here")
    st.markdown(f"| | {here} | PyTorch | |\n|---|--:|--:|---|\n" + "\n".join(lines))
    if not comparison.agrees:
        st.error(_("They differ: a mistake of this calculator. Please report it."))
    elif device == "meta":
        st.success(
            _("The same to the last digit. Too large to run: PyTorch went through it unfilled.")
        )
    else:
        st.success(_("The same to the last digit: PyTorch has built this layer and run it."))


def show_same(layer: WindowLayer, input_shape: Shape) -> None:
    """Show what TensorFlow's "same" would do, beside what this layer does."""
    with st.expander(_("What would TensorFlow's “same” do?"), icon=":material/compare_arrows:"):
        for layout in alike_joined(axis_layouts(layer, input_shape)):
            name, compared = _(layout.name.capitalize()), said(same_comparison(layout))
            st.markdown(_("**{name}**: {text}", name=name, text=compared))


def show_source(layer: Layer) -> None:
    """Show the layer in torch's words, and the function that worked its size out."""
    function: Callable[..., object] = (
        layer.size_function if isinstance(layer, WindowLayer) else type(layer).num_macs
    )
    show_folded_code(
        _("The very function behind this number, and the layer to copy"),
        lambda: layer_call(layer),
        lambda: inspect.getsource(function),
        key="layer_source",
    )


def show_article() -> None:
    """Put the article's own example right, and let it be loaded."""
    article = {"kernel_size": 3, "padding": 0}
    size = conv_arithmetic.output_size(6, stride=1, **article)
    half = conv_arithmetic.output_size(6, stride=2, **article)
    with st.expander(_("The article's example: 6x6 becomes “2x2”?"), icon=":material/menu_book:"):
        st.markdown(
            _(
                "The article slides a 3x3 kernel over a 6x6 input with stride 1 and no "
                "padding, and says that 2x2 comes out. What really comes out is "
                "**{size}x{size}**. It takes stride 2 to get {half}x{half}. And MNIST's "
                "input is 28x28x1, not 28x28x3.",
                size=size,
                half=half,
            )
        )
        st.button(_("Load stride 1"), on_click=load, args=(EXAMPLES["The article's 6x6"],))
        stride_2 = EXAMPLES["The article's 6x6"] | {"stride": 2}
        st.button(_("Load stride 2"), on_click=load, args=(stride_2,))
