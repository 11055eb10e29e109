"""One layer in plain integers: shape, parameters, multiply-adds, receptive field.

Read `conv_arithmetic` first (the output size; where `ceil_mode` is decided), then `layer` (what
every layer can say of itself) and `kinds` (all of them by name). The kinds are in `convolution`
(transposed ones too), `pooling`, `linear`, `elementwise`, `normalisation`, `adaptive_pooling`,
`resizing` and `across_channels`; `window` is what the first two share. `pixel_coverage` and
`same_padding` tell where windows lie. Knows no network: that is `stacks`.
"""
