"""What a training needs, loaded before there is one: torch, the data, and a first step of torch's.

Nothing that a run computes depends on it: chance is left as it was, and the data are only read.
"""

import torch

from mnistcore.mnist.splits import IMAGE_SIDE_PX, Split
from mnistcore.models.model import best_device, build_network
from mnistcore.runs.all_runs import default_num_threads
from mnistcore.training.loop import TrainingState, resolve_precision, train
from mnistcore.training.recipes import RECIPES
from mnistcore.worker.execution import load_data

TOY_IMAGES = 200


def warm_up() -> None:
    """Read the archives' files, and take two steps of a training that nobody keeps.

    >>> before = torch.get_rng_state()
    >>> warm_up()
    >>> torch.equal(before, torch.get_rng_state())
    True
    """
    load_data(RECIPES["default"])  # unpacked if need be, and in the system's memory from now on
    torch.set_num_threads(default_num_threads())
    images = torch.zeros(TOY_IMAGES, IMAGE_SIDE_PX, IMAGE_SIDE_PX, dtype=torch.uint8)
    toy = Split("train", images, torch.zeros(TOY_IMAGES).long())
    with torch.random.fork_rng():
        device = best_device()
        recipe = resolve_precision(RECIPES["default"], device)
        state = TrainingState(build_network("mynet", seed=0).to(device), recipe)
        for _ in train(state, toy, toy):
            pass
