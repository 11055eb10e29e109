"""What training keeps, with torch's saved-tensor hooks as witness."""

import pytest
from torch import nn

from mnistcore.in_torch.saved_tensors import saved_bytes
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.layers.kinds import layer_from_dict
from mnistcore.pasted.reading import read_network
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.saved_memory import saved_memory
from mnistcore.stacks.stack import LayerStack
from tests.pasted.in_torch import NAMES, pasted, saved_of_batch

SMALL = [name for name in PRESETS if not name.startswith("VGG")]


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("batch_size", [1, 2, 3])
def test_a_network_keeps_what_torch_keeps(name: str, batch_size: int) -> None:
    stack = preset(name)

    ours = saved_memory(stack.analyse()).of_batch(batch_size)

    module = build_sequential(stack, "meta")
    torchs = saved_bytes(module, stack.input_shape, batch_size=batch_size, device="meta")
    assert ours == torchs


@pytest.mark.parametrize("name", NAMES)
def test_networks_as_people_write_them_keep_what_torch_keeps_unless_it_is_said(name: str) -> None:
    text = pasted(name)
    network = read_network(text.text, text.input_shape)
    if text.expression == "None":
        return
    stack = LayerStack(
        text.input_shape, tuple(layer_from_dict(call.draft) for call in network.trace.calls)
    )

    ours, torchs = saved_memory(stack.analyse()).of_batch(2), saved_of_batch(text, 2)

    is_said = any("training keeps" in note.text for note in network.notes)
    assert ours == torchs or is_said


def test_figures_that_were_measured_elsewhere() -> None:
    assert saved_memory(preset("AlexNet").analyse()).per_image == 3_704_320
    assert saved_memory(preset("MyNet").analyse()).per_image == 49_408


def test_what_two_layers_save_is_held_once() -> None:
    module = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3))

    assert saved_bytes(module, (1, 8, 8)) == 4 * (64 + 4 * 36)
