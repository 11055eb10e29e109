"""How older versions of the app spelled what stands in an address: links of theirs keep working."""

NETWORKS = {
    "MyNet, as shipped": "~mynet",
    "DrawingNet, as shipped": "~drawing-net",
    "A file of mine ...": "~upload",
}
TODAYS_SPELLING = {
    "calculation": {"One layer": "layer", "A network": "network", "Compare": "compare"},
    "compare_a": {"Your network": "yours", "A torchvision model": "torchvision"},
    "compare_b": {"Your network": "yours", "A torchvision model": "torchvision"},
    "inside_kind": {"Test digit": "digit", "Your drawing": "drawing", "A picture file": "file"},
    "inside_network": NETWORKS,
    "inside_view": {
        "One value": "value",
        "One map": "map",
        "Which pixels mattered": "pixels",
        "One step of learning": "learning",
        "In words": "value",  # the lesson has its place
        "words": "value",
    },
    "layer_axes": {"2-D (images)": "2d", "1-D (signals)": "1d"},
    "layer_family": {
        "Convolution": "Conv",
        "Max pooling": "MaxPool",
        "Average pooling": "AvgPool",
        "Transposed convolution": "ConvTranspose",
    },
    "layer_padding_mode": {"a number": "number"},
    "network": NETWORKS,
    "network_source": {"Your own layers": "own", "A torchvision model": "torchvision"},
    "order": {
        "in MNIST's order": "index",
        "worst loss first": "loss",
        "least sure first": "least sure",
        "most sure first": "most sure",
    },
    "seconds": {"0.5 s": "0.5", "1 s": "1.0", "2 s": "2.0", "5 s": "5.0"},
    "training_view": {"Live": "live", "Result": "result", "Compare": "compare", "Files": "files"},
    "view": {
        "Draw": "draw",
        "Photo": "photo",
        "Test set": "test-set",
        "Slideshow": "slideshow",
    },
    "window_kernel": {"Your own numbers": "own", "Trained first layer": "trained"},
    "window_layer": {
        "Four simple maps, three kernels": "simple",
        "Trained second layer: 16 maps, 32 kernels": "trained",
    },
    "window_mixed_maps": {"Four simple maps": "simple", "Trained first layer's maps": "trained"},
    "window_part": {
        "One kernel": "kernel",
        "1×1": "1x1",
        "Channels": "channels",
        "Shared weights": "sharing",
    },
    "window_picture": {
        "Test digit": "digit",
        "Your drawing": "drawing",
        "Small grid": "grid",
        "6×6 example": "article",
    },
}
