"""The calculator's layers and networks in PyTorch: built, asked, timed; torchvision's taken apart.

Read `torch_layers` first, then `verification` (our numbers beside torch's), `model_analysis`
(torchvision's models), `torch_map` (one kernel's map) and `timing`. Knows nothing of MNIST.
"""
