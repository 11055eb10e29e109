"""Train the line reader on generated lines, by CTC.

Source of the loss: Graves, Fernandez, Gomez & Schmidhuber (2006), "Connectionist Temporal
Classification", as `torch.nn.functional.ctc_loss` has it; of the schedule: Smith & Topin (2018).
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from mnistcore.handwriting.glyphs import GlyphBank
from mnistcore.models.line_net import BLANK, Ground, LineNet
from mnistcore.models.model import fastest_precision
from mnistcore.training.line_batches import CHUNK, LineBatch, draw_chunk
from mnistcore.training.optimizers import take_step

HIGHEST_RATE, WEIGHT_DECAY = 2e-3, 0.02
RISE = 0.08  # of the training, in which the rate grows
BOX_WEIGHT = 1.0


@dataclass(frozen=True)
class Progress:
    """How far a training is.

    Attributes:
        lines: Drawn and learned from so far.
        loss: The mean of the last chunk's.
    """

    lines: int
    loss: float


def train_lines(
    net: LineNet,
    bank: GlyphBank,
    ground: Ground,
    *,
    lines: int,
    seed: int,
    highest_rate: float = HIGHEST_RATE,
) -> Iterator[Progress]:
    """Train a network on so many generated lines; after each chunk of 1,024, tell.

    On a processor that multiplies in bfloat16 that is used, in half the time.

    Args:
        net: Changed in place, in training mode when this yields.
        bank: What lines are set from.
        ground: What it is to read.
        lines: How many in all.
        seed: The same seed draws the same lines.
        highest_rate: Of learning; it grows to this and falls to 0.
    """
    optimizer = torch.optim.AdamW(net.parameters(), lr=1.0, weight_decay=0.0)
    net.train()
    chunks = -(-lines // CHUNK)
    for chunk in range(chunks):
        batches = draw_chunk(bank, np.random.default_rng([seed, chunk]), ground)
        losses = []
        for number, batch in enumerate(batches):
            rate = highest_rate * _share_of_rate((chunk + number / len(batches)) / chunks)
            for group in optimizer.param_groups:
                group["lr"], group["weight_decay"] = rate, WEIGHT_DECAY
            loss = line_loss(net, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            take_step(optimizer)
            losses.append(float(loss.detach()))
        yield Progress((chunk + 1) * CHUNK, sum(losses) / len(losses))


@torch.no_grad()
def mean_net(nets: Sequence[LineNet], bank: GlyphBank, ground: Ground, seed: int) -> LineNet:
    """Return the mean of networks that were taught in parts, each going on from the one before.

    Source: Izmailov et al. (2018), "Averaging Weights Leads to Wider Optima and Better
    Generalization"; what its layers normalise by is measured anew, as there.

    Args:
        nets: At least one, alike.
        bank: What the lines are set from that it is measured on.
        ground: What they read.
        seed: Of these lines.
    """
    mean = copy.deepcopy(nets[0])
    for own, *alike in zip(*(net.parameters() for net in (mean, *nets)), strict=True):
        own.copy_(torch.stack(alike).mean(dim=0))
    for layer in mean.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # the mean of all batches
    mean.train()
    for batch in draw_chunk(bank, np.random.default_rng(seed), ground):
        mean(batch.images.to(memory_format=torch.channels_last))
    return mean.eval()


def line_loss(net: LineNet, batch: LineBatch) -> Tensor:
    """Return CTC's loss and that of the boxes, a mean over the batch."""
    images = batch.images.to(memory_format=torch.channels_last)
    in_bfloat16 = fastest_precision(images.device) == "bfloat16"
    with torch.autocast("cpu", torch.bfloat16, enabled=in_bfloat16):
        logits, boxes = net(images)
    log_probabilities = logits.log_softmax(dim=2).transpose(0, 1)
    reading = nn.functional.ctc_loss(
        log_probabilities, batch.texts, batch.widths, batch.lengths, BLANK, zero_infinity=True
    )
    if not batch.has_box.any():
        return reading
    return reading + BOX_WEIGHT * nn.functional.smooth_l1_loss(
        boxes[batch.has_box], batch.boxes[batch.has_box], beta=0.05
    )


def _share_of_rate(share: float) -> float:
    """Return the learning rate, as a share of the highest, at a share of the training."""
    if share < RISE:
        return 0.04 + 0.96 * share / RISE
    return float(0.5 + 0.5 * np.cos(np.pi * (share - RISE) / (1 - RISE))) + 5e-4
