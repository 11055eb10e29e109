"""What stop 3 says."""

NAME = "Size"
TITLE = "How large a map becomes"
SENTENCE = (
    "Along each side the kernel finds room at ⌊(w − k + 2p) / s⌋ + 1 places, so a 6×6 picture and "
    "a 3×3 kernel give a 4×4 map, where the article says 2×2."
)
KERNEL_SIZE, STRIDE, PADDING = "Kernel size k", "Stride s", "Padding p"
TASK = "Change a single number so that the article's 2×2 comes true."
OUTCOMES = {
    "unchanged": "With the article's numbers it is {size}×{size}.",
    "true": "Now it is {size}×{size}, as the article says, and only one number was changed.",
    "other_size": "Now it is {size}×{size}.",
    "two_changed": "It is {size}×{size}, but {num_changed} numbers were changed; one is enough.",
}
PICTURE = {
    "w": "w, the width of the picture: {w} pixels.",
    "p": "p, the padding: {p} zeros on each side, so 2·{p} more pixels to move in.",
    "k": "k, the kernel's width: {k} pixels. The first position takes them all, hence the + 1 at "
    "the end.",
    "s": "s, the stride: each next position begins {s} pixels further on.",
    "o": "o, the width of the map: {o} positions, one number for each.",
    "says": "Point at a letter or at its place in the picture.",
    "floor": "The floor ⌊ ⌋ drops what is left over: no window reaches the last {dropped} pixels.",
    "picture": "A picture of {w} by {w} pixels with padding {p}; a kernel of {k} by {k} moves by "
    "{s} and makes a map of {o} by {o}.",
    "again": "Play again",
}
MORE = (
    "MyNet's three convolutions have k = 3, s = 2 and p = 1: 28 becomes 14, 14 becomes 7, and 7 "
    "becomes 4. PyTorch's Conv2d, and the function behind the formula:"
)
CODE = """import torch

picture = torch.zeros(1, 1, 6, 6)
layer = torch.nn.Conv2d(1, 1, kernel_size={kernel_size}, stride={stride}, padding={padding})
print(layer(picture).shape)        # torch.Size([1, 1, {size}, {size}])
"""
