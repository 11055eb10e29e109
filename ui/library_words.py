"""What the library says in constants and pages show: listed here, since it knows no language."""

from collections.abc import Iterator

from mnistcore.convolution.deep_kernels import DEEP_KERNELS
from mnistcore.convolution.kernels import KERNELS
from mnistcore.explained.axis_layout import ENDS
from mnistcore.in_torch.paired_times import VERDICTS
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.models.catalogue import NETWORK_NAMES
from mnistcore.stacks.other_counters import COUNTERS
from mnistcore.stacks.presets import PRESETS
from mnistcore.training.setting_texts import EXPLANATIONS


def library_words() -> Iterator[str]:
    """Yield the texts; pages look them up as they look up their own."""
    for name, end in ENDS.items():
        yield name
        yield name.capitalize()
        yield end
    yield from VERDICTS.values()
    yield from PRESETS
    for counter in COUNTERS:
        yield counter.reason
    yield from ("weights", "bias", "outputs")  # of formulas
    yield from ("Layers", "Weight memory", "Training memory", "Output shape", "Parameters")
    yield from KERNELS
    yield from DEEP_KERNELS
    yield from NETWORK_NAMES.values()
    for name, explanation in EXPLANATIONS.items():
        yield name.replace("_", " ")
        yield name.replace("_", " ").capitalize()
        yield explanation
    yield from sorted({kind.family for kind in LAYER_KINDS.values()} - {""})
    yield from ("Linear", "Flatten")
    yield from ("network", "device", "num threads", "rules")
