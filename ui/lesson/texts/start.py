"""What the start page says."""

TITLE = "Convolution, digit by digit"
SENTENCE = (
    "A small network reads handwriting. Draw a digit, and watch it go through: small kernels turn "
    "it into maps, maps into smaller maps, and the last of them into ten sums."
)
BUTTON = "See how it did that"
WORKBENCH = "Or go straight to the workbench:"
CREDIT = (
    "After an article by afsya, CC BY-SA 4.0. MNIST is by Yann LeCun, Corinna Cortes and "
    "Christopher J. C. Burges. Nothing that you draw leaves this machine."
)

PAD = {
    "pad": "The pad to draw a digit on. Arrow keys lead the pen, the space bar sets it down and "
    "lifts it, Delete clears.",
    "hint": "Draw a digit",
    "clear": "Clear",
    "draw_over": "Draw over it",
}
NET = "{network} at work: {columns}."
COLUMN = ("{count} maps", "{height}×{width}")
COLUMN_SPOKEN = "{count} maps of {height}×{width} values"
OUTPUTS = "How much each digit is worth to the network"
OUTPUT = "{digit}: {share}"
REMARK = "{network} is {share} sure"
NEARLY = "more than 99.9%"
WAKING = "{network} is waking up ..."
NOTHING = "Nothing is drawn yet"
