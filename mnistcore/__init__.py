"""Convolution arithmetic, and small networks on MNIST: the front door.

`__init__.pyi` lists its names, which stay whatever moves behind them. Each is fetched when it is
first asked for, so that importing this package is instant, and the formulas never wait for torch:

>>> import mnistcore
>>> mnistcore.output_size(28, kernel_size=3, stride=2, padding=1)
14

Behind it lies a wing for each subject, a folder whose `__init__.py` says what it knows; an arrow
only goes down (`pyproject.toml`, import-linter):

    commands                                the command line
    worker    exported                      the process that carries a training out; to take home
    inside    runs    correcting            a network laid open; trainings; one person's corrections
    reading   training                      digits and numbers read; how a network learns
    models                                  networks with weights
    in_torch                                the calculator's networks in PyTorch
    pasted                                  PyTorch code as people paste it, to a network
    evaluator                               the Python in it, followed without being run
    stacks    convolution    handwriting    networks as lists; one kernel; generated digits
    explained                               one layer's formula, windows, and nearest neighbour
    layers    drawings       mnist          one layer's numbers; pictures to 28x28; the data set
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
