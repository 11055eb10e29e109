"""One of torchvision's models taken apart: every module's numbers, the totals, the published ones.

Parameters and multiply-adds come from this library's own formulas, module by module; torch's
counter tells what no module accounts for, and torchvision's figures are an independent witness.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from mnistcore.in_torch.receptive_fields import block_outputs, module_fields
from mnistcore.in_torch.saved_tensors import saved_bytes
from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.in_torch.torchvision_models import build_model, published_metadata
from mnistcore.layers.layer import Fields, Layer, Shape
from mnistcore.sentences import Sentence
from mnistcore.stacks.saved_memory import SMALLEST_BATCH
from mnistcore.stacks.stack import BYTES_PER_NUMBER
from mnistcore.stacks.table import BlockOutput, NetworkRow, NetworkTable, layer_name


@dataclass(frozen=True)
class ModelRow:
    """One module of the model, in the order of the calculation.

    Args:
        name: Its path in the model.
        kind: Its class in torch.
        layer: Its namesake in this library; None if there is none.
        input_shape: The shape that goes in, without the batch.
        output_shape: The shape that comes out.
        num_params: By our formulas; by torch's count where `layer` is None.
        num_macs: By our formulas.
        receptive_fields: As in `layer.Fields`; None if unknown.
    """

    name: str
    kind: str
    layer: Layer | None
    input_shape: Shape
    output_shape: Shape
    num_params: int
    num_macs: int
    receptive_fields: Fields | None


@dataclass(frozen=True)
class ModelAnalysis:
    """A model's rows, and its totals beside what others say.

    Args:
        name: As in torchvision.
        input_shape: The images its published weights were tested on.
        rows: Every module that calculates something.
        num_params: Our formulas for the rows, and torch's count for what is no row.
        num_macs: Of convolutions and linear layers that are modules, by our formulas.
        num_other_macs: What torch counts beyond these: matrix products inside attention.
        published_params: `num_params` of torchvision's metadata.
        published_gmacs: `_ops` of torchvision's metadata: named GFLOPS, but multiply-adds.
        output_shape: What comes out of the model.
        blocks: By path what comes out of every module, blocks of them included.
        training_bytes: What training keeps of an image in a batch of two, by torch's own hooks.
    """

    name: str
    input_shape: Shape
    rows: tuple[ModelRow, ...]
    num_params: int
    num_macs: int
    num_other_macs: int
    published_params: int
    published_gmacs: float
    output_shape: Shape
    blocks: Mapping[str, BlockOutput]
    training_bytes: int

    @property
    def gmacs(self) -> float:
        """Return all multiply-adds in thousand millions, to the three decimals of `_ops`."""
        return round((self.num_macs + self.num_other_macs) / 1e9, 3)

    @property
    def params_agree(self) -> bool:
        """Return whether the parameters are those that were published."""
        return self.num_params == self.published_params

    @property
    def gmacs_agree(self) -> bool:
        """Return whether the multiply-adds are those that were published, to three decimals."""
        return self.gmacs == self.published_gmacs

    @property
    def note(self) -> str:
        """Return what has to be known about this model's figures; "" for most models."""
        if self.name == "googlenet":
            return Sentence(
                "counted without the two auxiliary classifiers, as it was published. They serve "
                "training only; torchvision's constructor adds them unless told not to."
            )
        if not self.num_other_macs:
            return ""
        note = Sentence(
            "its convolutions and linear layers come to {own:.3f} GMACs; the other {other:.3f} are "
            "matrix products inside attention, which calls no layer for them: torch counted them.",
            own=self.num_macs / 1e9,
            other=self.num_other_macs / 1e9,
        )
        if not self.name.startswith("vit_"):
            return note
        hidden = Sentence(
            "On a CPU, PyTorch's fused attention hides them from its counter: there it finds the "
            "layers' alone."
        )
        return Sentence("{first} {second}", first=note, second=hidden)


def analyse_model(name: str) -> ModelAnalysis:
    """Return everything about a model, from one pass of one image through it on "meta".

    Args:
        name: One of `model_names()`.

    Raises:
        InvalidInputError: There is no such model.

    >>> analysis = analyse_model("resnet50")
    >>> analysis.num_params, analysis.gmacs
    (25557032, 4.089)
    """
    model, input_shape = build_model(name)
    rows: list[ModelRow] = []
    seen = module_fields(model, input_shape)
    hooks = [
        module.register_forward_hook(_recorder(path, rows, seen))
        for path, module in model.named_modules()
        if not list(module.children())
    ]
    counter = FlopCounterMode(display=False)
    with torch.no_grad(), counter:
        output = model(torch.zeros(1, *input_shape, device="meta"))
    for hook in hooks:
        hook.remove()
    num_macs = sum(row.num_macs for row in rows)
    metadata = published_metadata(name)
    return ModelAnalysis(
        name,
        input_shape,
        tuple(rows),
        sum({row.name: row.num_params for row in rows}.values()) + _params_elsewhere(model, rows),
        num_macs,
        counter.get_total_flops() // 2 - num_macs,
        metadata["num_params"],
        metadata["_ops"],
        tuple(output.shape[1:]),
        block_outputs(model, input_shape),
        saved_bytes(model, input_shape, batch_size=SMALLEST_BATCH, device="meta") // SMALLEST_BATCH,
    )


def model_table(analysis: ModelAnalysis) -> NetworkTable:
    """Return a torchvision model's numbers as a table; parameters used twice count once."""
    rows, counted = [], set()
    for row in analysis.rows:
        rows.append(
            NetworkRow(
                layer_name(row.layer) if row.layer else row.kind,
                row.name,
                row.output_shape,
                0 if row.name in counted else row.num_params,
                row.num_macs,
                prod(row.output_shape) * BYTES_PER_NUMBER,
                row.receptive_fields,
            )
        )
        counted.add(row.name)
    macs = analysis.num_macs + analysis.num_other_macs
    return NetworkTable(
        analysis.name,
        analysis.input_shape,
        tuple(rows),
        analysis.num_params,
        macs,
        analysis.output_shape,
        analysis.blocks,
        analysis.training_bytes,
    )


def _recorder(
    path: str, rows: list[ModelRow], seen: dict[str, list[Fields | None]]
) -> Callable[[nn.Module, Any, Any], None]:
    def record(module: nn.Module, inputs: tuple[Any, ...], output: Any) -> None:
        if not isinstance(inputs[0], Tensor) or not isinstance(output, Tensor):
            return
        layer, input_shape = layer_of(module), tuple(inputs[0].shape[1:])
        rows.append(
            ModelRow(
                name=path,
                kind=type(module).__name__,
                layer=layer,
                input_shape=input_shape,
                output_shape=tuple(output.shape[1:]),
                num_params=layer.num_params if layer else _count(module.parameters()),
                num_macs=layer.num_macs(input_shape) if layer else 0,
                receptive_fields=seen[path].pop(0) if seen.get(path) else None,
            )
        )

    return record


def _params_elsewhere(model: nn.Module, rows: list[ModelRow]) -> int:
    """Return the parameters that belong to no row, such as an attention's own matrices."""
    own = {id(weight) for row in rows for weight in model.get_submodule(row.name).parameters()}
    return _count(weight for weight in model.parameters() if id(weight) not in own)


def _count(parameters: Iterable[nn.Parameter]) -> int:
    return sum(parameter.numel() for parameter in parameters)
