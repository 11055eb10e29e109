"""What the stepper says, with the values named; the browser fills them in."""

WORDS = {
    "whole": "A kernel slides over a picture. Arrow keys move it, the space bar plays.",
    "input": "Input",
    "kernel": "Kernel",
    "output": "Output",
    "hint": "Draw here",
    "pen": "Pen",
    "rubber": "Rubber",
    "clear": "Clear",
    "first": "First position (Home)",
    "back": "One step back (←)",
    "forward": "One step on (→)",
    "last": "Last position (End)",
    "play": "Play",
    "pause": "Pause",
    "play_spoken": "Play (space bar)",
    "pause_spoken": "Pause (space bar)",
    "position": "Position of the window",
    "speed": "Speed",
    "slow": "slow",
    "medium": "medium",
    "fast": "fast",
    "keys": "Point at any cell, or click it to stay. Arrow keys move the window, the space bar "
    "plays.",
    "sum": "The products and their sum",
    "sum_of_products": "Sum of the products",
    "plus_bias": "+ bias",
    "is_output": "= output",
    "sum_of_all": "The sum of all",
    "place": "Output [{row}, {column}], number {number} of {count}. Under the window: rows "
    "{top} to {bottom} and columns {left} to {right} of the input.",
    "place_padded": "Output [{row}, {column}], number {number} of {count}. Under the window: rows "
    "{top} to {bottom} and columns {left} to {right} of the padded input.",
    "size": "{height}×{width}",
    "size_padded": "{height}×{width} + padding {padding} = {padded_height}×{padded_width}",
    "size_dilated": "{height}×{width}, spans {span}",
    "input_spoken": "The input, {height} by {width} pixels",
    "input_padded_spoken": "The input, {height} by {width} pixels, with {padding} zeros on each "
    "side",
    "kernel_spoken": "The kernel: {weights}",
    "output_spoken": "The output, {height} by {width} numbers",
}
