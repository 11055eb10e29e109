"""What stop 5 says."""

from ui.language import N_

NAME = N_("Cost")
TITLE = N_("What a layer costs")
SENTENCE = N_(
    "One value of a map takes K²·N products, one for each weight of its kernel on N maps; M maps "
    "of H′·W′ values take H′·W′·K²·N·M. With as many maps in as out, two layers of 3×3 see as far "
    "as one of 5×5 (3×3 values that each saw 3×3 pixels) and cost 3² + 3² = 18 parts, not 5² = 25."
)
TWO, ONE = N_("Two layers of 3×3"), N_("One layer of 5×5")
FACTORS = "{height}·{width}·{kernel_size}²·{in_channels}·{out_channels}"  # of a layer
OF_A_PLACE = "{height}·{width}·{in_channels}·{out_channels}"  # of its kernel
TIMES = "{times} · {factors}"  # of several alike
LINES = (
    N_("{factors} = {num_macs} multiplications (MACs)"),
    N_("{num_params} parameters"),
    N_("The last value sees {field}×{field} pixels"),
)
SQUARE = N_(
    "Each square is one place of a kernel, on all maps: {factors} = {num_macs} "
    "multiplications (MACs)"
)
WORDS = {
    "time": N_("Time on this machine: not measured yet"),
    "picture": "{name}: {lines}",
    "again": N_("Play again"),
}
TOOK = N_("{time} for one picture")
CONTROL = N_("Maps in and out, of 28×28 values:")
TASK = N_("Which of the two is faster on this machine? Guess, then measure.")
GUESSES = {1: TWO, 2: ONE}
MEASURE = N_("Measure")
MEASURING = N_("Both run in turns for three seconds ...")
OUTCOMES = {
    "right": N_(
        "Your guess was right: by the clock, two take {ratio} times as long as one; by their "
        "MACs it would be {macs}."
    ),
    "wrong": N_(
        "The clock says the opposite: two take {ratio} times as long as one, though by their "
        "MACs it would be {macs}."
    ),
    "open": N_(
        "Too close to call: two take {ratio} times as long as one; by their MACs it would be "
        "{macs}."
    ),
}
MORE = N_("The same count for all of MyNet, and the function behind it:")
HEAD = (N_("Layer"), N_("Maps come out as"), N_("Parameters"), "MACs")
