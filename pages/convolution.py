"""What a convolution does: one kernel over one picture, step by step, with its numbers."""

import streamlit as st

from mnistcore.conv_layers import Conv2d
from mnistcore.errors import InvalidInputError
from ui.convolution.channel_sum import channel_data, show_channel_sum
from ui.convolution.choices import choose_kernel
from ui.convolution.deep_layers import hand_made_layer, mixing_layer, trained_second_layer
from ui.convolution.mixing import choose_mix
from ui.convolution.pictures import ARTICLE, DRAWING, Picture, choose_picture, keep_drawing
from ui.convolution.position import keep_position, saved_position
from ui.convolution.sharing import cost_table, show_connections
from ui.convolution.size_formula import size_formula, size_remarks
from ui.convolution.stepper import show_stepper, stepper_data
from ui.menu import open_page


def slide_one_kernel(picture: Picture) -> None:
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


def add_up_channels(picture: Picture) -> None:
    st.header("A kernel is as deep as its input")
    st.markdown(
        "The maps of one layer are the **channels** of the next. A kernel has a slice for every "
        "channel; each slice slides over its own channel, and at every position **the parts and "
        "one bias are added to one number**. So one kernel makes one map, however many channels go "
        "in, and **as many kernels, so many maps** come out."
    )
    source = st.segmented_control(
        "Layer",
        ["Four simple maps, three kernels", "Trained second layer: 16 maps, 32 kernels"],
        key="window_layer",
        default="Four simple maps, three kernels",
        required=True,
    )
    if source.startswith("Trained") and picture.pixels.shape != (28, 28):
        st.info("The trained network takes 28×28 pixels: choose a test digit or draw one.")
        return
    make = trained_second_layer if source.startswith("Trained") else hand_made_layer
    layer = make(picture.pixels)
    key = f"window_channels_{len(layer.kernels)}"
    chosen = st.session_state.get(key, {}).get("chosen") or 0
    show_channel_sum(channel_data(layer, chosen), key=key)


def mix_channels(picture: Picture) -> None:
    st.header("1×1: only the channels are fused")
    st.markdown(
        "A 1×1 kernel sees one pixel, but through all channels. It cannot see neighbours; it "
        "**mixes maps**, with one weight for each. Choose a mix, or move the weights."
    )
    data = channel_data(mixing_layer(picture.pixels, choose_mix()), 0)
    show_channel_sum(data, key="window_mix_picture")


def share_weights() -> None:
    st.header("Every position uses the same weights")
    st.markdown(
        "An edge is an edge wherever it lies, so the kernel need not be learned anew for every "
        "position. Here is one row of pixels above, its outputs below; "
        "**lines of one colour carry the same weight**."
    )
    with st.container(horizontal=True):
        kernel_size = st.slider("Kernel size of the row", 1, 5, 3, key="window_row_kernel_size")
        stride = st.slider("Stride of the row", 1, 3, 1, key="window_row_stride")
    show_connections(kernel_size=kernel_size, stride=stride)
    st.markdown("The same choice for the network's first layer, 28×28×1 to 14×14×16:")
    st.table(cost_table(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28)))
    st.caption(
        "Sharing saves parameters, not multiplications: the shared and the locally connected layer "
        "multiply just as often."
    )


open_page("pages/convolution.py")
st.title("What a convolution does")
st.markdown(
    "A **kernel** is a small table of weights. It slides over a picture; at every stop each pixel "
    "under it is multiplied by the weight above it, and the products are added. One number comes "
    "out: **neighbouring pixels are fused into a feature**."
)
picture = choose_picture()
for section in (slide_one_kernel, add_up_channels, mix_channels):
    try:
        section(picture)
    except InvalidInputError as error:
        st.error(str(error))
share_weights()
