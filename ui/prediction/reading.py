"""What becomes of a drawing: it is prepared as MNIST was, digit by digit, and a network reads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mnistcore.drawings.preprocessing_steps import Trace, trace_steps
from mnistcore.reading.verdict import Verdict, blank_verdict
from ui import networks
from ui.components.number_boxes.component import chosen_digit
from ui.drawing_canvas import Drawing
from ui.networks import READER, NetworkKey
from ui.prediction.steps import steps_left_out
from ui.prediction.teaching import taught_network

if TYPE_CHECKING:
    from mnistcore.reading.number_reading import NumberReading

BLANK = Trace({}, np.zeros((28, 28), np.uint8))


@dataclass(frozen=True)
class ReadDrawing:
    """How a drawing was prepared, and what a network made of it.

    Attributes:
        drawing: What was read: the whole drawing, or one digit of a number by itself.
        trace: Every step of its preparation.
        verdict: On the image that came of it.
        text: The whole drawing in a line, `?` for each part that looks like no digit.
        otherwise: The probabilities with every step taken, if some were left out; else those
            without what the visitor taught, if that was something.
        number: All the digits, if there are several.
        chosen: The place of the one that the rest of this is about.
    """

    drawing: Drawing | None
    trace: Trace
    verdict: Verdict
    text: str = "?"
    otherwise: list[float] | None = None
    number: "NumberReading | None" = None
    chosen: int = 0


def read(
    network: NetworkKey,
    drawing: Drawing | None,
    *,
    key: str,
    number: "NumberReading | None" = None,
) -> ReadDrawing:
    """Prepare a drawing and have a network read it, with the steps that its visitor left on.

    Args:
        network: Which.
        drawing: RGBA, or None for a canvas nobody has drawn on.
        key: Of the drawing: its steps and the digit chosen of a number go by it.
        number: What is written on it, if that was read before.

    Raises:
        InvalidInputError: The network is gone, or its file cannot be used.
    """
    if drawing is None:
        return ReadDrawing(None, BLANK, blank_verdict())
    taught = taught_network(network)
    asked = taught.classifier
    from mnistcore.reading.classifier import read_image
    from mnistcore.reading.number import isolate, read_number

    finder = asked if asked.threshold is not None else networks.load(READER)
    number = number or read_number(asked, drawing, finder=finder)
    if not number.digits:
        return ReadDrawing(drawing, BLANK, blank_verdict())
    chosen = chosen_digit(key, len(number.digits))
    digit, several = number.digits[chosen], len(number.digits) > 1
    one = isolate(drawing, digit) if several else drawing
    without = steps_left_out(key)
    trace = trace_steps(one, without)
    verdict = read_image(asked, trace.image) if without else digit.verdict
    otherwise = digit.verdict.probabilities.tolist() if without else None
    if taught.is_taught and not without:
        otherwise = taught.untaught.predict(trace.image[None])[0].tolist()
    several_digits = number if several else None
    return ReadDrawing(one, trace, verdict, number.text, otherwise, several_digits, chosen)
