"""A training taken one batch at a time, in this process, with a look at the network after each.

With the same recipe it takes the very steps of a run. Knows no disk.
"""

from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, Split
from mnistcore.models.catalogue import Network
from mnistcore.models.model import build_network
from mnistcore.runs.snapshot import Snapshot
from mnistcore.training.events import StepEnd
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import Recipe
from mnistcore.worker.observation import take_snapshot, watched_digits


class SteppedTraining:
    """A training that waits for the next batch to be asked for.

    Attributes:
        losses: (step, loss) of the batches learned from, steps counted from 1.
    """

    def __init__(
        self, network: Network, recipe: Recipe, train_split: Split, valid_split: Split
    ) -> None:
        self.losses: list[tuple[int, float]] = []
        self._state = TrainingState(build_network(network, seed=recipe.seed), recipe)
        self._events = train(self._state, train_split, valid_split)
        self._digits = watched_digits(valid_split)

    def take_step(self) -> bool:
        """Learn from one more batch; tell whether there was one left."""
        for event in self._events:
            if isinstance(event, StepEnd):
                self.losses.append((event.step, event.loss))
                return True
        return False

    def look(self) -> Snapshot:
        """Return the network as it stands, and what it reads."""
        step = len(self.losses)
        return take_snapshot(self._state.model, step, self._digits, MNIST_MEAN, MNIST_STD)
