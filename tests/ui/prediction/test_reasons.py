"""Attributions laid over a drawing: in the right place, in the right colour, adding up."""

import re

import numpy as np
import numpy.typing as npt
import pytest
import torch

from mnistcore.drawings.preprocessing_steps import STEPS, Step, trace_steps
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT, load_classifier
from tests.ascii_drawings import DIGITS, drawing
from ui.prediction.reasons import attribution, reasons_picture


@pytest.mark.parametrize("path", [MYNET, SHIPPED_CHECKPOINT], ids=["mynet", "drawing-net"])
@pytest.mark.parametrize("digit", [3, 7])
def test_the_pixels_add_up_to_what_the_drawing_did_to_the_logit(path: object, digit: int) -> None:
    classifier = load_classifier(str(path))
    image = load_split("test").images[0].numpy()
    logits = classifier.logits(np.stack([image, np.zeros_like(image)]))

    reasons = attribution(classifier, image, digit)

    moved = float(logits[0, digit] - logits[1, digit])
    assert reasons.sum() == pytest.approx(moved, rel=0.15, abs=0.5)
    assert not reasons[image == 0].any()  # paper that stays paper did nothing


def test_what_spoke_lies_over_the_drawing_and_the_legend_names_its_colours() -> None:
    html = reasons_picture(np.zeros((336, 336), np.uint8), np.eye(28), 7)

    assert html.index('alt="The drawing"') < html.index('alt="Pixels for and against a 7"')
    assert re.findall(r'var\(--(\w+)\)"></i>([^<]+)', html) == [
        ("plus", "speaks for a 7"),
        ("minus", "speaks against it"),
    ]


@pytest.mark.parametrize("without", [[], *([step] for step in STEPS), list(STEPS)])
@pytest.mark.parametrize("digit", [1, 4, 7])
def test_the_frame_is_the_part_of_the_drawing_that_the_image_shows(
    digit: int, without: list[Step]
) -> None:
    drawn = drawing(DIGITS[digit], side_px=280)
    moved = np.roll(drawn, (-30, 45), axis=(0, 1))

    trace = trace_steps(moved, without)

    assert trace.frame is not None
    top, left, side = trace.frame
    dark = trace.image if "polarity" not in without else 255 - trace.image
    in_drawing = (centre(moved[..., :3].max(axis=2)) - (top, left)) * 28 / side
    assert centre(dark) == pytest.approx(in_drawing, abs=0.1)


def centre(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return the centre of mass, in pixels from the corner."""
    rows, columns = (ink.sum(axis=axis, dtype=np.float64) for axis in (1, 0))
    means = [
        (along * (np.arange(len(along)) + 0.5)).sum() / along.sum() for along in (rows, columns)
    ]
    return np.array(means)


def test_a_larger_logit_is_told_from_a_smaller_one() -> None:
    classifier = load_classifier(MYNET)
    seven = load_split("test").images[0].numpy()

    sums = [attribution(classifier, seven, digit).sum() for digit in range(10)]

    assert int(torch.tensor(sums).argmax()) == 7
