"""The witness of blocks has to notice an answer that is wrong by one row, or by one channel."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn

from mnistcore.in_torch import block_witness, receptive_fields
from mnistcore.layers.receptive_field import ReceptiveField
from mnistcore.stacks.table import BlockOutput


def _moved(by: tuple[int, int]) -> Callable[[BlockOutput], BlockOutput]:
    def change(block: BlockOutput) -> BlockOutput:
        if block.fields is None or block.fields[0] is None:
            return block
        field = block.fields[0]
        moved = tuple(seen and (seen[0] + by[0], seen[1] + by[1]) for seen in field.intervals)
        return replace(block, fields=(ReceptiveField(moved, field.step), block.fields[1]))

    return change


def _with_a_channel_more(block: BlockOutput) -> BlockOutput:
    return replace(block, output_shape=(block.output_shape[0] + 1, *block.output_shape[1:]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [_moved((1, 0)), _moved((-1, 0)), _moved((0, 1)), _moved((0, -1)), _with_a_channel_more],
    ids=["first row too late", "too early", "last row too late", "too early", "a channel more"],
)
def test_an_answer_that_is_wrong_by_one_is_noticed(
    change: Callable[[BlockOutput], BlockOutput], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = receptive_fields.block_outputs
    monkeypatch.setattr(
        block_witness,
        "block_outputs",
        lambda model, shape: {path: change(block) for path, block in right(model, shape).items()},
    )

    told = block_witness.compare_blocks("squeezenet1_1")

    asked = [each for each in told if each.field]
    assert asked
    assert not any(each.agrees for each in asked)


@pytest.mark.slow
def test_where_a_processors_quick_kernels_mix_outputs_the_exact_ones_decide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right, asked = block_witness._answers, []

    def mixed(
        model: nn.Module, *given: Any
    ) -> tuple[dict[str, tuple[int, ...]], dict[str, list[bool]]]:
        dtype = next(model.parameters()).dtype
        asked.append(dtype)
        shapes, spoiled = right(model, *given)
        if dtype == torch.bfloat16:
            spoiled = {path: [True] * len(each) for path, each in spoiled.items()}
        return shapes, spoiled

    monkeypatch.setattr(block_witness, "_answers", mixed)

    assert all(each.agrees for each in block_witness.compare_blocks("squeezenet1_1"))
    assert asked == [torch.bfloat16, torch.float32]
