"""Has the canvas report a stroke when the pen lifts, and not a fifth of a second later."""
