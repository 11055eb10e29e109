"""Test digits whose label people doubt. Imports nothing.

Source: cleanlab/label-errors, for Northcutt, Athalye & Mueller (2021), "Pervasive Label Errors in
Test Sets Destabilize Machine Learning Benchmarks". Five people looked at every digit under
suspicion; these are the ones where at most two of them agreed with the label.
"""

from dataclasses import dataclass

SOURCE = "cleanlab/label-errors; Northcutt, Athalye & Mueller 2021"


@dataclass(frozen=True)
class DoubtfulLabel:
    """What MNIST says of a digit, and what people saw.

    Attributes:
        label: As in the test set.
        seen: In words, to follow "people saw".
    """

    label: int
    seen: str


DOUBTFUL_TEST_LABELS: dict[int, DoubtfulLabel] = {  # by index in the test split
    947: DoubtfulLabel(8, "a 9"),
    1621: DoubtfulLabel(0, "a 6"),
    1901: DoubtfulLabel(9, "a 4"),
    2130: DoubtfulLabel(4, "a 4 or a 9"),
    2462: DoubtfulLabel(2, "a 0"),
    2597: DoubtfulLabel(5, "a 3"),
    2654: DoubtfulLabel(6, "neither a 6 nor a 1"),
    3520: DoubtfulLabel(6, "neither a 6 nor a 4"),
    3558: DoubtfulLabel(5, "a 0"),
    5937: DoubtfulLabel(5, "a 3"),
    6651: DoubtfulLabel(0, "a 6"),
    6783: DoubtfulLabel(1, "a 6"),
    8527: DoubtfulLabel(4, "a 4 or a 9"),
    9679: DoubtfulLabel(6, "neither a 6 nor a 3"),
    9729: DoubtfulLabel(5, "a 6"),
}
