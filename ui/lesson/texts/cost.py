"""What stop 5 says."""

NAME = "Cost"
TITLE = "What a layer costs"
SENTENCE = (
    "A layer of M kernels on N maps multiplies H′·W′·K²·N·M times, for H′·W′ places and kernels K "
    "wide, so two layers of 3×3 see as far as one of 5×5 and cost 18 parts instead of 25."
)
TWO, ONE = "Two layers of 3×3", "One layer of 5×5"
FACTORS = "{height}·{width}·{kernel_size}²·{in_channels}·{out_channels}"  # of a layer
TIMES = "{times} · {factors}"  # of several alike
IN_BLOCK = {3: "3×3", 5: "5×5"}
LINES = (
    "{factors} = {num_macs} multiplications (MACs)",
    "{num_params} parameters",
    "The last value sees {field}×{field} pixels",
)
WORDS = {
    "axes": "Width: multiplications with addition, MACs. Height: parameters. The dashed frame is "
    "the dearer one.",
    "time": "Time on this machine: not measured yet",
    "picture": "{name}: {lines}",
    "again": "Play again",
}
TOOK = "{time} for one picture"
CONTROL = "Maps in and out, of 28×28 values:"
TASK = "Which of the two is faster on this machine? Guess, then measure."
GUESSES = {1: TWO, 2: ONE}
MEASURE = "Measure"
MEASURING = "Both run in turns for three seconds ..."
OUTCOMES = {
    "right": "Your guess was right: by the clock, two take {ratio} times as long as one; by their "
    "MACs it would be {macs}.",
    "wrong": "The clock says the opposite: two take {ratio} times as long as one, though by their "
    "MACs it would be {macs}.",
    "open": "Too close to call: two take {ratio} times as long as one; by their MACs it would be "
    "{macs}.",
}
MORE = "The same count for all of MyNet, and the function behind it:"
HEAD = ("Layer", "Maps come out as", "Parameters", "MACs")
