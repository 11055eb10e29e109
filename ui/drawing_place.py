"""The drawing's name and measures, for whatever puts something on the canvas."""

DRAWING = "drawing"
CANVAS_SIDE_PX = 336  # twelve pixels for each of the network's, and a phone is 390 wide
WIDE_CANVAS_PX = 672  # room for five digits side by side
STROKE_WIDTH = 25  # about MNIST's stroke once the digit is 20 pixels high
