"""What stop 4 says."""

from mnistcore.convolution.weight_sharing import Sharing

NAME = "Sharing"
TITLE = "The weights are shared"
SENTENCE = (
    "A stroke is a stroke wherever it lies, so one kernel serves all places: weight sharing saves "
    "parameters, and MyNet's first layer has 160 instead of 31,360 or 2,461,760."
)
NAMES: dict[Sharing, str] = {
    "shared": "Shared: a convolution",
    "locally connected": "A kernel for each place",
    "fully connected": "Every pixel to every output",
}
WORDS = {
    "caption": "One row of pixels: {weights} weights on {lines} lines",
    "hint": "Lines of one colour carry the same weight. Point at one.",
    "once": "{name}: this weight is used once, nowhere else.",
    "often": "{name}: this weight is used {times} times, once for each place.",
}
UNIT = "parameters"
REPLAY = "Play again"
CONTROL = "MyNet's first layer, for pictures of"
SIDES = {28: "28×28", 56: "56×56", 112: "112×112"}
TASK = (
    "If the pictures had 56×56 pixels instead of 28×28, how many parameters would the shared layer "
    "have?"
)
OUTCOMES = {
    "right": "Still {num_params}: the kernel visits more places and stays the same.",
    "by_area": "There are four times as many places, and the same {num_params} numbers serve all.",
    "wrong": "That is a kernel for each place of a 28×28 picture; the shared layer has one.",
}
MORE = "Sharing saves parameters, not multiplications: those are in the last column."
