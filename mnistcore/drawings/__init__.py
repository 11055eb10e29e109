"""A picture or a drawing to 28x28 pixels as MNIST has them, every step shown.

Read `preprocessing` first, then `preprocessing_steps`, `photo` (uneven light, specks) and
`ink_parts`. Knows no networks.
"""
