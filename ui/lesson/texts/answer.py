"""What stop 7 says."""

from ui.language import N_

NAME = N_("Answer")
TITLE = N_("The largest sum is the answer")
SENTENCE = N_(
    "The linear layer weighs the last maps into ten sums, softmax turns them into "
    "shares, and argmax takes the largest: that prediction is written on the picture of "
    "the digit."
)
SHIPPED = N_("MyNet reads your digit as it was shipped: train one of your own at the stop before.")
OWN = N_("{network}, the network you trained, reads your digit.")
REASONS = N_("Blue pixels speak for a {digit}, orange ones against it.")
CONTROL = N_("Choose one of the ten sums, and see which pixels speak for it, and which against.")
TASK = N_("Which digit came second? Choose it among the sums.")
OUTCOMES = {
    "right": N_(
        "Yes: the {answer} has the second largest sum, so its share is the second largest."
    ),
    "first": N_("The {answer} is the answer itself: its sum is the largest."),
    "other": N_("The {answer} comes in place {place}."),
}
MORE = N_(
    "Softmax, number by number; then twenty test digits, each with what this network says of it."
)
TILES = N_("Twenty test digits, and what this network reads in each")
