"""The calculator's numbers asked of torch: the very layers, built and run.

Shapes come from torch's own output, parameters from its tensors, multiply-adds from
`torch.utils.flop_counter`, which counts two operations for each.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.random_layers import LayerDraw, draw_layers
from mnistcore.in_torch.saved_tensors import saved_bytes
from mnistcore.in_torch.torch_layers import build_layer
from mnistcore.layers.arguments import whole_number
from mnistcore.layers.kinds import make_layer
from mnistcore.layers.layer import Shape
from mnistcore.stacks.saved_memory import saved_of_layer
from mnistcore.stacks.stack import LayerStack, analyse_layer

MOST_CASES = 10**7


@dataclass(frozen=True)
class Figures:
    """What the calculator and torch are compared in.

    `saved_bytes` is what training keeps of two images behind a trained layer; None if not asked.
    """

    output_shape: Shape
    num_params: int
    num_macs: int
    saved_bytes: int | None = None


@dataclass(frozen=True)
class Comparison:
    """One layer or network: our figures beside torch's; None where it was refused.

    Args:
        kind: Of the layer; "" for a whole network.
        subject: What was built, in words.
        ours: The calculator's figures.
        torchs: The figures torch gave.
    """

    kind: str
    subject: str
    ours: Figures | None
    torchs: Figures | None

    @property
    def agrees(self) -> bool:
        """Return whether both say the same, down to the last digit or in refusing."""
        return self.ours == self.torchs

    def figures(self) -> dict[str, tuple[str, str]]:
        """Return each figure in words, ours first, then torch's.

        >>> figures = Figures((16, 14, 14), 160, 28224)
        >>> Comparison("Conv2d", "Conv2d(...)", figures, figures).figures()["MACs"]
        ('28,224', '28,224')
        """
        ours, torchs = _in_words(self.ours), _in_words(self.torchs)
        return {name: (ours[name], torchs[name]) for name in ours}


def torch_figures(module: nn.Module, input_shape: Shape, device: str = "cpu") -> Figures:
    """Return what torch says of a module when one image goes through it.

    Args:
        module: Any module.
        input_shape: The shape of one image that goes in.
        device: Where the module is; on "meta" nothing is allocated or calculated.

    >>> torch_figures(nn.Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28))
    Figures(output_shape=(16, 14, 14), num_params=160, num_macs=28224, saved_bytes=None)
    """
    counter = FlopCounterMode(display=False)
    with warnings.catch_warnings(), torch.no_grad(), counter:
        warnings.simplefilter("ignore")  # true of speeds and habits, not of any number asked for
        output = module.eval()(torch.zeros(1, *input_shape, device=device))
    return Figures(
        tuple(output.shape[1:]),
        sum(parameter.numel() for parameter in module.parameters()),
        counter.get_total_flops() // 2,
    )


def check_stack(stack: LayerStack, device: str = "meta") -> Iterator[Comparison]:
    """Yield every layer of a network beside torch's, and at last the network as a whole.

    Args:
        stack: The network.
        device: "meta" allocates no weights; "cpu" really runs them.

    Raises:
        InvalidInputError: A layer cannot take what the one before it gives.

    >>> from mnistcore.stacks.presets import my_net
    >>> all(comparison.agrees for comparison in check_stack(my_net()))
    True
    """
    analysis = stack.analyse()
    modules = [build_layer(layer, device) for layer in stack.layers]
    for row, module in zip(analysis.rows, modules, strict=True):
        ours = Figures(row.output_shape, row.num_params, row.num_macs)
        theirs = torch_figures(module, row.input_shape, device)
        yield Comparison(row.layer.kind, str(row.layer), ours, theirs)
    whole = Figures(analysis.output_shape, analysis.num_params, analysis.num_macs)
    theirs = torch_figures(nn.Sequential(*modules), stack.input_shape, device)
    yield Comparison("", "The whole network", whole, theirs)


def verify(cases: int, seed: int) -> Iterator[Comparison]:
    """Yield random layers of every kind, ours beside torch's; refused ones included.

    Every layer is really run, on the CPU.

    Args:
        cases: How many layers.
        seed: The same seed draws the same layers.

    Raises:
        InvalidInputError: An argument is no whole number in range.

    >>> all(comparison.agrees for comparison in verify(cases=50, seed=3))
    True
    """
    cases = whole_number("cases", cases, minimum=1, maximum=MOST_CASES)
    seed = whole_number("seed", seed, minimum=0)
    for draw in draw_layers(cases, seed):
        yield Comparison(draw.kind, str(draw), _our_answer(draw), _torchs_answer(draw))


def _in_words(figures: Figures | None) -> dict[str, str]:
    if figures is None:
        return dict.fromkeys(("Output shape", "Parameters", "MACs"), "impossible")
    return {
        "Output shape": " × ".join(map(str, figures.output_shape)),
        "Parameters": f"{figures.num_params:,}",
        "MACs": f"{figures.num_macs:,}",
    }


def _our_answer(draw: LayerDraw) -> Figures | None:
    try:
        layer = make_layer(draw.kind, **draw.arguments)
        row = analyse_layer(layer, draw.input_shape)
    except InvalidInputError:
        return None
    saved = saved_of_layer(layer, draw.input_shape)
    return Figures(row.output_shape, row.num_params, row.num_macs, saved.of_batch(2))


def _torchs_answer(draw: LayerDraw) -> Figures | None:
    """Return torch's figures of the arguments as drawn, untouched by any code of ours."""
    try:
        module: nn.Module = getattr(nn, draw.kind)(**draw.arguments)
        figures = torch_figures(module, draw.input_shape)
    except (RuntimeError, ValueError, IndexError, TypeError):
        return None
    # A transposed convolution whose padding cuts all away gives an empty tensor: no size; a
    # Flatten that joins the images of a batch leaves nothing of one image's shape.
    if not figures.output_shape or not all(figures.output_shape):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        saved = saved_bytes(module, draw.input_shape, batch_size=2, has_gradient=True)
    return replace(figures, saved_bytes=saved)
