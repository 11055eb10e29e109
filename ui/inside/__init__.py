"""The page "Inside", `pages/network.py`: a network laid open for one image.

`image_choice` says what goes in, `at_work` has the network calculate and keeps it, `opened` adds
what is looked at. The tabs are `one_value`, `one_map`, `which_pixels` and `learning`.
"""
