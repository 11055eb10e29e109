"""The IDX files that MNIST is published in, read without torch, so that a page opens at once.

`splits` loads and verifies whole splits for training; this is the light way to look at a few
digits.
"""

import gzip
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mnistcore.errors import InvalidInputError
from mnistcore.files import CHECKOUT

NUM_TEST = 10_000  # images of the test split
ARCHIVES = (CHECKOUT or Path()) / "data" / "MNIST" / "raw"


def read_idx(path: Path) -> npt.NDArray[np.uint8]:
    """Read a gzipped IDX file of bytes.

    Args:
        path: A file such as `t10k-images-idx3-ubyte.gz`.

    Returns:
        The numbers in the shape that the file states: (N, 28, 28) images or (N,) labels.

    Raises:
        InvalidInputError: The file is missing, damaged or holds something else.

    Source: LeCun, Cortes & Burges (1998), "The MNIST database", section "File formats".

    >>> read_idx(ARCHIVES / "t10k-labels-idx1-ubyte.gz")[:3].tolist()
    [7, 2, 1]
    """
    way_out = "Fetch the file again, as data/README.md describes."
    try:
        content = gzip.decompress(path.read_bytes())
    except FileNotFoundError as error:
        raise InvalidInputError(
            "There is no {file}. {way_out}", file=path.name, way_out=way_out
        ) from error
    except (EOFError, OSError) as error:
        raise InvalidInputError(
            "{file} is no whole gzip file. {way_out}", file=path.name, way_out=way_out
        ) from error
    zeros, kind, num_axes = struct.unpack_from(">HBB", content.ljust(4, b"\0"))
    header_bytes = 4 + 4 * num_axes
    if (zeros, kind) != (0, 0x08) or len(content) < header_bytes:
        raise InvalidInputError(
            "{file} is no IDX file of bytes. {way_out}", file=path.name, way_out=way_out
        )
    shape = struct.unpack_from(f">{num_axes}I", content, 4)
    numbers = np.frombuffer(content, dtype=np.uint8, offset=header_bytes)
    if numbers.size != np.prod(shape, dtype=np.int64):
        raise InvalidInputError(
            "{file} states the shape {shape} but holds {size:,} numbers. {way_out}",
            file=path.name,
            shape=shape,
            size=numbers.size,
            way_out=way_out,
        )
    return numbers.reshape(shape)
