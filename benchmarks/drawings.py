"""Tell how well the shipped classifier reads drawings: the figures of docs/drawings.md.

Pen strokes are not part of the project. A file of them has the arrays `points` (P, 2),
`stroke_start` (S + 1), `sample_start` (N + 1) and `labels` (N), x to the right and y down.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from torchvision.transforms.v2 import functional as transforms

from benchmarks import non_digits
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.handwriting.hand import Points
from mnistcore.handwriting.pen import Ink, draw_ink, ink_to_image
from mnistcore.handwriting.splits import load_drawings
from mnistcore.mnist.splits import load_split
from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.calibration import auroc, expected_calibration_error, non_digit_log_odds
from mnistcore.reading.classifier import Classifier, load_classifier

Images = npt.NDArray[np.uint8]

SEED = 11
NUM_TIMED = 400


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_strokes_argument(parser)
    parser.add_argument("--checkpoint", type=Path, help="instead of the shipped one")


def add_strokes_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strokes", type=Path, help="pen strokes of real people, as .npz")


def run(options: argparse.Namespace) -> None:
    classifier = load_classifier(options.checkpoint)
    test = load_split("test")
    images, labels = test.images.numpy(), test.labels
    drawn = load_drawings("test")
    is_digit = drawn.labels < 10
    report_accuracy("MNIST, test", classifier, images, labels)
    report_changed_digits(classifier, test.images, labels)
    generated, meant = drawn.images[is_digit], torch.from_numpy(drawn.labels[is_digit])
    report_accuracy("generated digits, test", classifier, generated, meant)
    digits = {"MNIST, test": images, "generated digits": generated}
    if options.strokes:
        pen, pen_labels = read_pen(options.strokes)
        report_accuracy("pen digits, a random pen each", classifier, pen, pen_labels)
        digits["pen digits"] = pen
    report_refusal(classifier, digits, drawn.images[~is_digit])
    report_speed(classifier)


def report_accuracy(name: str, classifier: Classifier, images: Images, labels: Tensor) -> None:
    """Print accuracy, its interval, and the calibration error."""
    probabilities = torch.from_numpy(classifier.predict(images))
    num_correct = int((probabilities.argmax(dim=1) == labels).sum())
    low, high = accuracy_interval(num_correct, len(labels))
    error = expected_calibration_error(probabilities, labels)
    print(
        f"{name:32s} {num_correct / len(labels):7.2%} of {len(labels):,} "
        f"(95 % interval {low:.2%} to {high:.2%}), calibration error {error:.2%}",
        flush=True,
    )


def report_changed_digits(classifier: Classifier, images: Tensor, labels: Tensor) -> None:
    """Print the accuracy on moved, turned, scaled, inverted, thicker and thinner test digits."""
    print("test digits, changed            as drawings    as images, with no preparation")
    for name, changed in changed_digits(images):
        prepared = np.stack([drawing_to_image(_opaque(image)) for image in changed])
        shares = [
            float((torch.from_numpy(classifier.predict(given).argmax(1)) == labels).double().mean())
            for given in (prepared, changed)
        ]
        print(f"    {name:28s} {shares[0]:7.2%}        {shares[1]:7.2%}", flush=True)


def changed_digits(images: Tensor) -> Iterator[tuple[str, Images]]:
    """Yield each change's name and the images (N, 28, 28) after it."""
    grey = images[:, None].float()
    for x, y in ((4, 0), (-4, 0), (0, 4), (0, -4), (4, 4), (-4, -4)):
        yield f"moved by ({x}, {y})", _affine(grey, translate=[x, y])
    for angle in (-15.0, 15.0):
        yield f"turned by {angle:.0f} degrees", _affine(grey, angle=angle)
    for scale in (0.8, 1.2):
        yield f"scaled by {scale}", _affine(grey, scale=scale)
    yield "inverted", (255 - images).numpy()
    room = F.pad(grey, (1, 0, 1, 0))
    yield "thicker by one pixel", _bytes(F.max_pool2d(room, kernel_size=2, stride=1))
    yield "thinner by one pixel", _bytes(-F.max_pool2d(-room, kernel_size=2, stride=1))


def read_pen(path: Path) -> tuple[Images, Tensor]:
    """Return pen digits as images, each drawn in a size and with a pen of its own."""
    with np.load(path, allow_pickle=False) as arrays:
        points, labels = arrays["points"].astype(float), arrays["labels"]
        strokes, samples = arrays["stroke_start"], arrays["sample_start"]
    rng = np.random.default_rng(SEED)
    images = []
    for first, last in pairwise(samples):
        lines: list[Points] = [points[strokes[k] : strokes[k + 1]] for k in range(first, last)]
        longer_side = max(float(np.ptp(np.concatenate(lines), axis=0).max()), 1e-6)
        images.append(ink_to_image(draw_ink([100 * line / longer_side for line in lines], rng)))
    return np.stack(images), torch.from_numpy(labels)


def report_refusal(classifier: Classifier, digits: dict[str, Images], generated: Images) -> None:
    """Print how many digits and non-digits are refused, and how far their scores are apart."""
    rng = np.random.default_rng(SEED)
    sets: dict[str, list[Ink]] = {
        "letters": non_digits.letters(rng, 1500, like_digits=False),
        "scribbles": non_digits.scribbles(rng, 500),
        "shapes": non_digits.shapes(rng, 500),
        "noise": non_digits.noise(rng, 500),
    }
    strange = {name: np.stack([ink_to_image(ink) for ink in inks]) for name, inks in sets.items()}
    strange["all of these"] = np.concatenate(list(strange.values()))
    with_all = non_digits.letters(rng, 1500, like_digits=True)
    strange["letters, like digits or not"] = np.stack([ink_to_image(ink) for ink in with_all])
    strange["generated non-digits"] = generated
    print(f"letters in {', '.join(non_digits.installed_fonts())}")
    known = {name: non_digit_log_odds(classifier.logits(images)) for name, images in digits.items()}
    threshold = classifier.threshold if classifier.threshold is not None else float("inf")
    for name, scores in known.items():
        print(f"    {name:28s} refused {float((scores > threshold).double().mean()):7.2%}")
    for name, images in strange.items():
        scores = non_digit_log_odds(classifier.logits(images))
        curves = ", ".join(f"{auroc(low, scores):.4f} against {of}" for of, low in known.items())
        refused = float((scores > threshold).double().mean())
        print(f"    {name:28s} refused {refused:7.2%}, AUROC {curves}", flush=True)


def report_speed(classifier: Classifier) -> None:
    """Print how long it takes from a canvas of 280 pixels to probabilities, on one core."""
    num_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    canvas = np.zeros((280, 280, 4), np.uint8)
    canvas[..., 3] = 255
    canvas[60:220, 130:150, :3] = 255
    seconds = []
    for _ in range(NUM_TIMED):
        start = time.perf_counter()
        classifier.judge(drawing_to_image(canvas)[None])
        seconds.append(time.perf_counter() - start)
    torch.set_num_threads(num_threads)
    median, late = (1000 * float(np.quantile(seconds[20:], q)) for q in (0.5, 0.95))
    print(f"a drawing read in {median:.1f} ms (median), {late:.1f} ms (95th percentile), one core")


def _affine(
    grey: Tensor, *, angle: float = 0, translate: list[int] | None = None, scale: float = 1
) -> Images:
    changed = transforms.affine(
        grey,
        angle=angle,
        translate=[float(pixels) for pixels in translate or [0, 0]],
        scale=scale,
        shear=[0.0, 0.0],
        interpolation=transforms.InterpolationMode.BILINEAR,
    )
    return _bytes(changed)


def _bytes(grey: Tensor) -> Images:
    images: Images = grey.round().clamp(0, 255).to(torch.uint8)[:, 0].numpy()
    return images


def _opaque(image: Images) -> npt.NDArray[np.uint8]:
    return np.stack([image, image, image, np.full_like(image, 255)], axis=-1)
