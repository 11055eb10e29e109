"""One kernel over one picture: the map it makes, kernels with a name, and what sharing saves.

Read `sliding_window` first, then `kernels` and `deep_kernels`, those with a name. `weight_sharing`
counts parameters of a layer that shares its weights, and of two that do not. Knows no networks.
"""
