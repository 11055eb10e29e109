"""Any network as one table, a stack or a model of torchvision's; and that table as CSV.

Imports neither torch nor numpy.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from math import prod

from mnistcore.layers.layer import Fields, Layer, Shape
from mnistcore.layers.window import WindowLayer
from mnistcore.stacks.saved_memory import saved_memory
from mnistcore.stacks.stack import BYTES_PER_NUMBER, StackAnalysis

COLUMNS = (
    *("path", "layer", "output_shape", "num_params", "num_macs", "flops"),
    *("receptive_field", "effective_stride", "activation_bytes"),
)


@dataclass(frozen=True)
class NetworkRow:
    """One layer, or one block of layers.

    Args:
        name: What it is, in short.
        path: Its place in the model, such as `layer1.0.conv1`; its number in a stack.
        output_shape: What comes out, without the batch.
        num_params: Parameters.
        num_macs: Multiply-adds for one image.
        activation_bytes: Memory of all outputs in float32.
        fields: Receptive fields as in `layer.Fields`; None if unknown.
    """

    name: str
    path: str
    output_shape: Shape
    num_params: int
    num_macs: int
    activation_bytes: int
    fields: Fields | None

    @property
    def receptive_field(self) -> str:
        """Return the size that is seen along the axes, in words."""
        if self.fields is None:
            return "unknown"
        sizes = [str(field.size) if field else "all" for field in self.fields]
        return _joined(sizes) if any(self.fields) else "all"

    @property
    def effective_stride(self) -> str:
        """Return the pixels from one output's field to the next one's, also called jump."""
        if not self.fields or not any(self.fields):
            return "–"
        return _joined([str(field.effective_stride) if field else "–" for field in self.fields])


@dataclass(frozen=True)
class BlockOutput:
    """What comes out of a block of layers; `fields` as in `NetworkRow`."""

    output_shape: Shape
    fields: Fields | None


@dataclass(frozen=True)
class NetworkTable:
    """A network's rows and totals.

    Args:
        name: Of the network.
        input_shape: What goes in, without the batch.
        rows: Layer by layer.
        num_params: Parameters; those that belong to no row included.
        num_macs: Multiply-adds for one image, attention included.
        final_shape: What comes out at last, where the last row does not tell.
        blocks: By path what comes out of a block, where its last row does not tell.
        training_bytes: What training keeps of an image in a batch of two, see `saved_memory`.
    """

    name: str
    input_shape: Shape
    rows: tuple[NetworkRow, ...]
    num_params: int
    num_macs: int
    final_shape: Shape = ()
    blocks: Mapping[str, BlockOutput] = field(default_factory=dict)
    training_bytes: int = 0

    @property
    def output_shape(self) -> Shape:
        """Return what comes out at last."""
        last = self.rows[-1].output_shape if self.rows else self.input_shape
        return self.final_shape or last

    @property
    def weight_bytes(self) -> int:
        """Return the memory of all parameters, in float32."""
        return self.num_params * BYTES_PER_NUMBER

    @property
    def activation_bytes(self) -> int:
        """Return the memory of the image and all outputs together."""
        own = prod(self.input_shape) * BYTES_PER_NUMBER
        return own + sum(row.activation_bytes for row in self.rows)


def stack_table(name: str, analysis: StackAnalysis) -> NetworkTable:
    """Return a stack's numbers as a table.

    >>> from mnistcore.stacks.presets import my_net
    >>> row = stack_table("MyNet", my_net().analyse()).rows[6]
    >>> row.name, row.output_shape, row.receptive_field, row.effective_stride
    ('Conv2d 64 · 3×3 · stride 2 · padding 1', (64, 4, 4), '15', '8')
    """
    rows = tuple(
        NetworkRow(
            layer_name(row.layer),
            str(number),
            row.output_shape,
            row.num_params,
            row.num_macs,
            row.activation_bytes,
            row.receptive_fields or None,
        )
        for number, row in enumerate(analysis.rows, start=1)
    )
    return NetworkTable(
        name,
        analysis.input_shape,
        rows,
        analysis.num_params,
        analysis.num_macs,
        training_bytes=saved_memory(analysis).per_image,
    )


def table_csv(table: NetworkTable) -> str:
    """Return a table as CSV, with plain numbers and a total in the last line.

    >>> from mnistcore.stacks.presets import my_net
    >>> print(table_csv(stack_table("MyNet", my_net().analyse())).splitlines()[1])
    1,Conv2d 16 · 3×3 · stride 2 · padding 1,16x14x14,160,28224,56448,3,2,12544
    """
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in table.rows:
        shape = "x".join(map(str, row.output_shape))
        counts = [row.num_params, row.num_macs, 2 * row.num_macs]
        seen = [row.receptive_field, row.effective_stride]
        writer.writerow([row.path, row.name, shape, *counts, *seen, row.activation_bytes])
    shape = "x".join(map(str, table.output_shape))
    counts = [table.num_params, table.num_macs, 2 * table.num_macs]
    writer.writerow(["total", table.name, shape, *counts, "", "", table.activation_bytes])
    return file.getvalue()


def layer_name(layer: Layer) -> str:
    """Return a layer in short: what it makes and how, without what it takes.

    >>> from mnistcore.layers.kinds import Conv2d, Linear, MaxPool2d
    >>> layer_name(Conv2d(8, 16, (3, 1), padding="same", bias=False))
    'Conv2d 16 · 3×1 · padding same · no bias'
    >>> layer_name(Linear(1024, 10)), layer_name(MaxPool2d(2))
    ('Linear 10', 'MaxPool2d 2×2')
    """
    parts = []
    for name, value in layer.arguments().items():
        if isinstance(layer, WindowLayer) and name == "kernel_size":
            parts.append("×".join(map(str, layer.for_each_axis(name))))
        elif name == "bias":
            parts.append("no bias")
        elif name in (layer.output_argument, "p"):
            parts.append(str(value))
        elif name != layer.input_argument:
            shown = "×".join(map(str, value)) if isinstance(value, tuple) else value
            parts.append(name if value is True else f"{name} {shown}")
    return f"{layer.kind} {' · '.join(parts)}".strip()


def _joined(sizes: list[str]) -> str:
    return sizes[0] if len(set(sizes)) == 1 else " × ".join(sizes)
