"""What a network reads in the test split, kept beside its weights: asked once for all. No torch.

The file holds a checksum and then the probabilities. The checksum is of the weights' file and of
these numbers, so what was kept of other weights, or is damaged, counts as none.
"""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mnistcore.files import open_file, written_whole
from mnistcore.mnist.idx import NUM_TEST

NUM_CLASSES = 10
CHECKSUM_BYTES = 32
NUMBER = np.dtype("<f4")  # the same on every machine


def reading_file(checkpoint: Path) -> Path:
    """Return where the reading of a checkpoint lies.

    >>> reading_file(Path("weights/mynet.pt")).name
    'mynet.reading'
    """
    return checkpoint.with_suffix(".reading")


def keep_reading(checkpoint: Path, probabilities: npt.NDArray[np.float32]) -> None:
    """Write down what a network reads, beside its weights.

    Args:
        checkpoint: The weights' file, as it stands now.
        probabilities: (N, 10) float32, of the test split's images in their order.
    """
    numbers = probabilities.astype(NUMBER).tobytes()
    with written_whole(reading_file(checkpoint)) as aside:
        aside.write_bytes(_checksum(checkpoint, numbers) + numbers)


def kept_reading(checkpoint: Path, num_images: int = NUM_TEST) -> npt.NDArray[np.float32] | None:
    """Return what was kept of a checkpoint, (N, 10) float32; None if nothing is, or of others.

    >>> kept_reading(Path("there-is-no-such-file.pt")) is None
    True
    """
    file = reading_file(checkpoint)
    num_bytes = CHECKSUM_BYTES + num_images * NUM_CLASSES * NUMBER.itemsize
    try:
        if file.stat().st_size != num_bytes:
            return None
        with open_file(file) as kept:
            content = kept.read()
        checksum, numbers = content[:CHECKSUM_BYTES], content[CHECKSUM_BYTES:]
        if checksum != _checksum(checkpoint, numbers):
            return None
    except OSError:  # it can be made anew
        return None
    return np.frombuffer(numbers, NUMBER).astype(np.float32).reshape(num_images, NUM_CLASSES)


def _checksum(checkpoint: Path, numbers: bytes) -> bytes:
    with open_file(checkpoint) as weights:
        checksum = hashlib.sha256(weights.read())
    checksum.update(numbers)
    return checksum.digest()
