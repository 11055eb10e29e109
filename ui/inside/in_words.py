"""The tab in words: what each picture on the page means, in the order of the lesson."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.layers.convolution import Convolution
from ui.inside.layer_names import size_name
from ui.inside.opened import OpenedNetwork

if TYPE_CHECKING:
    from mnistcore.stacks.stack import StackRow


def show(opened: OpenedNetwork) -> None:
    """Tell what happens on the way from pixels to answer, with this network's numbers."""
    rows = [stage.numbers for stage in opened.stages]
    convolutions = [row for row in rows if isinstance(row.layer, Convolution)]
    shapes = [rows[0].input_shape, *(row.output_shape for row in rows if row.layer.has_weights)]
    params, macs = sum(row.num_params for row in rows), sum(row.num_macs for row in rows)
    sizes = " → ".join(size_name(shape) for shape in shapes)
    st.markdown(
        f"""
1. **Pixels are fused.** A single pixel says nothing. A kernel looks at a small patch, multiplies
   each pixel by a weight and adds up. Click any value: *One value* shows the patch, the kernel and
   the products. {_first(convolutions)}
2. **Channels.** One kernel makes one map; a layer has many kernels, so many maps: the small
   pictures in each block. The maps of one block are the channels of the next, and every kernel
   there has a slice for each of them.
3. **Size.** {sizes}. A stride of 2, or a pooling, halves height and width, so each value sees more
   of the digit: the green frame on the left. Compare it with the measured field under *Which
   pixels mattered*.
4. **Sharing.** The same kernel is used at every place, since a stroke is a stroke wherever it
   lies. {_sharing(convolutions)}
5. **Cost.** This network has {params:,} parameters and multiplies {macs:,} times for one digit.
   Each block shows its own share; the calculator explains where the numbers come from.
6. **Training.** Nobody chose these kernels. They began as random numbers, and each step moved
   every weight a little against its gradient: *One step of learning* does one by hand. Train a
   network, choose it above, and drag its epochs from 0 on: the kernels form before your eyes.
7. **The answer.** The last layer takes all values of the last maps, weighs and adds them: one sum
   for each digit. Click a digit on the right: *One value* lists its largest terms, and softmax
   turns the sums into shares. Paint on a map in *One map*, and see what the answer owes to it.

**Colours.** Blue is above 0, orange below, and strong is far from 0. *Batch norm* brings each map
to a common scale, with the mean and spread measured in training. *ReLU* keeps what is above 0 and
drops the rest; without it, all layers together could do no more than one.
"""
    )


def _first(convolutions: "list[StackRow]") -> str:
    if not convolutions:
        return "This network has no convolution: it fuses all pixels at once."
    layer = convolutions[0].layer
    sizes = layer.for_each_axis("kernel_size") if hasattr(layer, "for_each_axis") else ()
    return f"Here the first patch has {'×'.join(map(str, sizes))} pixels."


def _sharing(convolutions: "list[StackRow]") -> str:
    if not convolutions:
        return "This network shares nothing."
    row = convolutions[0]
    places = row.output_shape[-1] * row.output_shape[-2]
    return (
        f"The first convolution has {row.num_params:,} parameters and uses each of them at "
        f"{places:,} places."
    )
