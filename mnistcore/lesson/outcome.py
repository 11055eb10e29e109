"""What came of an answer: right or not, which case it is, and the numbers that tell why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Number = int | float


@dataclass(frozen=True)
class Outcome:
    """What a check found.

    Attributes:
        is_right: Whether the task is solved.
        case: Which of the check's cases it is; whoever puts it into words has a sentence for each.
        numbers: By the names that stand in these sentences.
    """

    is_right: bool
    case: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
