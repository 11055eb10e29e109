"""What stop 1 says."""

NAME = "Pixels"
TITLE = "Pixels are fused"
SENTENCE = (
    "A convolution fuses neighbouring pixels into a feature: a small kernel slides over the digit, "
    "multiplies the nine pixels under it by its nine weights, and adds."
)
KERNELS = "Choose a kernel: blue weights add, orange ones take away."
KERNEL = "Kernel {number}, row by row: {weights}"
TASKS = {
    "level": "This digit has a level stroke. Find the kernel that makes it vanish from the map.",
    "upright": "This digit has an upright stroke. Find the kernel that makes it vanish from the "
    "map.",
}
OUTCOMES = {
    "vanished": "It is gone: this kernel compares left with right or top with bottom, and along "
    "such a stroke the two are alike.",
    "seen": "Not yet: on that stroke this kernel answers with {share} of what it answers on a "
    "stroke across.",
    "all_gone": "The whole map is blank, so nothing is left to be seen.",
}
