"""What the start page says."""

from ui.language import N_

TITLE = N_("Convolution, digit by digit")
SENTENCE = N_(
    "A small network reads handwriting. Draw a digit, and watch it go through: small "
    "kernels turn it into maps, maps into smaller maps, and the last of them into ten "
    "sums."
)
BUTTON = N_("See how it did that")
WORKBENCH = N_("Or go straight to the workbench:")
CREDIT = N_(
    "After an article by afsya, CC BY-SA 4.0. MNIST is by Yann LeCun, Corinna Cortes and "
    "Christopher J. C. Burges. Nothing that you draw leaves this machine."
)

PAD = {
    "pad": N_(
        "The pad to draw a digit on. Arrow keys lead the pen, the space bar sets it down and "
        "lifts it, Delete clears."
    ),
    "hint": N_("Draw a digit"),
    "clear": N_("Clear"),
    "draw_over": N_("Draw over it"),
}
NET = N_("{network} at work: {columns}.")
COLUMN = (N_("{count} maps"), "{height}×{width}")
COLUMN_SPOKEN = N_("{count} maps of {height}×{width} values")
OUTPUTS = N_("How much each digit is worth to the network")
OUTPUT = "{digit}: {share}"
REMARK = N_("{network} is {share} sure")
WAKING = N_("{network} is waking up ...")
NOTHING = N_("Nothing is drawn yet")
