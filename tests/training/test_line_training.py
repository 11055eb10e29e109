import numpy as np
import pytest
import torch
from torch import nn

from mnistcore.handwriting.glyphs import draw_bank
from mnistcore.handwriting.line_writer import Line
from mnistcore.models.line_net import WIDTHS, LineNet
from mnistcore.training.line_batches import draw_chunk, make_batch
from mnistcore.training.line_training import line_loss, mean_net, train_lines


def test_each_column_knows_the_box_it_lies_in() -> None:
    boxes = np.array([[4, 10, 14, 30], [20, 8, 40, 32]], np.float32)
    line = Line(np.zeros((40, 60), np.float32), (3, 7), boxes)

    batch = make_batch([np.zeros((2, 40, 60), np.float32)], [line])

    middles = 2 * np.arange(30) + 1
    inside = ((middles >= 4) & (middles < 14)) | ((middles >= 20) & (middles < 40))
    assert batch.has_box[0].tolist() == inside.tolist()
    np.testing.assert_allclose(batch.boxes[0, 3] * 40, [7 - 4, 14 - 7, 10, 30], atol=1e-4)
    assert batch.texts.tolist() == [3, 7]
    assert batch.lengths.tolist() == [2]


def test_a_few_lines_are_learned_from_and_the_same_seed_learns_the_same() -> None:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:16] = 200
    bank = draw_bank(images, np.arange(10), np.random.default_rng(1), digits=140, marks=70)
    batch = draw_chunk(bank, np.random.default_rng(7), "paper", count=8)[0]

    def losses() -> tuple[float, float]:
        torch.manual_seed(1)
        net = LineNet(WIDTHS["ink"])
        before = float(line_loss(net, batch).detach())
        optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
        for _ in range(5):
            optimizer.zero_grad()
            line_loss(net, batch).backward()
            optimizer.step()
        return before, float(line_loss(net, batch).detach())

    before, after = losses()
    assert after < 0.7 * before
    assert losses() == (before, after)


@pytest.mark.parametrize(
    ("capabilities", "dtype"), [({"amx_bf16": True}, torch.bfloat16), ({}, torch.float32)]
)
def test_lines_are_learned_in_bfloat16_only_where_a_processor_has_it(
    monkeypatch: pytest.MonkeyPatch, capabilities: dict[str, bool], dtype: torch.dtype
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    line = Line(np.zeros((40, 60), np.float32), (3,), np.array([[4, 10, 14, 30]], np.float32))
    net, seen = LineNet(WIDTHS["ink"]), []
    net.head.register_forward_hook(lambda layer, given, said: seen.append(said.dtype))

    line_loss(net, make_batch([np.zeros((2, 40, 60), np.float32)], [line]))

    assert seen == [dtype]


def test_progress_is_told_after_each_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:16] = 200
    bank = draw_bank(images, np.arange(10), np.random.default_rng(1), digits=140, marks=70)
    monkeypatch.setattr("mnistcore.training.line_training.CHUNK", 4)
    monkeypatch.setattr(
        "mnistcore.training.line_training.draw_chunk",
        lambda bank, rng, ground: draw_chunk(bank, rng, ground, 4),
    )

    net = LineNet(WIDTHS["ink"])
    told = [progress.lines for progress in train_lines(net, bank, "ink", lines=8, seed=1)]

    assert told == [4, 8]


def test_the_mean_of_networks_normalises_by_what_it_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:16] = 200
    bank = draw_bank(images, np.arange(10), np.random.default_rng(1), digits=140, marks=70)
    batch = draw_chunk(bank, np.random.default_rng(3), "ink", 6)[0]
    monkeypatch.setattr(
        "mnistcore.training.line_training.draw_chunk", lambda bank, rng, ground: [batch]
    )
    torch.manual_seed(2)
    one, other = LineNet(WIDTHS["ink"]), LineNet(WIDTHS["ink"])

    mean = mean_net([one, other], bank, "ink", seed=1)

    name = "blocks.0.0.weight"
    both = torch.stack([one.state_dict()[name], other.state_dict()[name]])
    torch.testing.assert_close(mean.state_dict()[name], both.mean(dim=0))
    seen = nn.functional.conv2d(batch.images, mean.state_dict()[name], stride=2, padding=2)
    measured = mean.state_dict()["blocks.0.1.running_mean"]
    torch.testing.assert_close(measured, seen.mean(dim=(0, 2, 3)), atol=1e-5, rtol=1e-4)
    assert not mean.training
    assert one.state_dict()["blocks.0.1.num_batches_tracked"] == 0
