"""The tasks about a network at work: whether it reads well by now, and what came second."""

from collections.abc import Sequence

from mnistcore.errors import InvalidInputError
from mnistcore.lesson.outcome import Outcome


def check_num_read(predictions: Sequence[int], labels: Sequence[int], *, wanted: int) -> Outcome:
    """Tell whether enough digits are read right.

    Cases: `enough` and `too_few`.

    Args:
        predictions: What each digit was read as.
        labels: What each is.
        wanted: How many shall be right.

    >>> check_num_read([1, 2], [1, 3], wanted=2).numbers
    {'num_right': 1, 'num_digits': 2, 'wanted': 2}
    """
    num_right = sum(said == is_ for said, is_ in zip(predictions, labels, strict=True))
    numbers = {"num_right": num_right, "num_digits": len(labels), "wanted": wanted}
    enough = num_right >= wanted
    return Outcome(enough, "enough" if enough else "too_few", numbers)


def check_second(answer: int, logits: Sequence[float]) -> Outcome:
    """Tell whether somebody found the second largest of a network's sums.

    Cases: `right`; `first`, for the largest; and `other`. The number `place` is the answer's, the
    largest being 1.

    Args:
        answer: The output that somebody chose, from 0.
        logits: The sums.

    Raises:
        InvalidInputError: There is no such output.

    >>> [check_second(answer, [0.5, -1.0, 2.0]).case for answer in range(3)]
    ['right', 'other', 'first']
    """
    if not 0 <= answer < len(logits):
        raise InvalidInputError(
            "There is no output {answer}. Choose one from 0 to {last}.",
            answer=answer,
            last=len(logits) - 1,
        )
    place = 1 + sum(logit > logits[answer] for logit in logits)
    case = {1: "first", 2: "right"}.get(place, "other")
    return Outcome(case == "right", case, {"answer": answer, "place": place})
