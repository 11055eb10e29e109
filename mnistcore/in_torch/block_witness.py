"""What blocks of torchvision's models really give and see, from the models run.

A picture with a row that is no number (NaN) is sent through. Every value that depends on that row
is none either, so that a field is seen from outside: its first row and its last row spoil an output
in the middle, and all rows around it together do not. Nothing here knows how a field is worked out.

Pictures are as high as the largest field, so that no border cuts it off, and narrow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torchvision import models

from mnistcore.in_torch.receptive_fields import block_outputs
from mnistcore.in_torch.torchvision_models import build_model
from mnistcore.layers.layer import Shape
from mnistcore.stacks.table import BlockOutput

MOST_GMACS = 6  # of the models that are run: larger ones are of the same blocks, and take minutes
MOST_AT_ONCE = 8
MARGIN = 160  # pixels of height beyond the largest field
WIDTHS = (64, 96)
Rows = tuple[int, int]


@dataclass(frozen=True)
class BlockComparison:
    """One module or block of modules: our answers beside the model's.

    Args:
        path: In the model.
        shapes: What comes out, ours first.
        field: First and last row that an output in the middle sees by our answer, in words; "" if
            it is unknown, or of a single module: it is asked of blocks.
        field_agrees: Whether the model answers to these rows, and to no others.
    """

    path: str
    shapes: tuple[Shape, Shape]
    field: str
    field_agrees: bool

    @property
    def agrees(self) -> bool:
        """Return whether both say the same."""
        return self.shapes[0] == self.shapes[1] and self.field_agrees


@dataclass(frozen=True)
class _Spoiling:
    """Rows of an image that are no numbers: these, or with `is_outside` all but these."""

    rows: Rows
    is_outside: bool = False


def compare_blocks(name: str) -> list[BlockComparison]:
    """Return every module of a model, blocks included, beside the model run.

    Args:
        name: One of `model_names()`.

    Raises:
        InvalidInputError: There is no such model.

    >>> all(comparison.agrees for comparison in compare_blocks("squeezenet1_1"))
    True
    """
    # bfloat16's kernels are many times faster. Most mix no neighbouring outputs on their way, which
    # would spread what is no number; some do (AMX's, where they fill channels up): float32 decides.
    quick = _compare(name, torch.bfloat16)
    return quick if all(each.agrees for each in quick) else _compare(name, torch.float32)


def _compare(name: str, dtype: torch.dtype) -> list[BlockComparison]:
    on_meta, own_shape = build_model(name)
    shape = _tall_shape(on_meta, own_shape)
    ours = block_outputs(on_meta, shape)
    joined = {path for path, module in on_meta.named_modules() if list(module.children())}
    expected = {
        path: _expected(block, shape[1]) if path in joined else {} for path, block in ours.items()
    }
    axes = {path: _height_axis(block, shape[1]) for path, block in ours.items()}
    spoilings = list(dict.fromkeys(each for wanted in expected.values() for each in wanted))
    model = build_model(name, device="cpu")[0].to(dtype).to(memory_format=torch.channels_last)
    shapes, spoiled = _answers(model, spoilings, shape, axes)
    return [
        BlockComparison(
            path,
            (block.output_shape, shapes[path]),
            ", ".join(f"{each.rows}" for each in expected[path] if each.is_outside),
            all(
                spoiled[path][spoilings.index(each)] == is_expected
                for each, is_expected in expected[path].items()
            ),
        )
        for path, block in ours.items()
        if path in shapes
    ]


def runnable_models() -> Iterator[str]:
    """Yield the models that are small enough to be run for this.

    >>> "resnet50" in set(runnable_models())
    True
    """
    for name in models.list_models(module=models):
        weights = models.get_model_weights(name)
        if len(weights) and weights.DEFAULT.meta["_ops"] <= MOST_GMACS:
            yield name


def _tall_shape(model: nn.Module, own_shape: Shape) -> Shape:
    """Return a shape in which no field reaches the border; the model's own if it takes no other."""
    fields = [
        block.fields[0].size
        for block in block_outputs(model, own_shape).values()
        if block.fields and block.fields[0]
    ]
    height = max(fields, default=0) + MARGIN
    for width in WIDTHS:
        try:
            with torch.no_grad():
                model(torch.zeros(1, 3, height, width, device="meta"))
        except (RuntimeError, AssertionError, ValueError):  # a size that the model does not take
            continue
        return 3, height, width
    return own_shape


def _expected(block: BlockOutput, height: int) -> dict[_Spoiling, bool]:
    """Return what spoils the output in the middle, by our field, and what does not."""
    if block.fields is None or len(block.output_shape) != 3:
        return {}
    field = block.fields[0]
    if field is None:
        return {_Spoiling((0, 0)): True, _Spoiling((3 * height // 4, 3 * height // 4)): True}
    seen = field.seen_by(block.output_shape[_height_axis(block, height)] // 2)
    if seen is None or seen[0] < 0 or seen[1] >= height:
        return {}  # cut off by a border
    first, last = seen
    return {
        _Spoiling((first, first)): True,
        _Spoiling((last, last)): True,
        _Spoiling(seen, is_outside=True): False,
    }


def _height_axis(block: BlockOutput, height: int) -> int:
    """Return the axis of the height: 1 behind the channels, 0 where the channels come last."""
    field = block.fields[0] if block.fields else None
    if field is None or len(block.output_shape) != 3:
        return 1
    rows = height / field.effective_stride
    return min((1, 0), key=lambda axis: abs(block.output_shape[axis] - rows))


def _answers(
    model: nn.Module, spoilings: list[_Spoiling], shape: Shape, axes: dict[str, int]
) -> tuple[dict[str, Shape], dict[str, list[bool]]]:
    """Return by path the output's shape, and for every image whether its middle was spoiled."""
    dtype = next(model.parameters()).dtype
    shapes: dict[str, Shape] = {}
    spoiled: dict[str, list[bool]] = {}
    latest: dict[str, list[bool]] = {}
    hooks = [
        module.register_forward_hook(_recorder(path, axes.get(path, 1), shapes, latest))
        for path, module in model.named_modules()
        if path
    ]
    for start in range(0, len(spoilings), MOST_AT_ONCE):
        images = torch.stack(
            [_spoiled(each, shape) for each in spoilings[start : start + MOST_AT_ONCE]]
        )
        with torch.inference_mode():
            model(images.to(dtype))
        for path, each in latest.items():
            spoiled.setdefault(path, []).extend(each)
    for hook in hooks:
        hook.remove()
    return shapes, spoiled


def _spoiled(spoiling: _Spoiling, shape: Shape) -> Tensor:
    first, last = spoiling.rows
    image = torch.full(shape, torch.nan if spoiling.is_outside else 0.0)
    image[:, first : last + 1] = 0.0 if spoiling.is_outside else torch.nan
    return image


def _recorder(
    path: str, axis: int, shapes: dict[str, Shape], latest: dict[str, list[bool]]
) -> Callable[[nn.Module, Any, Any], None]:
    def record(module: nn.Module, inputs: Any, output: Any) -> None:
        if isinstance(output, Tensor):
            shapes[path] = tuple(output.shape[1:])
            if output.ndim == 4:
                middle = output.select(1 + axis, output.shape[1 + axis] // 2)
                latest[path] = middle.isnan().flatten(1).any(dim=1).tolist()

    return record
