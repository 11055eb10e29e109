"""Addresses that nobody means: values that no widget could have, for every name of every page."""

HOSTILE: list[str | list[str]] = [
    "",
    "nan",
    "-inf",
    "1e999",
    "7" * 5000,
    "9" * 99,
    "-1",
    "1.5",
    "²",
    "\x00<img src=x>",
    "9" * 4000 + "," + "9" * 4000,
    "9.9.9.9-4.5.xff",
    "Conv2d(" + "9" * 5000 + ", 1, 1)",
    ["1", "2", "inf"],
]
# By page, the names of all that its address may hold.
NAMES = {
    "pages/lesson.py": "lang only present stop to",
    "pages/convolution.py": "window_at window_bias window_digit window_dilation window_kernel "
    "window_kernel_size window_layer window_mixed_maps window_padding window_part window_picture "
    "window_pixels window_stride window_trained window_weights",
    "pages/calculator.py": "calculation compare_a compare_a_model compare_b compare_b_model "
    "compare_batch compare_cores layer_apart layer_axes layer_bias layer_ceil_mode layer_channels "
    "layer_dilation layer_dilation_width layer_family layer_groups layer_in_features "
    "layer_kernel_size layer_kernel_size_width layer_out_channels layer_out_features "
    "layer_output_padding layer_output_padding_width layer_padding layer_padding_mode "
    "layer_padding_width layer_size layer_size_width layer_stride layer_stride_width network "
    "network_blocks network_input network_model network_source",
    "pages/training.py": "run train training_view",
    "pages/prediction.py": "digit doubtful epoch network only_mistakes order page read_as seconds "
    "shows sure view",
    "pages/network.py": "inside_at inside_digit inside_epoch inside_kind inside_network inside_off "
    "inside_view",
}

# What opens every widget of each page that stands in its address.
VIEWS: list[tuple[str, dict[str, str]]] = [
    ("pages/lesson.py", {}),
    ("pages/lesson.py", {"stop": "4"}),
    *(
        ("pages/convolution.py", view)
        for view in (
            {},
            {"window_kernel": "own"},
            {"window_kernel": "trained"},
            {"window_picture": "grid"},
            {"window_part": "1x1"},
            {"window_part": "channels"},
            {"window_part": "sharing"},
        )
    ),
    *(
        ("pages/calculator.py", view)
        for view in (
            {"layer_apart": "true"},
            {"layer_family": "MaxPool"},
            {"layer_family": "ConvTranspose", "layer_apart": "true"},
            {"layer_family": "Linear"},
            {"calculation": "network"},
            {"calculation": "network", "network_source": "torchvision"},
            {"calculation": "compare"},
            {"calculation": "compare", "compare_a": "torchvision", "compare_b": "torchvision"},
        )
    ),
    *(("pages/training.py", {"training_view": view}) for view in ("live", "compare")),
    *(
        ("pages/prediction.py", {"network": "~mynet", "view": view})
        for view in ("draw", "photo", "test-set", "slideshow")
    ),
    *(("pages/network.py", {"inside_view": view}) for view in ("value", "map", "learning")),
]
