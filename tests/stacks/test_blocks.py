"""Rows joined to blocks, of models with as many as two hundred."""

import pytest

from mnistcore.in_torch.model_analysis import analyse_model, model_table
from mnistcore.stacks.blocks import MOST_BLOCKS, blocks


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resnet50", "densenet121", "googlenet", "vit_b_16", "swin_t"])
def test_blocks_keep_every_number(name: str) -> None:
    rows = model_table(analyse_model(name)).rows

    joined = blocks(rows)

    assert len(joined) <= MOST_BLOCKS
    for quantity in ("num_params", "num_macs", "activation_bytes"):
        whole = sum(getattr(row, quantity) for row in rows)
        assert sum(getattr(row, quantity) for row in joined) == whole
    assert joined[-1].output_shape == rows[-1].output_shape
