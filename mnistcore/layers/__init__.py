"""One layer in plain integers: shape, parameters, multiply-adds, receptive field, formula, repair.

Read `conv_arithmetic` first (the output size; where `ceil_mode` is decided), then `layer` (what
every layer can say of itself) and `kinds` (all of them by name). The kinds are in `convolution`
(transposed ones too), `pooling`, `linear` and `elementwise`; `window` is what the first two share.
`axis_layout`, `pixel_coverage` and `same_padding` tell where windows lie. Knows no network: that is
`stacks`.
"""
