"""Convolution arithmetic, and a small network on MNIST. Import the modules, not this package.

In their order of dependence:

- `errors`: the one error that a caller can put right
- `conv_arithmetic`: one layer in plain integers: sizes, parameters, multiply-adds
- `data`: MNIST found, verified, unpacked, split
- `model`: MyNet: images to logits
- `training`: recipes, and a loop that reports by yielding events
- `checkpoint`: weights and training state, saved whole or not at all
- `runs`: a folder for each training run
- `preprocessing`: a drawing to the 28x28 image that MNIST would have made of it
- `prediction`: images to probabilities
- `__main__`: `python -m mnistcore train | evaluate | predict`
"""
