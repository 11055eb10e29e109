"""`python -m mnistcore train-lines`: the reader of lines of digits, taught from the beginning."""

import argparse
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnistcore.handwriting.glyphs import GlyphBank

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

    from mnistcore.models.line_net import WIDTHS, Calibration, LineNet, load_line_net, save_line_net
    from mnistcore.reading.line_calibration import fit_line_calibration
    from mnistcore.training import line_training

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    started = perf_counter()
    ground, lines = options.ground, options.lines or LINES[options.ground]
    bank = _bank("train", options.seed)
    net = load_line_net(options.start_from)[0] if options.start_from else LineNet(WIDTHS[ground])
    net = net.to(memory_format=torch.channels_last)
    for progress in line_training.train_lines(
        net,
        bank,
        ground,
        lines=lines,
        seed=options.seed,
        highest_rate=options.rate or RATES[ground],
    ):
        print(
            f"{progress.lines:,} of {lines:,} lines, loss {progress.loss:.3f}, "
            f"{(perf_counter() - started) / 60:.1f} minutes",
            flush=True,
        )
    if options.mean_with:
        earlier = [load_line_net(file)[0] for file in options.mean_with]
        net = line_training.mean_net([*earlier, net], bank, ground, options.seed)
    rng = np.random.default_rng([options.seed, 1])
    net.eval()
    save_line_net(options.file, net, Calibration())  # what was learned is kept, whatever comes
    bank = _bank("valid", options.seed)
    calibration = fit_line_calibration(net, bank, ground, rng, CALIBRATED_ON)
    save_line_net(options.file, net, calibration)
    print(f"{options.file}: {calibration}")
    return 0


def _bank(split_name: str, seed: int) -> "GlyphBank":
    """Draw what lines are set from, with the digits of a split of MNIST."""
    import numpy as np

    from mnistcore.handwriting.glyphs import draw_bank
    from mnistcore.mnist.splits import load_split

    split = load_split("train" if split_name == "train" else "valid")
    rng = np.random.default_rng([seed, 99 if split_name == "train" else 98])
    return draw_bank(split.images.numpy().reshape(-1, 28, 28), split.labels.numpy(), rng)
