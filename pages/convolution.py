"""What a convolution does: one kernel over one picture, step by step, with its numbers."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.convolution import Conv2d
from ui.components.channel_sum.component import channel_data, show_channel_sum
from ui.components.sharing.component import cost_table, show_connections
from ui.components.stepper.component import show_stepper, stepper_data
from ui.convolution.choices import choose_kernel
from ui.convolution.deep_layers import choose_deep_layer
from ui.convolution.mixing import choose_mix
from ui.convolution.pictures import ARTICLE, DRAWING, Picture, choose_picture, keep_drawing
from ui.convolution.position import keep_position, saved_position
from ui.convolution.size_formula import size_formula, size_remarks
from ui.convolution.witness import show_witness
from ui.menu import open_page


def slide_one_kernel(picture: Picture) -> None:
    st.markdown(
        "A **kernel** is a small table of weights. It slides over the picture; at every stop each "
        "pixel under it is multiplied by the weight above it, and the products are added. One "
        "number comes out: **neighbouring pixels are fused into a feature**."
    )
    choice = choose_kernel(picture)
    data = stepper_data(
        choice.step,
        position=saved_position(),
        scale=choice.scale,
        paintable=picture.kind == DRAWING,
    )
    show_stepper(
        data, key="window_stepper", on_position_change=keep_position, on_drawing_change=keep_drawing
    )
    st.latex(size_formula(choice.step))
    st.caption(
        "Output size: $o = \\lfloor (i + 2p - k) / s \\rfloor + 1$ for an input of $i$ pixels, "
        f"padding $p$, kernel size $k$ and stride $s$. {size_remarks(choice.step)}"
    )
    if picture.kind == ARTICLE:
        st.info(
            "The article says that a 3×3 kernel makes a 2×2 map of this 6×6 picture. With stride 1 "
            "and no padding it is **4×4**: the kernel finds room in four places along each side. "
            "Set the stride to 2, and it is 2×2."
        )
    show_witness(choice.step)


def mix_channels(picture: Picture) -> None:
    st.subheader("1×1: only the channels are fused")
    st.markdown(
        "What one kernel makes is a **map**; several maps of one picture are its **channels**. A "
        "1×1 kernel sees one pixel, through all channels: it knows no neighbours, it **mixes "
        "maps**, with one weight for each. Choose a mix, or move the weights."
    )
    show_channel_sum(channel_data(choose_mix(picture.pixels), 0), key="window_mix_picture")


def add_up_channels(picture: Picture) -> None:
    st.subheader("A kernel is as deep as its input")
    st.markdown(
        "The maps of one layer are the **channels** of the next. A kernel has a slice for every "
        "channel; each slice slides over its own channel, and at every position **the parts and "
        "one bias are added to one number**. So one kernel makes one map, however many channels go "
        "in, and **as many kernels, so many maps** come out."
    )
    layer, chosen = choose_deep_layer(picture.pixels)
    show_channel_sum(channel_data(layer, chosen), key="window_channels")


def share_weights(_: Picture) -> None:
    st.subheader("Every position uses the same weights")
    st.markdown(
        "An edge is an edge wherever it lies, so the kernel need not be learned anew for every "
        "position. Here is one row of pixels, without padding, and its outputs below; **lines of "
        "one colour carry the same weight**."
    )
    first, second, third = st.columns(3)
    kernel_size = first.slider("Kernel size", 1, 5, 3, 2, key="window_shared_kernel_size")
    stride = second.slider("Stride", 1, 3, 2, key="window_shared_stride")
    out_channels = third.slider("Kernels", 1, 64, 16, key="window_shared_kernels")
    show_connections(kernel_size=kernel_size, stride=stride)
    layer = Conv2d(1, out_channels, kernel_size, stride=stride, padding=kernel_size // 2)
    st.markdown(f"What the same choice costs for pictures of 28×28×1 and this layer: `{layer}`")
    st.table(cost_table(layer, (1, 28, 28)))
    st.caption(
        "Sharing saves parameters, not multiplications: the shared and the locally connected layer "
        "multiply just as often. The settings you find here at first are those of the network's "
        "first layer."
    )


SECTIONS = {
    "One kernel": slide_one_kernel,
    "1×1": mix_channels,
    "Channels": add_up_channels,
    "Shared weights": share_weights,
}

open_page("pages/convolution.py")
st.title("What a convolution does")
picture = choose_picture()
tabs = st.tabs(list(SECTIONS), key="window_part", bind="query-params")
for tab, section in zip(tabs, SECTIONS.values(), strict=True):
    if tab.open:
        with tab:
            try:
                section(picture)
            except InvalidInputError as error:
                st.error(str(error))
