"""What stop 1 says."""

from ui.language import N_

NAME = N_("Pixels")
TITLE = N_("Pixels are fused")
SENTENCE = N_(
    "A convolution fuses neighbouring pixels into a feature: a small kernel slides over "
    "the digit, multiplies the nine pixels under it by its nine weights, and adds; all "
    "the sums make a map."
)
KERNELS = N_("Choose a kernel: blue weights add, orange ones take away.")
KERNEL = N_("Kernel {number}, row by row: {weights}")
TASKS = {
    "level": N_(
        "This digit has a level stroke, from left to right. Find the kernel that makes it "
        "vanish from the map."
    ),
    "upright": N_(
        "This digit has an upright stroke, from top to bottom. Find the kernel that makes it "
        "vanish from the map."
    ),
}
OUTCOMES = {
    "vanished": N_(
        "It is gone: this kernel compares left with right, and along a level stroke the two are "
        "alike. What is left comes from ends and curves."
    ),
    "vanished_upright": N_(
        "It is gone: this kernel compares top with bottom, and along an upright stroke the two "
        "are alike. What is left comes from ends and curves."
    ),
    "seen": N_(
        "Not yet: the stroke still shows, {share} as strongly as if this kernel were turned by "
        "a quarter."
    ),
    "all_gone": N_("The whole map is blank, so nothing is left to be seen."),
}
