"""Where a hostile checkpoint is refused: what `torch.save` wrote, read without its unpickler.

Numbers, texts, lists and tensors come out of it, no more; whether they are a network's,
`checkpoint` asks. PyTorch's own `weights_only` runs no code, but lets a file of 58 bytes ask for
terabytes. Here a tensor has as many numbers as the file has bytes for them, and all else is
bounded. Knows no network.
"""

import math
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import torch
from torch import Tensor

from mnistcore.errors import InvalidInputError, shortened
from mnistcore.models.torch_pickle import DAMAGED, NO_WEIGHTS, Storage, Strided, follow_pickle

MAX_CHECKPOINT_BYTES = 100_000_000  # far above any network here, far below what would hurt
MOST_DESCRIPTION_BYTES = 3_000_000  # a thousand layers and Adam's state take less
MOST_RECORDS = 20_000
MOST_VALUES = 200_000
MOST_DEPTH = 20
MOST_DIMENSIONS = 16  # of a tensor
LONGEST_TEXT = 10_000
INT64 = range(-(2**63), 2**63)

# What a reader of archives, a reader of pickles and a maker of tensors say of what is none.
UNREADABLE = (
    *(BadZipFile, zlib.error, struct.error, EOFError, ArithmeticError, LookupError),
    *(AttributeError, TypeError, ValueError, RuntimeError, MemoryError),
)
DTYPES = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}


def read_file(path: Path) -> bytes:
    """Return a file's bytes, unless it is missing or larger than any network here.

    Raises:
        InvalidInputError: It is.

    >>> read_file(Path("nothing.pt"))
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: there is no file at nothing.pt
    """
    if not path.is_file():
        raise InvalidInputError("there is no file at {path}", path=shortened(str(path)))
    size = path.stat().st_size
    if size > MAX_CHECKPOINT_BYTES:
        raise InvalidInputError(
            "it is {size:,} bytes long, the limit is {max_checkpoint_bytes:,}",
            size=size,
            max_checkpoint_bytes=MAX_CHECKPOINT_BYTES,
        )
    return path.read_bytes()


def read_torch_file(content: bytes) -> Any:
    """Return what a file holds: None, numbers, texts, lists, tuples, dictionaries and tensors.

    Args:
        content: Of the file; as much memory again is needed, and little more.

    Raises:
        InvalidInputError: It holds something else, too much, or is damaged.

    >>> file = BytesIO()
    >>> torch.save({"step": 3, "weights": torch.ones(2)}, file)
    >>> read_torch_file(file.getvalue())
    {'step': 3, 'weights': tensor([1., 1.])}
    >>> read_torch_file(b"PK")
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: it is damaged, or is no PyTorch file
    """
    if not content.startswith(b"PK"):
        raise InvalidInputError(NO_WEIGHTS)
    if content.count(b"PK\x01\x02") > MOST_RECORDS:
        raise InvalidInputError(
            "it has more than {most_records:,} records", most_records=MOST_RECORDS
        )
    try:
        with ZipFile(BytesIO(content)) as file:
            return _File(file, len(content)).read()
    except UNREADABLE as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError(DAMAGED) from error


class _File:
    """One archive, from its pickle to its tensors."""

    def __init__(self, file: ZipFile, num_bytes: int) -> None:
        self._file = file
        self._values_left = MOST_VALUES
        self._storages: dict[str, Tensor] = {}
        records = file.infolist()
        if any(record.compress_type != ZIP_STORED for record in records):
            raise InvalidInputError("its records are compressed, as torch.save never has them")
        if sum(record.file_size for record in records) > num_bytes:
            raise InvalidInputError("its records are longer than the file")
        names = [r.filename for r in records if r.filename.endswith("/data.pkl")]
        self._folder = names[0].removesuffix("data.pkl")
        order = f"{self._folder}byteorder"
        if order in file.namelist() and file.read(order) != b"little":
            raise InvalidInputError("its numbers are written in the order of another machine")

    def read(self) -> Any:
        """Return what the archive holds."""
        description = self._file.read(f"{self._folder}data.pkl")
        if len(description) > MOST_DESCRIPTION_BYTES:
            raise InvalidInputError("it describes too much")
        return self._plain(follow_pickle(description), 0)

    def _plain(self, value: Any, depth: int) -> Any:
        """Return a value with its tensors made; one that stands in it twice counts twice."""
        self._values_left -= 1
        if self._values_left < 0 or depth > MOST_DEPTH:
            raise InvalidInputError("it describes too much")
        match value:
            case Strided():
                return self._tensor(value)
            case dict():
                return {name: self._plain(each, depth + 1) for name, each in value.items()}
            case list():
                return [self._plain(each, depth + 1) for each in value]
            case tuple():
                return tuple(self._plain(each, depth + 1) for each in value)
            case str() if len(value) <= LONGEST_TEXT:
                return value
            case None | bool() | float():
                return value
            case int() if value in INT64:
                return value
        raise InvalidInputError(NO_WEIGHTS)

    def _tensor(self, wanted: Strided) -> Tensor:
        """Return a tensor that shares its storage's memory, and lies within it."""
        storage = self._numbers(wanted.storage)
        size, stride, offset = tuple(wanted.size), tuple(wanted.stride), wanted.offset
        places = (*size, *stride, offset)
        if not all(type(place) is int and place in INT64 and place >= 0 for place in places):
            raise InvalidInputError(DAMAGED)
        if len(size) > MOST_DIMENSIONS:
            raise InvalidInputError("it has a tensor of more dimensions than a network needs")
        num_values = math.prod(size)
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        if num_values > len(storage) or (num_values and last >= len(storage)):
            raise InvalidInputError("it promises more numbers than it has")
        return storage.as_strided(size, stride, offset)

    def _numbers(self, storage: Storage) -> Tensor:
        """Return the numbers of a record, read once."""
        module, _, name = storage.kind.partition(" ")
        if module != "torch" or name not in DTYPES:
            raise InvalidInputError(NO_WEIGHTS)
        key, dtype = f"{self._folder}data/{storage.key}", DTYPES[name]
        if key not in self._storages:
            content = bytearray(self._file.read(key))
            self._storages[key] = torch.empty(0, dtype=dtype)
            if content:
                self._storages[key] = torch.frombuffer(content, dtype=dtype)
        if self._storages[key].dtype != dtype:
            raise InvalidInputError(DAMAGED)
        return self._storages[key]
