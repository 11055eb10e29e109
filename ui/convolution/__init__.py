"""The page "Convolution": its tabs are `one_kernel`, `one_by_one`, `channels`, `shared_weights`.

`picture_choice` and `kernel_choice` say what slides over what; `trained_layers` asks the network.
"""
