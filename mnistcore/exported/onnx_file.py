"""A classifier as an ONNX file, for any program that runs such files.

Needs the package `onnx` (`pip install mnistcore[onnx]`). The graph takes images as the network does
and gives logits; how an image becomes that, and a logit a probability, stands in its metadata.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mnistcore.drawings.ink import FAINTEST_INK, LEAST_CONTRAST
from mnistcore.drawings.preprocessing import DIGIT_SIDE_PX, MIDDLE
from mnistcore.errors import InvalidInputError
from mnistcore.exported.plain_layers import NO_SHIFT, Pair, PlainLayer, plain_layers, shifts_of
from mnistcore.files import file_to_write
from mnistcore.mnist.splits import IMAGE_SIDE_PX
from mnistcore.reading.classifier import Classifier

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET = 17
IR_VERSION = 8  # of the format; read by every runtime since 2022
INPUT, OUTPUT = "images", "logits"


def write_onnx(path: Path, classifier: Classifier, title: str) -> None:
    """Write a classifier as an ONNX file, whole or not at all.

    Args:
        path: Where to.
        classifier: Its network is a chain of layers that `plain_layers` knows.
        title: What the graph is called.

    Raises:
        InvalidInputError: The package `onnx` is missing, or the network cannot be taken along.
    """
    content = onnx_model(classifier, title).SerializeToString()
    with file_to_write(path) as aside:
        aside.write_bytes(content)


def onnx_model(classifier: Classifier, title: str) -> "ModelProto":
    """Return the graph: `images` (N, 1, 28, 28) float32 -> `logits` (N, 10) or (N, 11).

    Raises:
        InvalidInputError: The package `onnx` is missing, or the network cannot be taken along.
    """
    try:
        from onnx import TensorProto, checker, helper
    except ImportError:
        raise InvalidInputError(
            "For an ONNX file the package `onnx` is needed. Install it: pip install mnistcore[onnx]"
        ) from None
    layers, shifts = plain_layers(classifier), shifts_of(classifier)
    graph = _Graph()
    values = graph.looks(INPUT, shifts)
    for layer in layers:
        values = graph.layer(layer, values)
    graph.mean(values, len(shifts), layers[-1].output_shape[0])
    described = helper.make_model(
        helper.make_graph(
            graph.nodes,
            title,
            [_value(INPUT, [1, IMAGE_SIDE_PX, IMAGE_SIDE_PX], TensorProto.FLOAT)],
            [_value(OUTPUT, [layers[-1].output_shape[0]], TensorProto.FLOAT)],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="mnistcore",
    )
    helper.set_model_props(described, {k: json.dumps(v) for k, v in metadata(classifier).items()})
    checker.check_model(described, full_check=True)
    return described


def metadata(classifier: Classifier) -> dict[str, Any]:
    """Return what a program needs to know beside the graph, as JSON in the file's metadata.

    >>> from mnistcore.reading.classifier import MYNET, load_classifier
    >>> metadata(load_classifier(MYNET))["mean"]
    0.5
    """
    return {
        "mean": classifier.mean,
        "std": classifier.std,
        "temperature": classifier.temperature,
        "threshold": classifier.threshold,
        "digit_side_px": DIGIT_SIDE_PX,
        "image_side_px": IMAGE_SIDE_PX,
        "middle_px": MIDDLE,
        "faintest_ink": FAINTEST_INK,
        "least_contrast": LEAST_CONTRAST,
        "preparation": "Ink bright on black in [0, 1]: what differs from the edge's middle colour, "
        "over the most it differs; nothing below faintest_ink. Crop to it, fit the longer side "
        "into digit_side_px by means over areas, divide by the largest, place it in image_side_px "
        "by whole pixels so that the centre of mass is pixel middle_px. Then (ink - mean) / std.",
    }


class _Graph:
    """Nodes and weights, as they are added one after the other."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def looks(self, images: str, shifts: tuple[Pair, ...]) -> str:
        """Put the images moved for each look below each other, (looks * N, 1, 28, 28)."""
        if shifts == NO_SHIFT:
            return images
        moved = [self._rolled(self._rolled(images, 2, down), 3, right) for down, right in shifts]
        return self._node("Concat", moved, axis=0)

    def layer(self, layer: PlainLayer, values: str) -> str:
        """Add one layer, and return the name of what it gives."""
        weights = [self._weight(w) for w in (layer.weight, layer.bias) if w is not None]
        match layer.kind:
            case "Conv2d":
                return self._node("Conv", [values, *weights], **_window(layer))
            case "Linear":
                return self._node("Gemm", [values, *weights], transB=1)
            case "BatchNorm":
                along = (1, -1, *[1] * (len(layer.input_shape) - 1))
                factor, summand = (
                    self._weight(w.reshape(along))
                    for w in (layer.weight, layer.bias)
                    if w is not None
                )
                return self._node("Add", [self._node("Mul", [values, factor]), summand])
            case "MaxPool2d":
                return self._node("MaxPool", [values], **_window(layer))
            case "AvgPool2d":
                counts = int(bool(layer.settings["count_include_pad"]))
                settings = _window(layer)
                del settings["dilations"]
                return self._node("AveragePool", [values], count_include_pad=counts, **settings)
            case "ReLU":
                return self._node("Relu", [values])
        return self._node("Flatten", [values])

    def mean(self, values: str, num_looks: int, num_logits: int) -> None:
        """Let the mean over the looks be what the graph gives."""
        shape = self._weight(np.array([num_looks, -1, num_logits]), np.int64)
        apart = self._node("Reshape", [values, shape])
        self._node("ReduceMean", [apart], OUTPUT, axes=[0], keepdims=0)

    def _rolled(self, images: str, axis: int, by: int) -> str:
        if by == 0:
            return images
        cut = (-by) % IMAGE_SIDE_PX
        ends = [self._weight(np.array([n]), np.int64) for n in (0, cut, IMAGE_SIDE_PX, axis)]
        start, middle, end, along = ends
        first = self._node("Slice", [images, start, middle, along])
        last = self._node("Slice", [images, middle, end, along])
        return self._node("Concat", [last, first], axis=axis)

    def _node(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def _weight(self, values: npt.NDArray[Any], dtype: type[np.generic] = np.float32) -> str:
        from onnx import numpy_helper

        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values.astype(dtype), name))
        return name


def _window(layer: PlainLayer) -> dict[str, Any]:
    """Return a window's settings under ONNX's names."""
    pair = {name: value for name, value in layer.settings.items() if isinstance(value, tuple)}
    settings: dict[str, Any] = {
        "kernel_shape": pair["kernel_size"],
        "strides": pair["stride"],
        "pads": [*pair["padding"], *pair["padding"]],
        "dilations": pair["dilation"],
    }
    if "groups" in layer.settings:
        settings["group"] = layer.settings["groups"]
    return settings


def _value(name: str, shape: list[int], kind: int) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(name, kind, ["N", *shape])
