"""One HTML file with a network in it: a canvas, ten bars, the 28x28 and the maps of the layers.

It works from a double click, without internet: nothing in it asks for anything, and its own content
security policy forbids that it could. The runtime is plain JavaScript of this project, in `web/`;
ONNX Runtime Web would have been ten times the size that the whole page has.
"""

import base64
import html
import json
import re
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import numpy.typing as npt

from mnistcore.exported.plain_layers import PlainLayer, plain_layers, shifts_of
from mnistcore.exported.texts import PAGE, Texts
from mnistcore.files import PACKAGE, file_to_write
from mnistcore.mnist.splits import IMAGE_SIDE_PX
from mnistcore.reading.classifier import Classifier

PARTS = PACKAGE / "exported" / "web"
SCRIPTS = ("prepare.js", "network.js", "page.js")
LARGEST = 2**15 - 1  # of the whole numbers that a weight is stored as

# Each file is a module of its own; in the page they stand in one, below each other.
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class)", re.MULTILINE)


def web_page(classifier: Classifier, title: str, texts: Texts = PAGE) -> str:
    """Return a whole page that reads what is drawn on it, as this classifier does.

    Args:
        classifier: Its network is a chain of layers that `plain_layers` knows.
        title: What the page calls it.
        texts: What it says, in the reader's language.

    Raises:
        InvalidInputError: The network cannot be taken along; the message says why.

    >>> from mnistcore.reading.classifier import MYNET, load_classifier
    >>> page = web_page(load_classifier(MYNET), "MyNet")
    >>> "<title>MyNet reads digits</title>" in page, "https://" in page
    (True, False)
    """
    layers = plain_layers(classifier)
    num_params = sum(p.numel() for p in classifier.model.parameters())
    values = {"title": title, "num_params": num_params}
    words = {name: html.escape(text) for name, text in texts.items()}
    words["name"] = html.escape(texts["name"].format(**values))
    words["about"] = html.escape(texts["about"].format(**values))
    words["script_needed"] = words.pop("script")
    script = "\n".join(_without_modules(PARTS / name) for name in SCRIPTS)
    return Template((PARTS / "page.html").read_text(encoding="utf-8")).substitute(
        words,
        style=(PARTS / "page.css").read_text(encoding="utf-8"),
        network=json.dumps(_described(classifier, layers, texts)).replace("<", "\\u003c"),
        script=script,
    )


def write_web_page(path: Path, classifier: Classifier, title: str, texts: Texts = PAGE) -> None:
    """Write `web_page` as a file, whole or not at all.

    Raises:
        InvalidInputError: The network cannot be taken along.
    """
    content = web_page(classifier, title, texts)
    with file_to_write(path) as aside:
        aside.write_text(content, encoding="utf-8")


def _without_modules(path: Path) -> str:
    text = _IMPORT.sub("", path.read_text(encoding="utf-8"))
    return _EXPORT.sub("", text)


def _described(classifier: Classifier, layers: list[PlainLayer], texts: Texts) -> dict[str, Any]:
    """Return what `web/network.js` makes its network of."""
    return {
        "side": IMAGE_SIDE_PX,
        "mean": classifier.mean,
        "std": classifier.std,
        "temperature": classifier.temperature,
        "threshold": classifier.threshold,
        "shifts": shifts_of(classifier),
        "spread": _encoded(np.frombuffer((PARTS / "spread.wasm").read_bytes(), np.uint8)),
        "layers": [
            _layer(layer, shown)
            for layer, shown in zip(layers, _shown(layers, texts["layer"]), strict=True)
        ],
        "doubt": texts["doubt"],
    }


def _shown(layers: list[PlainLayer], heading: str) -> list[str]:
    """Return a heading for each layer whose maps are shown, and nothing for the others.

    A convolution is shown as its ReLU leaves it, where one follows.
    """
    followers = [*(layer.kind for layer in layers[1:]), ""]
    shown, count = [], 0
    for place, layer in enumerate(layers):
        is_convolved = layer.kind == "Conv2d"
        count += is_convolved
        before = layers[place - 1].kind if place else ""
        at_its_end = (is_convolved and followers[place] != "ReLU") or (
            layer.kind == "ReLU" and before == "Conv2d"
        )
        sizes = dict(zip(("channels", "height", "width"), layer.output_shape, strict=False))
        shown.append(heading.format(number=count, **sizes) if at_its_end else "")
    return shown


def _layer(layer: PlainLayer, shown: str) -> dict[str, Any]:
    """Return one layer; shapes and weights with the channels, or the outputs, last."""
    content: dict[str, Any] = {
        "kind": layer.kind,
        "given": _channels_last(layer.input_shape),
        "gives": _channels_last(layer.output_shape),
        "shown": shown,
        **{_JS_NAMES.get(name, name): value for name, value in layer.settings.items()},
    }
    if layer.bias is not None:
        content["biases"] = _encoded(layer.bias.astype("<f4"))
    if layer.weight is not None and layer.kind == "BatchNorm":
        content["factors"] = _encoded(layer.weight.astype("<f4"))
    elif layer.weight is not None:
        content["packed"] = _packed(np.moveaxis(layer.weight, (0, 1), (-1, -2)))
    return content


_JS_NAMES = {"kernel_size": "kernel", "count_include_pad": "countsPadding"}


def _packed(weight: npt.NDArray[np.float64]) -> dict[str, str]:
    """Return weights (..., outputs) as 16-bit whole numbers and a scale for each output.

    Sixteen times as exact as float16 where it counts, at the same size.
    """
    largest = abs(weight).reshape(-1, weight.shape[-1]).max(axis=0)  # (outputs,)
    scales = (np.maximum(largest, 1e-30) / LARGEST).astype("<f4")
    numbers = np.rint(weight / scales.astype(np.float64)).clip(-LARGEST, LARGEST).astype("<i2")
    return {"numbers": _encoded(numbers), "scales": _encoded(scales)}


def _encoded(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def _channels_last(shape: tuple[int, ...]) -> list[int]:
    return [*shape[1:], shape[0]]
