"""A number as it was written, with a box round each digit, to choose the one to look at."""
