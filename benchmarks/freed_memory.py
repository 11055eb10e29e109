"""DeepNet's step, with freed memory kept and with it handed back to the system.

Each round starts a process for each of the two, in turn, since a process that keeps its memory does
so to its end.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median

import torch

from mnistcore.mnist.splits import load_split
from mnistcore.models.model import build_network
from mnistcore.training.freed_memory import keep_freed_memory
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import RECIPES

WARM_UP_STEPS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each in turn (%(default)s)")
    parser.add_argument("--steps", type=int, default=40, help="to a round (%(default)s)")
    parser.add_argument("--threads", type=int, default=2)


def run(options: argparse.Namespace) -> None:
    ratios = []
    for number in range(1, options.rounds + 1):
        handed_back, kept = (
            _in_a_new_process(keep, options.steps, options.threads) for keep in (False, True)
        )
        ratios.append(kept / handed_back)
        print(
            f"round {number}: {1000 * handed_back:.0f} ms a step handed back, "
            f"{1000 * kept:.0f} ms kept"
        )
    print(f"kept: {median(ratios):.3f} of it ({min(ratios):.3f} to {max(ratios):.3f})")


def _in_a_new_process(keep: bool, num_steps: int, num_threads: int) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_seconds_of_a_step, keep, num_steps, num_threads).result()


def _seconds_of_a_step(keep: bool, num_steps: int, num_threads: int) -> float:
    if keep and not keep_freed_memory():
        raise SystemExit("This system's C library cannot be told to keep freed memory.")
    torch.set_num_threads(num_threads)
    split = load_split("train")
    state = TrainingState(build_network("deep-net", seed=1), RECIPES["deep"])
    for event in train(state, split, split):
        if event.step == WARM_UP_STEPS:
            started = time.perf_counter()
        if event.step == WARM_UP_STEPS + num_steps:
            break
    return (time.perf_counter() - started) / num_steps
