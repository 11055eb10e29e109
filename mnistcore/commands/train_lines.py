"""`python -m mnistcore train-lines`: the reader of lines of digits, taught from the beginning."""

import argparse
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from mnistcore.errors import InvalidInputError

if TYPE_CHECKING:
    from mnistcore.handwriting.glyphs import GlyphBank
    from mnistcore.models.line_net import Ground, LineNet

LINES = {"ink": 245_760, "paper": 460_800}
RATES = {"ink": 3e-3, "paper": 2e-3}
CALIBRATED_ON = 1500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `train-lines` takes."""
    parser.set_defaults(command=train_lines)
    parser.add_argument("ground", choices=list(LINES), help="what it is to read")
    parser.add_argument("file", type=Path, metavar="FILE", help="where the weights go")
    told = " or ".join(f"{lines:,} for {ground}" for ground, lines in LINES.items())
    parser.add_argument("--lines", type=int, help=f"to learn from ({told})")
    parser.add_argument("--start-from", type=Path, metavar="FILE", help="weights to go on from")
    parser.add_argument(
        "--mean-with",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="weights of earlier parts: the mean of these and the last part's is written",
    )
    told = " or ".join(f"{rate:g} for {ground}" for ground, rate in RATES.items())
    parser.add_argument("--rate", type=float, help=f"highest learning rate ({told})")
    parser.add_argument("--seed", type=int, default=1, help="of weights and lines (%(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="of the processor (%(default)s)")


def train_lines(options: argparse.Namespace) -> int:
    """Draw lines, learn from them, calibrate, and write the network to a file."""
    import numpy as np
    import torch

    from mnistcore.files import check_can_be_written
    from mnistcore.models.line_net import WIDTHS, Calibration, LineNet, save_line_net
    from mnistcore.reading.line_calibration import fit_line_calibration
    from mnistcore.training import line_training

    # What cannot be done is told before an hour of learning.
    ground, lines, rate = _checked(options)
    check_can_be_written(options.file)
    earlier = [_reader(file, ground) for file in options.mean_with]
    start = _reader(options.start_from, ground) if options.start_from else None
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    started = perf_counter()
    bank = _bank("train", options.seed)
    net = (start or LineNet(WIDTHS[ground])).to(memory_format=torch.channels_last)
    for progress in line_training.train_lines(
        net, bank, ground, lines=lines, seed=options.seed, highest_rate=rate
    ):
        print(
            f"{progress.lines:,} of {lines:,} lines, loss {progress.loss:.3f}, "
            f"{(perf_counter() - started) / 60:.1f} minutes",
            flush=True,
        )
    if earlier:
        save_line_net(options.file, net.eval(), Calibration())
        net = line_training.mean_net([*earlier, net], bank, ground, options.seed)
    rng = np.random.default_rng([options.seed, 1])
    net.eval()
    save_line_net(options.file, net, Calibration())  # what was learned is kept, whatever comes
    bank = _bank("valid", options.seed)
    calibration = fit_line_calibration(net, bank, ground, rng, CALIBRATED_ON)
    save_line_net(options.file, net, calibration)
    print(f"{options.file}: {calibration}")
    return 0


def _checked(options: argparse.Namespace) -> tuple["Ground", int, float]:
    """Return what is read, from how many lines, and how fast; refuse numbers that make no sense."""
    from mnistcore.layers.arguments import whole_number
    from mnistcore.training.recipes import check_setting

    ground = options.ground
    lines = LINES[ground] if options.lines is None else options.lines
    rate = RATES[ground] if options.rate is None else options.rate
    for name, number in (("lines", lines), ("threads", options.threads)):
        whole_number(name, number, minimum=1)
    check_setting("learning_rate", rate)
    return ground, lines, rate


def _reader(file: Path, ground: "Ground") -> "LineNet":
    """Return a network that learned before, of the same kind."""
    from mnistcore.models.line_net import WIDTHS, load_line_net

    net, _ = load_line_net(file)
    if net.widths != WIDTHS[ground]:
        raise InvalidInputError(
            "{file} reads something else than {ground}. Choose a file that `train-lines {ground}` "
            "wrote.",
            file=file.name,
            ground=ground,
        )
    return net


def _bank(split_name: str, seed: int) -> "GlyphBank":
    """Draw what lines are set from, with the digits of a split of MNIST."""
    import numpy as np

    from mnistcore.handwriting.glyphs import draw_bank
    from mnistcore.mnist.splits import load_split

    split = load_split("train" if split_name == "train" else "valid")
    rng = np.random.default_rng([seed, 99 if split_name == "train" else 98])
    return draw_bank(split.images.numpy().reshape(-1, 28, 28), split.labels.numpy(), rng)
