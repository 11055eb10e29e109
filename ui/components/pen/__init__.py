"""Has the canvas report a stroke as the pen lifts, and tells what it looks like meanwhile."""
