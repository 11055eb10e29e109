"""A network in PyTorch code as people paste it: which one, which layers, in which order.

Read `reading` (the way in), `candidates` (which network is meant), `tracing` (an image sent through
it), then `modules` and `tensors` (what torch would do). Python itself is followed by `evaluator`.
Knows no files, no pages, and imports neither torch nor numpy.
"""
