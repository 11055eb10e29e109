"""What a training reports: the end of a step, the end of an epoch. Imports no torch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StepEnd:
    """One batch was learned from. Steps and epochs count from 1.

    Attributes:
        loss: Cross entropy before the step, in nats, without label smoothing.
        seconds: What the step took; 0 if it was taken before this was measured.
    """

    step: int
    epoch: int
    loss: float
    accuracy: float
    learning_rate: float
    seconds: float = 0


@dataclass(frozen=True)
class EpochEnd:
    """Every training image was seen once more, and the validation split was asked.

    Attributes:
        seconds: What the steps took that were taken since the training began or went on; neither
            validation nor whoever listens to the events counts.
        images_per_second: In these steps.
    """

    step: int
    epoch: int
    valid_loss: float
    valid_accuracy: float
    seconds: float
    images_per_second: float


Event = StepEnd | EpochEnd
