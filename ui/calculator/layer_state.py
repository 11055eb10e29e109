"""What the controls of one layer hold: their names, as in the address, defaults and examples."""

from typing import Any

import streamlit as st

from mnistcore.layers.layer import Layer
from ui.language import N_

DEFAULTS: dict[str, Any] = {
    "family": "Conv",
    "axes": "2d",
    "apart": False,
    "channels": 1,
    "size": 28,
    "size_width": 28,
    "out_channels": 16,
    "kernel_size": 3,
    "kernel_size_width": 3,
    "stride": 2,
    "stride_width": 2,
    "padding_mode": "number",
    "padding": 1,
    "padding_width": 1,
    "dilation": 1,
    "dilation_width": 1,
    "groups": 1,
    "bias": True,
    "ceil_mode": False,
    "output_padding": 0,
    "output_padding_width": 0,
    "in_features": 1024,
    "out_features": 10,
}
EXAMPLES: dict[str, dict[str, Any]] = {
    N_("MNIST's first layer"): {},
    N_("The article's 6x6"): {"size": 6, "stride": 1, "padding": 0, "out_channels": 1},
    N_("AlexNet's first layer"): {
        **{"channels": 3, "size": 227, "out_channels": 96},
        **{"kernel_size": 11, "stride": 4, "padding": 0},
    },
    N_("Depthwise 3x3"): {
        **{"channels": 64, "size": 28, "out_channels": 64, "groups": 64},
        **{"stride": 1, "bias": False},
    },
    N_("Pooling, rounded up"): {
        **{"family": "MaxPool", "channels": 16, "size": 27},
        **{"kernel_size": 2, "padding": 0, "ceil_mode": True},
    },
    N_("Upsampling 14 to 28"): {
        **{"family": "ConvTranspose", "channels": 16, "size": 14},
        **{"out_channels": 1, "output_padding": 1},
    },
    N_("MyNet's last layer"): {"family": "Linear"},
}


def key(name: str) -> str:
    """Return the key of a control: its name in the session and in the address."""
    return f"layer_{name}"


def load(values: dict[str, Any]) -> None:
    """Set every control: to the value given, or else to its default."""
    for name, value in (DEFAULTS | values).items():
        st.session_state[key(name)] = value


def load_layer(layer: Layer) -> None:
    """Set the controls to a layer's arguments; what it has no argument for stays."""
    for name, value in vars(layer).items():
        if name == "padding":
            is_word = isinstance(value, str)
            st.session_state[key("padding_mode")] = value if is_word else "number"
        numbers = value if isinstance(value, tuple) else (value,)
        if name in DEFAULTS and isinstance(value, int | tuple):
            st.session_state[key(name)] = numbers[0]
        if f"{name}_width" in DEFAULTS and isinstance(value, int | tuple):
            st.session_state[key(f"{name}_width")] = numbers[-1]
