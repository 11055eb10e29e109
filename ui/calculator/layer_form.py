"""The controls of one layer; every one of them is in the page's address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults
from mnistcore.layers.layer import Shape
from mnistcore.layers.window import WindowLayer
from ui import address
from ui.calculator.layer_state import DEFAULTS, EXAMPLES, key, load
from ui.language import N_, _, each

# Together with the axes these are names in torch.nn: Conv2d.
FAMILIES = {
    "Conv": N_("Convolution"),
    "MaxPool": N_("Max pooling"),
    "AvgPool": N_("Average pooling"),
    "ConvTranspose": N_("Transposed convolution"),
    "Linear": N_("Linear"),
}
AXES = {"2d": N_("2-D (images)"), "1d": N_("1-D (signals)")}
MODES = {"number": N_("a number"), "same": "same", "valid": "valid"}
LARGEST_NUMBER = 1_000_000
CONTROL_WIDTH_PX = 150
EXAMPLE_KEY = "layer_example"


@dataclass(frozen=True)
class Question:
    """What a visitor asks: a kind of layer, arguments that may be impossible, and an input."""

    kind: str
    arguments: dict[str, object]
    input_shape: Shape


def layer_form() -> Question:
    """Draw the controls and return what they say."""
    with _row():
        st.selectbox(
            _("Start from"),
            list(EXAMPLES),
            index=None,
            format_func=_,
            placeholder=_("an example"),
            key=EXAMPLE_KEY,
            on_change=_load_example,
            help=_("Sets all controls below to a layer worth looking at."),
            width=CONTROL_WIDTH_PX + 40,
        )
        family = _choice(_("Layer"), "family", FAMILIES, _("The kind of layer, as in torch.nn."))
        if family == "Linear":
            return _linear()
        axes = _choice(_("Axes"), "axes", AXES, _("An image has two axes, a signal one."))
        apart = axes == "2d" and _switch(
            _("Height and width apart"),
            "apart",
            _("Give the two axes numbers of their own."),
            on_change=_copy_height_to_width,
        )
    kind = LAYER_KINDS[f"{family}{axes}"]
    assert issubclass(kind, WindowLayer)
    draw = _Controls(apart)
    with _row():
        channels = _number(
            _("Input channels"), "channels", 1, _("1 for grey pictures, 3 for colours.")
        )
        size = draw.per_axis(_("Input size"), "size", 1, _("Pixels of the input along an axis."))
        arguments = _channel_arguments(channels) if issubclass(kind, Convolution) else {}
    with _row():
        arguments |= _window_arguments(kind, draw)
    sides = size if isinstance(size, tuple) else (size,) * kind.num_axes
    return Question(kind.__name__, arguments, (channels, *sides))


def _linear() -> Question:
    in_features = _number(_("Input features"), "in_features", 1, _("Numbers that come in."))
    out_features = _number(_("Output features"), "out_features", 1, _("Numbers that go out."))
    bias = _switch(_("Bias"), "bias", _("One more number for each output, added at the end."))
    arguments: dict[str, object] = {
        "in_features": in_features,
        "out_features": out_features,
        "bias": bias,
    }
    return Question("Linear", arguments, (in_features,))


def _channel_arguments(channels: int) -> dict[str, object]:
    out_channels = _number(
        _("Output channels"), "out_channels", 1, _("How many kernels: each makes one map.")
    )
    groups = _number(
        _("Groups"),
        "groups",
        1,
        _(
            "Channels are split into so many groups that know nothing of each other. As many "
            "groups as channels is a depthwise convolution."
        ),
    )
    bias = _switch(
        _("Bias"), "bias", _("One more number for each output channel, added at the end.")
    )
    return {
        "in_channels": channels,
        "out_channels": out_channels,
        "groups": groups,
        "bias": bias,
    }


def _window_arguments(kind: type[WindowLayer], draw: "_Controls") -> dict[str, object]:
    takes = argument_defaults(kind.__name__)
    is_kernel = issubclass(kind, Convolution)
    arguments: dict[str, object] = {
        "kernel_size": draw.per_axis(
            _("Kernel size") if is_kernel else _("Window size"),
            "kernel_size",
            1,
            _("Elements of the kernel.") if is_kernel else _("Elements of the window."),
        ),
        "stride": draw.per_axis(
            _("Stride"),
            "stride",
            1,
            _("Pixels from one kernel to the next.")
            if is_kernel
            else _("Pixels from one window to the next."),
        ),
    }
    arguments |= _padding(kind, draw)
    if "dilation" in takes:
        arguments["dilation"] = draw.per_axis(
            _("Dilation"),
            "dilation",
            1,
            _("Pixels from one element of the kernel to the next.")
            if is_kernel
            else _("Pixels from one element of the window to the next."),
        )
    if "ceil_mode" in takes:
        arguments["ceil_mode"] = _switch(
            _("Round up"), "ceil_mode", _("`ceil_mode`: a last, incomplete window counts as well.")
        )
    return arguments


def _padding(kind: type[WindowLayer], draw: "_Controls") -> dict[str, object]:
    if issubclass(kind, TransposedConvolution):
        return {
            "padding": draw.per_axis(
                _("Padding"), "padding", 0, _("Pixels cut off at each end of the output.")
            ),
            "output_padding": draw.per_axis(
                _("Output padding"),
                "output_padding",
                0,
                _("Pixels kept in addition at the output's end."),
            ),
        }
    mode = "number"
    if issubclass(kind, Convolution):
        mode = _choice(
            _("Padding is"), "padding_mode", MODES, _("'valid' is none; 'same' keeps size.")
        )
    if mode != "number":
        return {"padding": mode}
    help_text = _("Pixels added at each end of the input.")
    return {"padding": draw.per_axis(_("Padding"), "padding", 0, help_text)}


@dataclass(frozen=True)
class _Controls:
    apart: bool

    def per_axis(
        self, label: str, name: str, minimum: int, help_text: str
    ) -> int | tuple[int, int]:
        """Draw one number for all axes, or one for the height and one for the width."""
        if not self.apart:
            return _number(label, name, minimum, help_text)
        height = _number(_("{label}: height", label=label), name, minimum, help_text)
        return height, _number(
            _("{label}: width", label=label), f"{name}_width", minimum, help_text
        )


def _row() -> Any:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def _number(label: str, name: str, minimum: int, help_text: str) -> int:
    number: int = st.number_input(
        label,
        min_value=minimum,
        max_value=LARGEST_NUMBER,
        value=DEFAULTS[name],
        key=key(name),
        bind="query-params",
        help=help_text,
        width=CONTROL_WIDTH_PX,
    )
    return number


def _choice(label: str, name: str, options: Mapping[str, str], help_text: str) -> str:
    chosen: str = address.choose(
        st.selectbox,
        label,
        each(options),
        key=key(name),
        default=DEFAULTS[name],
        help=help_text,
        width=CONTROL_WIDTH_PX + (70 if name == "family" else 0),
    )
    return chosen


def _switch(
    label: str, name: str, help_text: str, on_change: Callable[[], None] | None = None
) -> bool:
    return st.toggle(
        label,
        value=DEFAULTS[name],
        key=key(name),
        bind="query-params",
        help=help_text,
        on_change=on_change,
    )


def _load_example() -> None:
    name = st.session_state[EXAMPLE_KEY]
    st.session_state[EXAMPLE_KEY] = None
    if name in EXAMPLES:
        load(EXAMPLES[name])


def _copy_height_to_width() -> None:
    for name in DEFAULTS:
        if name.endswith("_width"):
            height = st.session_state.get(key(name.removesuffix("_width")))
            st.session_state[key(name)] = DEFAULTS[name] if height is None else height
