"""One kernel over one picture, step by step: every product, every sum.

Read `sliding_window` first, then `kernels` and `deep_kernels`, those with a name, and
`connections`. Knows no networks.
"""
