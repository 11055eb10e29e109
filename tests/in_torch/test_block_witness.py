"""The witness of blocks has to notice an answer that is wrong by one row, or by one channel."""

from collections.abc import Callable
from dataclasses import replace

import pytest

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
