"""A network as a PyTorch program that builds it, runs it, and checks the shape it states.

Writes text only; imports neither torch nor numpy.
"""

from itertools import takewhile

from mnistcore.layers.layer import Layer
from mnistcore.stacks.stack import LayerStack


def pytorch_program(stack: LayerStack) -> str:
    """Return a network's program for PyTorch, with the shape behind each layer as a comment.

    Raises:
        InvalidInputError: A layer cannot take what the one before it gives.

    >>> from mnistcore.layers.kinds import Linear
    >>> print(pytorch_program(LayerStack((784,), (Linear(784, 10),))))
    import torch
    from torch import nn
    <BLANKLINE>
    # 7,850 parameters, 7,840 multiply-adds for one image
    net = nn.Sequential(
        nn.Linear(784, 10),  # (784,) -> (10,)
    )
    <BLANKLINE>
    if __name__ == "__main__":
        images = torch.randn(2, 784)
        outputs = net(images)
        print(tuple(outputs.shape))
        assert outputs.shape == (2, 10)
    <BLANKLINE>
    """
    analysis = stack.analyse()
    calls = [f"{layer_call(row.layer)}," for row in analysis.rows]
    width = max(map(len, calls), default=0)
    lines = [
        f"    {call:<{width}}  # {row.input_shape} -> {row.output_shape}\n"
        for call, row in zip(calls, analysis.rows, strict=True)
    ]
    return (
        "import torch\nfrom torch import nn\n\n"
        f"# {analysis.num_params:,} parameters, {analysis.num_macs:,} multiply-adds for one image\n"
        f"net = nn.Sequential(\n{''.join(lines)})\n\n"
        f'if __name__ == "__main__":\n    images = torch.randn{(2, *stack.input_shape)}\n'
        "    outputs = net(images)\n    print(tuple(outputs.shape))\n"
        f"    assert outputs.shape == {(2, *analysis.output_shape)}\n"
    )


def layer_call(layer: Layer) -> str:
    """Return the call that makes a layer in PyTorch.

    >>> from mnistcore.layers.kinds import Conv2d
    >>> layer_call(Conv2d(1, 16, 3, padding="same"))
    "nn.Conv2d(1, 16, kernel_size=3, padding='same')"
    """
    sizes = (layer.input_argument, layer.output_argument)
    values = layer.arguments()
    by_place = list(takewhile(lambda name: name in sizes, values))
    arguments = ", ".join(
        f"{value!r}" if name in by_place else f"{name}={value!r}" for name, value in values.items()
    )
    return f"nn.{layer.kind}({arguments})"
