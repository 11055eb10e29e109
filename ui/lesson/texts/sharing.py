"""What stop 4 says."""

from mnistcore.convolution.weight_sharing import Sharing
from ui.language import N_

NAME = N_("Sharing")
TITLE = N_("The weights are shared")
SENTENCE = N_(
    "A stroke is a stroke wherever it lies, so one kernel serves all places: weight "
    "sharing saves parameters, and MyNet's first layer has 160 instead of 31,360 or "
    "2,461,760."
)
NAMES: dict[Sharing, str] = {
    "shared": N_("Shared: a convolution"),
    "locally connected": N_("A kernel for each place"),
    "fully connected": N_("Every pixel to every output"),
}
WORDS = {
    "caption": N_("One row of pixels: {weights} weights on {lines} lines"),
    "hint": N_("Lines of one colour carry the same weight. Point at one."),
    "once": N_("{name}: this weight is used once, nowhere else."),
    "often": N_("{name}: this weight is used {times} times, once for each place."),
}
UNIT = N_("parameters")
REPLAY = N_("Play again")
CONTROL = N_("MyNet's first layer, for pictures of")
SIDES = {28: "28×28", 56: "56×56", 112: "112×112"}
TASK = N_(
    "If the pictures had 56×56 pixels instead of 28×28, how many parameters would the "
    "shared layer have?"
)
OUTCOMES = {
    "right": N_("Still {num_params}: the kernel visits more places and stays the same."),
    "by_area": N_(
        "There are four times as many places, and the same {num_params} numbers serve all."
    ),
    "wrong": N_("That is a kernel for each place of a 28×28 picture; the shared layer has one."),
}
MORE = N_("Sharing saves parameters, not multiplications: those are in the last column.")
