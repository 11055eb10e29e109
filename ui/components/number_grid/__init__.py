"""A small table of numbers to type into: a kernel's weights, or a picture's pixels."""
