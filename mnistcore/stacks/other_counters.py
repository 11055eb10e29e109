"""What other counters report for a network, in parts that add up, and why.

Their rules, not their code, found by running them on single layers in evaluation: torch 2.14,
fvcore 0.1.5, torchinfo 1.8.0, thop 0.1.1, ptflops 0.7.5, calflops 0.3.2. None of them is needed
here. Imports neither torch nor numpy.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mnistcore.layers.convolution import Convolution
from mnistcore.layers.elementwise import Dropout, ReLU
from mnistcore.layers.layer import Layer
from mnistcore.layers.linear import Flatten, Linear
from mnistcore.layers.normalisation import BatchNorm
from mnistcore.layers.pooling import Pooling
from mnistcore.stacks.counting_rules import (
    BIAS,
    MACS,
    Parts,
    calflops,
    fvcore,
    ptflops_pytorch,
    thop,
    torchinfo,
)
from mnistcore.stacks.stack import StackAnalysis, StackRow

MEASURED = (Convolution, Pooling, Linear, BatchNorm, ReLU, Dropout, Flatten)
PRODUCTS_ALONE = {"torch.utils.flop_counter", "torchvision"}  # nothing else of a layer counts


@dataclass(frozen=True)
class Counter:
    """One counter.

    Args:
        name: Of the package.
        unit: What its number counts, in our words: MACs or FLOPs.
        calls_it: What the package calls it.
        reason: Why its number is another one than ours, in a sentence or two.
        parts: Its rule: from a layer at its place to the parts of the number.
    """

    name: str
    unit: str
    calls_it: str
    reason: str
    parts: Callable[[StackRow], Parts]

    def knows(self, layer: Layer) -> bool:
        """Return whether its rule was found for a kind of layer, or is the same for all."""
        if isinstance(layer, BatchNorm) and not (layer.affine and layer.bias):
            return self.name in PRODUCTS_ALONE
        return self.name in PRODUCTS_ALONE or isinstance(layer, MEASURED)


@dataclass(frozen=True)
class CounterReport:
    """What one counter says of a network; `parts` add up to its number.

    `unknown` are the kinds of layers that its rule was not found for: with them the number is open.
    """

    counter: Counter
    parts: Parts
    expected: int
    unknown: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return the number that the counter reports."""
        return sum(self.parts.values())

    @property
    def surplus(self) -> int:
        """Return by how much it exceeds our MACs or FLOPs, whichever it counts."""
        return self.number - self.expected


def counter_reports(analysis: StackAnalysis) -> list[CounterReport]:
    """Return what every counter would report for a network.

    >>> from mnistcore.stacks.presets import my_net
    >>> reports = counter_reports(my_net().analyse())
    >>> {report.counter.name: report.number for report in reports}["thop"]
    582080
    """
    reports = []
    for counter in COUNTERS:
        parts: Parts = {}
        for row in analysis.rows:
            for name, count in counter.parts(row).items():
                parts[name] = parts.get(name, 0) + count
        factor = 2 if counter.unit == "FLOPs" else 1
        found = {name: count for name, count in parts.items() if count}
        unknown = {row.layer.kind for row in analysis.rows if not counter.knows(row.layer)}
        reports.append(
            CounterReport(counter, found, factor * analysis.num_macs, tuple(sorted(unknown)))
        )
    return reports


COUNTERS = (
    Counter(
        "torch.utils.flop_counter",
        "FLOPs",
        "FLOPs",
        "Two for each multiply-add. Nothing for bias, batch normalisation, ReLU and pooling. Its "
        "count for a backward pass is wrong for grouped convolutions.",
        lambda row: {MACS: 2 * row.num_macs},
    ),
    Counter(
        "torchvision",
        "MACs",
        "GFLOPS",
        "The `_ops` of its weights are thousand millions of multiply-adds, though they are called "
        "GFLOPS.",
        lambda row: {MACS: row.num_macs},
    ),
    Counter(
        "fvcore",
        "MACs",
        "flops",
        "Multiply-adds, called flops, and two for each element of a batch normalisation. A "
        "convolution with padding 'same' or 'valid' is overlooked altogether.",
        fvcore,
    ),
    Counter(
        "torchinfo",
        "MACs",
        "mult-adds",
        "Parameters times output positions: the bias counts as a multiply-add, a batch "
        "normalisation as its number of parameters. A transposed convolution is counted at its "
        "outputs: at stride 2 twice too often in 1-D, four times in 2-D; a linear layer once "
        "however often it is used.",
        torchinfo,
    ),
    Counter(
        "thop",
        "MACs",
        "MACs",
        "Multiply-adds, four for each element of a batch normalisation, one for each output of an "
        "average pooling. A transposed convolution is counted at its outputs: at stride 2 "
        "twice too often in 1-D, four times in 2-D.",
        thop,
    ),
    Counter(
        "ptflops, pytorch",
        "MACs",
        "MACs",
        "Bias, and two for each element of a batch normalisation. Each ReLU and each pooling is "
        "met twice, as a module and as a function: two for each element that goes in.",
        ptflops_pytorch,
    ),
    Counter(
        "ptflops, aten",
        "MACs",
        "MACs",
        "Multiply-adds and bias; nothing for batch normalisation, ReLU and pooling.",
        lambda row: {MACS: row.num_macs, BIAS: row.num_bias_adds},
    ),
    Counter(
        "calflops",
        "FLOPs",
        "FLOPs",
        "Two for each multiply-add, and the bias of convolutions only; two for each element of a "
        "batch normalisation, one for each that goes into a ReLU or a pooling. 'same' with an "
        "even kernel is taken to be one smaller, a grouped transposed convolution to be cheaper "
        "than it is.",
        calflops,
    ),
)
