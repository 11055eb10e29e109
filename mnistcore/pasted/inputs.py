"""The shape of the images that a text is about, where nobody tells: what it says, or what fits.

Nothing is guessed between two that fit: then it is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnistcore.layers.layer import Shape
from mnistcore.pasted.reading import PastedError, PastedNetwork, PastedText
from mnistcore.sentences import Sentence

DEFAULT = (1, 28, 28)
DATA_SETS = {
    **dict.fromkeys(("FashionMNIST", "KMNIST", "EMNIST", "QMNIST", "MNIST"), DEFAULT),
    **dict.fromkeys(("CIFAR100", "CIFAR10", "SVHN"), (3, 32, 32)),
}
SIDES = (28, 32, 64, 96, 128, 224, 227, 256, 299)  # of the pictures that most data sets have
RARE_SIDES = (
    *(8, 16, 20, 24, 36, 40, 48, 50, 56, 60, 80, 84, 100, 112, 150, 160, 192, 200, 240),
    *(300, 320, 331, 384, 400, 416, 448, 480, 512, 600, 640),
)
IN_CHANNELS = ("in_channels", "num_features", "num_channels")


@dataclass(frozen=True)
class Fitting:
    """A network with a shape that was found for it, and how.

    Args:
        network: With the shape.
        reason: Why this shape, as the end of a sentence.
    """

    network: PastedNetwork
    reason: str


def fit_input(text: PastedText) -> Fitting:
    """Return a text's network with the shape of image that it is about.

    Args:
        text: The text, followed.

    Raises:
        PastedError: No shape fits, or more than one does.
    """
    tried: list[PastedNetwork] = []
    for shape, reason in _named(text):
        network = text.sent(shape)
        if not network.problem:
            return Fitting(network, reason)
        tried.append(network)
    fitting: list[PastedNetwork] = []
    for sides in (SIDES, RARE_SIDES):
        fitting = fitting or [
            each for each in map(text.sent, _likely(text, tried[0], sides)) if not each.problem
        ]
    if len(fitting) == 1:
        return Fitting(fitting[0], "the usual size at which all layers fit together")
    if fitting:
        shapes = "; ".join(_shown(each.input_shape) for each in fitting[:4])
        several = Sentence(
            "Several input shapes fit: {shapes}. Give the input shape.", shapes=shapes
        )
        raise PastedError(0, several)
    furthest = max(tried, key=lambda each: len(each.trace.calls))
    problem = furthest.problem
    if problem is None or problem.line == 0:
        none = Sentence("No input shape was found that fits. Give the input shape.")
        raise PastedError(0, none)
    why = Sentence(
        "{why} (With an input of {shape}; if it is another, give the input shape.)",
        why=problem.why,
        shape=_shown(furthest.input_shape),
    )
    raise PastedError(problem.line, why)


def _named(text: PastedText) -> Iterator[tuple[Shape, str]]:
    """Yield the shapes that the text names, and at last this project's own."""
    for shape in text.fed_shapes:
        yield shape, "as the text itself sends through"
    source = "\n".join(text.machine.lines)
    if "Resize(" not in source and "Crop(" not in source:
        for name, shape in DATA_SETS.items():
            if f"{name}(" in source:
                yield shape, f"as {name} has them"
    yield DEFAULT, "as MNIST has them"


def _likely(text: PastedText, first: PastedNetwork, sides: Sequence[int]) -> Iterator[Shape]:
    """Yield shapes that the first layer could take, pictures being square.

    The first that is called, or where none was reached the first that is made.
    """
    called: list[dict[str, object]] = [call.draft for call in first.trace.calls]
    made = [{"kind": each.kind} | each.arguments for each in text.machine.modules if each.is_layer]
    for values in (*called, *made):
        features = values.get("in_features")
        if isinstance(features, int):
            yield (features,)
            return
        channels = next((values[name] for name in IN_CHANNELS if name in values), None)
        if isinstance(channels, int) and "1d" not in str(values["kind"]):
            yield from ((channels, side, side) for side in sides)
        if channels is not None:
            return


def _shown(shape: Shape) -> str:
    return ", ".join(map(str, shape))
