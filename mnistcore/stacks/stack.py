"""A network as an input shape and a list of layers: a table of all its numbers.

Knows no file format (`json_format` does) and imports neither torch nor numpy:
`in_torch.torch_layers` builds the same network there.
"""

from dataclasses import dataclass
from math import prod

from mnistcore.errors import InvalidInputError
from mnistcore.layers.layer import Fields, Layer, Shape, checked_shape
from mnistcore.layers.receptive_field import ReceptiveField, UnknownFieldError

BYTES_PER_NUMBER = 4  # float32
MOST_LAYERS = 1000


@dataclass(frozen=True)
class LayerStack:
    """A network: the shape of one image, and the layers it goes through.

    >>> from mnistcore.layers.kinds import Conv2d
    >>> LayerStack((1, 28, 28), (Conv2d(1, 16, 3),)).analyse().output_shape
    (16, 26, 26)
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "input_shape", checked_shape(self.input_shape))
        if len(self.layers) > MOST_LAYERS:
            raise InvalidInputError(
                "The network has {num_layers} layers. Choose {most_layers} or fewer.",
                num_layers=len(self.layers),
                most_layers=MOST_LAYERS,
            )

    def analyse(self) -> "StackAnalysis":
        """Return every layer's numbers and their totals.

        Raises:
            InvalidInputError: A layer cannot take what the one before it gives.
        """
        rows: list[StackRow] = []
        shape: Shape = self.input_shape
        fields = pixel_fields(shape)
        for number, layer in enumerate(self.layers, start=1):
            try:
                row = stack_row(layer, shape, fields)
            except InvalidInputError as error:
                raise InvalidInputError(
                    "Layer {number}, {kind}: {error}", number=number, kind=layer.kind, error=error
                ) from None
            rows.append(row)
            shape, fields = row.output_shape, row.receptive_fields
        return StackAnalysis(self.input_shape, tuple(rows))

    def fitted(self) -> "LayerStack":
        """Return the network with each layer's inputs set to what the layer before it gives.

        Sets `in_channels`, `num_features` and `in_features`, and changes nothing else.

        Raises:
            InvalidInputError: A layer cannot work all the same.

        >>> from mnistcore.layers.kinds import Linear
        >>> LayerStack((1, 28, 28), (Linear(99, 10),)).fitted().layers[0].in_features
        28
        """
        shape, layers = self.input_shape, []
        for number, layer in enumerate(self.layers, start=1):
            try:
                fitted = layer.fitted_to(shape)
                shape = fitted.output_shape(shape)
            except InvalidInputError as error:
                raise InvalidInputError(
                    "Layer {number}, {kind}: {error}", number=number, kind=layer.kind, error=error
                ) from None
            layers.append(fitted)
        return LayerStack(self.input_shape, tuple(layers))


@dataclass(frozen=True)
class StackRow:
    """One layer's numbers at its place in the network; counts as in `Layer`.

    `receptive_fields` is () where they are unknown.
    """

    layer: Layer
    input_shape: Shape
    output_shape: Shape
    num_params: int
    num_macs: int
    num_bias_adds: int
    num_other_ops: int
    receptive_fields: Fields

    @property
    def weight_bytes(self) -> int:
        """Return the memory of the layer's parameters, in float32."""
        return self.num_params * BYTES_PER_NUMBER

    @property
    def activation_bytes(self) -> int:
        """Return the memory of the layer's output for one image, in float32."""
        return prod(self.output_shape) * BYTES_PER_NUMBER


@dataclass(frozen=True)
class StackAnalysis:
    """All rows of a network, and their totals."""

    input_shape: Shape
    rows: tuple[StackRow, ...]

    @property
    def output_shape(self) -> Shape:
        """Return the shape that comes out of the last layer."""
        return self.rows[-1].output_shape if self.rows else self.input_shape

    @property
    def num_params(self) -> int:
        """Return the number of trained parameters."""
        return sum(row.num_params for row in self.rows)

    @property
    def num_macs(self) -> int:
        """Return the multiply-adds of convolutions and linear layers for one image."""
        return sum(row.num_macs for row in self.rows)

    @property
    def activation_bytes(self) -> int:
        """Return the memory of the image and all outputs together; training keeps others."""
        own = prod(self.input_shape) * BYTES_PER_NUMBER
        return own + sum(row.activation_bytes for row in self.rows)


def analyse_layer(layer: Layer, input_shape: Shape) -> StackRow:
    """Return one layer's numbers, the layer being the first of its network.

    Args:
        layer: Any layer.
        input_shape: The shape of one image that goes in.

    Raises:
        InvalidInputError: The layer cannot take this input.

    >>> from mnistcore.layers.kinds import Linear
    >>> analyse_layer(Linear(1024, 10), (1024,)).num_params
    10250
    """
    return stack_row(layer, input_shape, pixel_fields(input_shape))


def stack_row(layer: Layer, input_shape: Shape, fields: Fields) -> StackRow:
    """Return one layer's numbers at its place in a network.

    Args:
        layer: Any layer.
        input_shape: The shape of one image that goes in.
        fields: The receptive fields in front of it; () if they are unknown.

    Raises:
        InvalidInputError: The layer cannot take this input.
    """
    return StackRow(
        layer,
        input_shape,
        layer.output_shape(input_shape),
        layer.num_params,
        layer.num_macs(input_shape),
        layer.num_bias_adds(input_shape),
        layer.num_other_ops(input_shape),
        _fields_behind(layer, input_shape, fields),
    )


def pixel_fields(input_shape: Shape) -> Fields:
    """Return the receptive fields in front of the first layer: each value sees itself.

    Args:
        input_shape: The shape of one image.
    """
    return (ReceptiveField(),) * max(1, len(input_shape) - 1)


def _fields_behind(layer: Layer, input_shape: Shape, fields: Fields) -> Fields:
    try:
        return fields and layer.receptive_fields(fields, input_shape)
    except UnknownFieldError:
        return ()
