"""What stop 3 says."""

from ui.language import N_

NAME = N_("Size")
TITLE = N_("How large a map becomes")
SENTENCE = N_(
    "Along each side the kernel finds room at ⌊(w − k + 2p) / s⌋ + 1 places, so a 6×6 "
    "picture and a 3×3 kernel, with stride s = 1 and padding p = 0, give a 4×4 map, where the "
    "article behind this lesson says 2×2."
)
KERNEL_SIZE, STRIDE, PADDING = N_("Kernel size k"), N_("Stride s"), N_("Padding p")
TASK = N_("Change a single number so that the article's 2×2 comes true.")
OUTCOMES = {
    "unchanged": N_("With the article's numbers it is {size}×{size}."),
    "true": N_("Now it is {size}×{size}, as the article says, and only one number was changed."),
    "other_size": N_("Now it is {size}×{size}."),
    "two_changed": N_(
        "It is {size}×{size}, but {num_changed} numbers were changed; one is enough."
    ),
}
PICTURE = {
    "w": N_("w, the width of the picture: {w} pixels."),
    "p": N_("p, the padding: {p} zeros on each side, so 2·{p} more pixels to move in."),
    "k": N_(
        "k, the kernel's width: {k} pixels. The first position takes them all, hence the + 1 "
        "at the end."
    ),
    "s": N_("s, the stride: each next position begins {s} pixels further on."),
    "o": N_("o, the width of the map: {o} positions, one number for each."),
    "says": N_("Point at a letter or at its place in the picture."),
    "floor": N_(
        "The floor ⌊ ⌋ drops what is left over: no window reaches the last {dropped} pixels."
    ),
    "picture": N_(
        "A picture of {w} by {w} pixels with padding {p}; a kernel of {k} by {k} moves by "
        "{s} and makes a map of {o} by {o}."
    ),
    "again": N_("Play again"),
}
MORE = N_(
    "MyNet's three convolutions have k = 3, s = 2 and p = 1: 28 becomes 14, 14 becomes "
    "7, and 7 becomes 4. PyTorch's Conv2d, and the function behind the formula:"
)
CODE = """import torch

picture = torch.zeros(1, 1, 6, 6)
layer = torch.nn.Conv2d(1, 1, kernel_size={kernel_size}, stride={stride}, padding={padding})
print(layer(picture).shape)        # torch.Size([1, 1, {size}, {size}])
"""
