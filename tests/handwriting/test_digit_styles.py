import numpy as np

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.handwriting.pen import draw_ink, ink_to_image
from mnistcore.reading.classifier import WEIGHTS, load_classifier


def test_a_network_that_knows_only_mnist_reads_the_plain_styles() -> None:
    plain = {"closed", "bare", "plain", "round", "open", "two strokes", "curved", "from the top"}
    rng = np.random.default_rng(1)
    styles = [style for style in DIGIT_STYLES if style.name in plain | {"straight stem"}]
    drawn = [(style.digit, style.path) for style in styles for _ in range(40)]
    images = [ink_to_image(draw_ink(write_by_hand(path, rng), rng)) for _, path in drawn]

    answers = load_classifier(WEIGHTS / "mynet.pt").predict(np.stack(images)).argmax(axis=1)

    assert {digit for digit, _ in drawn} == set(range(10))
    assert (answers == [digit for digit, _ in drawn]).mean() > 0.75
