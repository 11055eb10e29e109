"""The calculator's layers and networks in PyTorch: built, asked, timed; torchvision's taken apart.

Read `torch_layers` first, then `verification` (our numbers beside torch's, on `random_layers`).
`torchvision_models` builds those, `model_analysis` takes one apart, `receptive_fields` follows its
branches. `timing` runs two networks in turns, `paired_times` says what came out; `torch_map` is one
kernel's map. Knows nothing of MNIST.
"""
