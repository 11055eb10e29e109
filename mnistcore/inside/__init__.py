"""A trained network laid open: its values as sums, what mattered, one step of learning by hand.

Read `layer_chain` first (a network as a row of layers), then `inspection` (all of them at work on
one image), `value_terms` (one value as its sum), `contributions` (what maps add to maps),
`learning_step` with `softmax`, `weight_gradient` and `adam`, `attribution`, `strongest_digits`
(what a map answers to most) and `trained_layers` (kernels as pictures). Knows nothing of training
runs.
"""
