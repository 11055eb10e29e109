"""What a training reports: the end of a step, the end of an epoch. Imports no torch."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

# What may stand in a file of events: as much as the longest of trainings has.
Count = Annotated[int, Meta(ge=0, le=10**12)]
Share = Annotated[float, Meta(ge=0, le=1)]
Rate = Annotated[float, Meta(ge=0, le=1)]  # no recipe has a higher one
Amount = Annotated[float, Meta(ge=0, le=1e12)]


@dataclass(frozen=True)
class StepEnd:
    """One batch was learned from. Steps and epochs count from 1.

    Attributes:
        loss: Cross entropy before the step, in nats, without label smoothing.
        seconds: What the step took; 0 if it was taken before this was measured.
    """

    step: Count
    epoch: Count
    loss: float
    accuracy: Share
    learning_rate: Rate
    seconds: Amount = 0


@dataclass(frozen=True)
class EpochEnd:
    """Every training image was seen once more, and the validation split was asked.

    Attributes:
        seconds: What the steps took that were taken since the training began or went on; neither
            validation nor whoever listens to the events counts.
        images_per_second: In these steps.
    """

    step: Count
    epoch: Count
    valid_loss: float
    valid_accuracy: Share
    seconds: Amount
    images_per_second: Amount


Event = StepEnd | EpochEnd
