"""The tab "Shared weights": which lines carry the same weight, and what sharing saves."""

import streamlit as st

from mnistcore.layers.convolution import Conv2d
from ui.components.sharing.component import cost_table, show_connections
from ui.convolution.picture_choice import Picture
from ui.language import _


def show(picture: Picture) -> None:
    """Draw one row of pixels joined to its outputs in three ways, and the bill."""
    st.header(_("Every position uses the same weights"))
    st.markdown(
        _(
            "An edge is an edge wherever it lies, so the kernel need not be learned anew for "
            "every position. Here is one row of pixels, without padding, and its outputs "
            "below; **lines of one colour carry the same weight**."
        )
    )
    first, second, third = st.columns(3)
    kernel_size = first.slider(_("Kernel size"), 1, 5, 3, 2, key="window_shared_kernel_size")
    stride = second.slider(_("Stride"), 1, 3, 2, key="window_shared_stride")
    out_channels = third.slider(_("Kernels"), 1, 64, 16, key="window_shared_kernels")
    show_connections(kernel_size=kernel_size, stride=stride, key="window_sharing")
    layer = Conv2d(1, out_channels, kernel_size, stride=stride, padding=kernel_size // 2)
    st.markdown(
        _(
            "What the same choice costs for pictures of 28×28×1 and this layer: `{layer}`",
            layer=layer,
        )
    )
    st.table(cost_table(layer, (1, 28, 28)))
    st.caption(
        _(
            "Sharing saves parameters, not multiplications: the shared and the locally "
            "connected layer multiply just as often. The settings you find here at first are "
            "those of the network's first layer."
        )
    )
