"""What the stepper says, with the values named; the browser fills them in."""

from ui.language import N_

WORDS = {
    "whole": N_("A kernel slides over a picture. Arrow keys move it, the space bar plays."),
    "input": N_("Input"),
    "kernel": N_("Kernel"),
    "output": N_("Output"),
    "hint": N_("Draw here"),
    "pen": N_("Pen"),
    "rubber": N_("Rubber"),
    "clear": N_("Clear"),
    "first": N_("First position (Home)"),
    "back": N_("One step back (←)"),
    "forward": N_("One step on (→)"),
    "last": N_("Last position (End)"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "play_spoken": N_("Play (space bar)"),
    "pause_spoken": N_("Pause (space bar)"),
    "position": N_("Position of the window"),
    "at": N_("row {row}, column {column}: {value}"),
    "speed": N_("Speed"),
    "slow": N_("slow"),
    "medium": N_("medium"),
    "fast": N_("fast"),
    "keys": N_(
        "Point at any cell, or click it to stay. Arrow keys move the window, the space bar plays."
    ),
    "sum": N_("The products and their sum"),
    "sum_of_products": N_("Sum of the products"),
    "plus_bias": N_("+ bias"),
    "is_output": N_("= output"),
    "sum_of_all": N_("The sum of all"),
    "place": N_(
        "Row {row}, column {column} of the output, number {number} of {count}. Under the window: "
        "rows {top} to {bottom} and columns {left} to {right} of the input."
    ),
    "place_padded": N_(
        "Row {row}, column {column} of the output, number {number} of {count}. Under the window: "
        "rows {top} to {bottom} and columns {left} to {right} of the padded input."
    ),
    "size": "{height}×{width}",
    "size_padded": N_("{height}×{width} + padding {padding} = {padded_height}×{padded_width}"),
    "size_dilated": N_("{height}×{width}, spans {span}"),
    "input_spoken": N_("The input, {height} by {width} pixels"),
    "input_padded_spoken": N_(
        "The input, {height} by {width} pixels, with {padding} zeros on each side"
    ),
    "kernel_spoken": N_("The kernel: {weights}"),
    "output_spoken": N_("The output, {height} by {width} numbers"),
}
