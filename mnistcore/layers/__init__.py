"""One layer in plain integers: shape, parameters, multiply-adds, receptive field, formula, repair.

Read `conv_arithmetic` first (the output size, where `ceil_mode` is decided), then `layer` (what
every layer can say) and `kinds` (all of them by name). Imports neither torch nor numpy, and knows
no network: that is `stacks`.
"""
