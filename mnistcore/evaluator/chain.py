"""What happens to an image: one layer after another, as a network's `forward` calls them.

A value that two layers take is a branch, which a list of layers cannot say: it is refused by name.
"""

from dataclasses import dataclass, field

from mnistcore.errors import InvalidInputError
from mnistcore.evaluator.limits import CannotReadError, SpentError
from mnistcore.evaluator.values import BATCH, BatchSize
from mnistcore.layers.kinds import layer_from_dict
from mnistcore.layers.layer import Shape
from mnistcore.sentences import Sentence
from mnistcore.stacks.stack import MOST_LAYERS

Sizes = tuple[int | BatchSize, ...]


@dataclass(frozen=True)
class Call:
    """One layer at work.

    Args:
        draft: The layer, as `layer_to_dict` writes it; possible or not.
        line: Where it is written.
        called: Where it is called: the same line, or one of `forward`.
        owner: The number of the module that was called; None for a function.
        name: Of the function that was called, such as `F.relu`.
    """

    draft: dict[str, object]
    line: int
    called: int
    owner: int | None
    name: str


@dataclass(eq=False)
class Chain:
    """The calls so far, and the first that cannot work."""

    calls: list[Call] = field(default_factory=list)
    problem: CannotReadError | None = None
    gaps: set[int] = field(default_factory=set)  # places where something may be missing
    settled: dict[int, tuple[str, dict[str, object]]] = field(default_factory=dict)  # lazy ones
    went_on: dict[int, int] = field(default_factory=dict)  # from place: the line that took it

    def applied(self, tensor: "Tensor", call: Call) -> "Tensor":
        """Return what a layer makes of a tensor.

        Args:
            tensor: What goes in.
            call: The layer.

        Raises:
            CannotReadError: Another layer took the tensor, or there are too many layers.
        """
        self.require_end(tensor, call.called)
        if len(self.calls) >= MOST_LAYERS:
            raise SpentError(
                call.called,
                "The network has more than {most:,} layers. Choose fewer.",
                most=MOST_LAYERS,
            )
        shape = None if self.problem else self._shape_behind(tensor, call)
        self.went_on[tensor.place] = call.called
        self.calls.append(call)
        return Tensor(shape, self, len(self.calls))

    def require_end(self, tensor: "Tensor", line: int) -> None:
        """Raise `CannotReadError` if another layer took the tensor: there the network branches.

        Args:
            tensor: What a layer is to take.
            line: Where.
        """
        if tensor.place != len(self.calls):
            raise CannotReadError(
                line,
                "The network branches: what goes in here went on in line {line} "
                "already. Only one layer after another can be read.",
                line=self.went_on[tensor.place],
            )

    def _shape_behind(self, tensor: "Tensor", call: Call) -> Sizes | None:
        sizes = tensor.sizes(call.line)
        try:
            layer = layer_from_dict(call.draft)
            return sizes[0], *layer.output_shape(tensor.image_shape(call.called))
        except InvalidInputError as error:
            kind = str(call.draft["kind"])
            why = Sentence(error.template, **error.values)
            if not why.startswith(f"{kind} "):
                why = Sentence("{kind}: {error}", kind=kind, error=why)
            if (at := call.called) != call.line:
                why = Sentence("{error} (Called in line {line}.)", error=why, line=at)
            self.problem = CannotReadError(call.line, why)
            return None


@dataclass(frozen=True, eq=False)
class Tensor:
    """Images on their way: their sizes, the batch first, and their place in a chain.

    `shape` is None behind a layer that cannot work.
    """

    shape: Sizes | None
    chain: Chain
    place: int = 0

    def sizes(self, line: int) -> Sizes:
        """Return its sizes, or raise `CannotReadError` if a layer before it cannot work."""
        if self.shape is None:
            raise self.chain.problem or CannotReadError(line, "The size is not known here.")
        return self.shape

    @property
    def is_constant(self) -> bool:
        """Return whether the text itself made it, and no layer has seen it."""
        if self.shape is None:
            return False
        return self.place == 0 and not any(isinstance(size, BatchSize) for size in self.shape)

    def spreads_over(self, images: "Tensor") -> bool:
        """Return whether added to images it leaves their sizes as they are."""
        own, theirs = self.shape or (), images.shape or ()
        pairs = zip(reversed(own), reversed(theirs), strict=False)
        return len(own) <= len(theirs) and all(size in (1, other) for size, other in pairs)

    def image_shape(self, line: int) -> Shape:
        """Return the shape of one image: its sizes without the batch."""
        sizes = tuple(size for size in self.sizes(line)[1:] if not isinstance(size, BatchSize))
        if len(sizes) != len(self.sizes(line)) - 1 or not sizes:
            raise CannotReadError(line, "The batch is not the first axis here. Leave it there.")
        return sizes

    def through(self, kind: str, arguments: dict[str, object], line: int, name: str) -> "Tensor":
        """Return what a layer without weights makes of it.

        Args:
            kind: Of the layer.
            arguments: Of the layer.
            line: Where.
            name: What the text calls it.
        """
        return self.chain.applied(self, Call({"kind": kind} | arguments, line, line, None, name))


def new_input(input_shape: Shape) -> Tensor:
    """Return images of a shape, as many as you like, at the beginning of a chain.

    Args:
        input_shape: Of one image.

    >>> new_input((1, 28, 28)).shape
    (the batch size, 1, 28, 28)
    """
    return Tensor((BATCH, *input_shape), Chain())
