"""What stop 2 says."""

from ui.language import N_

NAME = N_("Channels")
TITLE = N_("Channels are fused too")
SENTENCE = N_(
    "Maps that lie on one another are channels. A 1×1 kernel fuses the channels of one pixel; "
    "every kernel is as deep as its input, a slice for each map that goes in, and a layer has "
    "as many kernels as maps come out."
)
CONTROL = N_("One kernel on four maps:")
SIZES = {1: "1×1", 3: "3×3"}
HEADS = (N_("Four maps in"), N_("One kernel"), N_("Four parts"), N_("Their sum: one map out"))
REPLAY = N_("Play again")
TASK = N_(
    "A layer of 3×3 kernels turns these 4 maps into 16. How many weights does it have, "
    "biases aside?"
)
OUTCOMES = {
    "right": N_(
        "Yes: {out_channels} kernels of {in_channels} slices of {one_slice} weights are "
        "{num_weights}."
    ),
    "one_slice": N_("That is one slice of one kernel."),
    "one_kernel": N_(
        "That is one kernel of {in_channels} slices; {out_channels} maps take {out_channels} "
        "kernels."
    ),
    "one_map": N_(
        "Almost: each of the {out_channels} kernels needs a slice for all {in_channels} maps."
    ),
    "wrong": N_("No: count kernels, times slices, times the weights of a slice."),
}
MORE = N_(
    "PyTorch keeps the weights as (maps out, maps in, rows, columns). The function "
    "behind the parts:"
)
CODE = """import torch

layer = torch.nn.Conv2d(in_channels=4, out_channels=16, kernel_size=3)
print(layer.weight.shape)          # torch.Size([16, 4, 3, 3])
print(layer.weight.numel())        # 576
"""
