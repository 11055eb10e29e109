"""A network as typed, judged up to its first impossible layer; nothing typed is lost.

Imports neither torch nor numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import LAYER_KINDS, layer_from_dict, layer_to_dict
from mnistcore.layers.layer import Layer, Shape
from mnistcore.sentences import Sentence
from mnistcore.stacks.stack import LayerStack, StackAnalysis, StackRow, pixel_fields, stack_row
from mnistcore.stacks.text_format import Draft


@dataclass(frozen=True)
class DraftAnalysis:
    """What is known of a network as typed.

    Args:
        analysis: Of the layers up to the impossible one; of all if there is none.
        problem: What is wrong with the next layer, and the way out; None if all work.
    """

    analysis: StackAnalysis
    problem: InvalidInputError | None

    @property
    def stack(self) -> LayerStack:
        """Return the network up to the impossible layer."""
        layers = tuple(row.layer for row in self.analysis.rows)
        return LayerStack(self.analysis.input_shape, layers)

    @property
    def training_obstacle(self) -> str:
        """Return why the network cannot be trained on the digits; "" if it can.

        >>> analyse_drafts((1, 28, 28), [{"kind": "Flatten"}]).training_obstacle
        'Digits are sorted into 10 kinds, but (784,) comes out. End with a Linear(..., 10).'
        """
        if self.problem:
            return Sentence("Mend layer {number} first.", number=len(self.analysis.rows) + 1)
        if self.analysis.input_shape != (1, 28, 28):
            return Sentence(
                "The digits are (1, 28, 28), but the input is {input_shape}. Set the input shape "
                "to 1, 28, 28.",
                input_shape=self.analysis.input_shape,
            )
        if self.analysis.output_shape != (10,):
            return Sentence(
                "Digits are sorted into 10 kinds, but {output_shape} comes out. End with a "
                "Linear(..., 10).",
                output_shape=self.analysis.output_shape,
            )
        if not self.analysis.num_params:
            return Sentence("There is nothing to learn. Add a Linear layer.")
        return ""


def analyse_drafts(input_shape: Shape, drafts: Sequence[Draft]) -> DraftAnalysis:
    """Return the numbers of every layer up to the first that is impossible.

    Args:
        input_shape: The shape of one image.
        drafts: The layers as typed.

    >>> result = analyse_drafts((1, 28, 28), [{"kind": "ReLU"}, {"kind": "Linear"}])
    >>> len(result.analysis.rows), str(result.problem)
    (1, 'Layer 2, Linear: Linear needs `in_features`. Give it a value.')
    """
    rows: list[StackRow] = []
    problem = None
    shape = input_shape
    fields = pixel_fields(input_shape)
    for number, draft in enumerate(drafts, start=1):
        try:
            row = stack_row(layer_from_dict(draft), shape, fields)
        except InvalidInputError as error:
            kind = str(draft.get("kind"))[:40]
            problem = InvalidInputError(
                "Layer {number}, {kind}: {error}", number=number, kind=kind, error=error
            )
            break
        rows.append(row)
        shape, fields = row.output_shape, row.receptive_fields
    return DraftAnalysis(StackAnalysis(input_shape, tuple(rows)), problem)


def fit_drafts(input_shape: Shape, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the layers, each one's inputs set to what comes out of the one before.

    Sets `in_channels`, `in_features` and `num_features`; from an impossible layer on, nothing.

    Args:
        input_shape: The shape of one image.
        drafts: The layers as typed.

    >>> fit_drafts((1, 28, 28), [{"kind": "Flatten"}, {"kind": "Linear", "out_features": 10}])[1]
    {'kind': 'Linear', 'in_features': 784, 'out_features': 10}
    """
    fitted = list(drafts)
    shape = input_shape
    for place, draft in enumerate(drafts):
        try:
            layer = _fitted(draft, shape)
            shape = layer.output_shape(shape)
        except InvalidInputError:
            return fitted
        fitted[place] = layer_to_dict(layer)
    return fitted


def needs_fitting(input_shape: Shape, drafts: Sequence[Draft]) -> bool:
    """Return whether `fit_drafts` would make an impossible network work further.

    Args:
        input_shape: The shape of one image.
        drafts: The layers as typed.

    >>> needs_fitting((1, 28, 28), [{"kind": "BatchNorm2d", "num_features": 3}])
    True
    """
    typed = analyse_drafts(input_shape, drafts)
    if not typed.problem:
        return False
    fitted = analyse_drafts(input_shape, fit_drafts(input_shape, drafts))
    return len(fitted.analysis.rows) > len(typed.analysis.rows)


def _fitted(draft: Draft, shape: Shape) -> Layer:
    values = dict(draft)
    groups = values.get("groups", 1)
    if groups == 1 or groups != values.get("in_channels"):  # a depthwise one is fitted as a whole
        kind = LAYER_KINDS.get(str(values.get("kind")), Layer)
        values |= kind.fitting_arguments(shape)
    return layer_from_dict(values).fitted_to(shape)
