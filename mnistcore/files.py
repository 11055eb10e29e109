"""A file written whole or not at all, a small one read as what it should hold. Knows no subject."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from mnistcore.errors import InvalidInputError
from mnistcore.sentences import Sentence

Kind = TypeVar("Kind")

PACKAGE = Path(__file__).parent
# Where the app, `data/` and `runs/` lie; an installed library has none of them beside it.
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").exists() else None
MOST_JSON_BYTES = 1_000_000  # a hundred times what any of these files holds
LONGEST_REASON = 200  # characters; what is wrong may quote the file
AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # to open a pipe would wait for whoever is at its other end


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside another, and rename it there once it is written, never half a file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with written_whole(Path(folder) / "note.txt") as aside:
    ...         _ = aside.write_text("whole")
    ...     [path.name for path in Path(folder).iterdir()]
    ['note.txt']
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def file_to_write(path: Path) -> Iterator[Path]:
    """Give a path as `written_whole` does, for a file that somebody named: its folder is made.

    Raises:
        InvalidInputError: The system refuses: a folder stands there, the disk is full.

    >>> with file_to_write(Path("/")) as aside:
    ...     pass
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: / cannot be written: it is a folder. Name another file.
    """
    with _telling_what_is_refused(path), written_whole(path) as aside:
        yield aside


def check_can_be_written(path: Path) -> None:
    """Refuse a place for a file before work is begun whose result would be lost there.

    Raises:
        InvalidInputError: As `file_to_write` does.
    """
    with _telling_what_is_refused(path):
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.touch()
        aside.unlink()


@contextmanager
def _telling_what_is_refused(path: Path) -> Iterator[None]:
    reason: Sentence | str
    try:
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            yield
            return
        reason = Sentence("it is a folder")
    except OSError as error:
        reason = error.strerror or str(error)
    raise InvalidInputError(
        "{path} cannot be written: {reason}. Name another file.", path=path, reason=reason
    )


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a small file whole or not at all."""
    with written_whole(path) as aside:
        aside.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def open_file(path: Path, mode: str = "rb") -> IO[bytes]:
    """Open a file; a pipe, or whatever else is none, is refused at once.

    Args:
        path: Of the file.
        mode: As `open` takes it, of bytes.

    Raises:
        OSError: It cannot be opened, or is no file.
    """

    def opener(name: str, flags: int) -> int:
        descriptor = os.open(name, flags | AT_ONCE, 0o666)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "it is no file", name)
        return descriptor

    return open(path, mode, opener=opener)


def check_is_file(path: Path) -> None:
    """Refuse what stands at a path and is no file; nothing need stand there.

    Raises:
        InvalidInputError: A folder stands there, a link, a pipe.

    >>> check_is_file(Path("there-is-no-such-file"))
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise damaged(path, InvalidInputError("it is no file"))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise damaged(path, error) from None


def read_json(path: Path, kind: type[Kind]) -> Kind | None:
    """Return what a small JSON file holds, or None where there is none.

    Args:
        path: Of the file.
        kind: What it should hold, as `as_kind` takes it.

    Raises:
        InvalidInputError: Something else stands there: half a file, another one, a folder.

    >>> read_json(Path("there-is-no-such-file"), dict) is None
    True
    """
    try:
        if not path.is_file():
            if not path.exists():
                return None
            raise InvalidInputError("it is no file")
        with open_file(path) as file:
            content = file.read(MOST_JSON_BYTES + 1)
        if len(content) > MOST_JSON_BYTES:
            raise InvalidInputError(
                "it is longer than {most_json_bytes:,} bytes", most_json_bytes=MOST_JSON_BYTES
            )
        return as_kind(parsed(content), kind)
    except FileNotFoundError:  # removed since it was seen
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(path, error) from None


def parsed(content: bytes) -> Any:
    r"""Return what JSON says, in texts that are whole.

    Raises:
        ValueError: It is no JSON, or holds half a character, with which no page can be sent.

    >>> parsed(rb'["\ud83d\ude00", "1"]')
    ['😀', '1']
    >>> parsed(rb'["\ud83d"]')
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: it holds half a character
    """
    values = json.loads(content.decode("utf-8-sig"))
    if b"\\ud" in content.lower():  # the only way in for a surrogate that stands alone
        try:
            json.dumps(values, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise InvalidInputError("it holds half a character") from None
    return values


def damaged(path: Path, fault: Exception) -> InvalidInputError:
    """Return what is to be said of a file that holds something else than it should.

    >>> damaged(Path("runs/mine/config.json"), ValueError("it is no file"))
    InvalidInputError('config.json is damaged: it is no file.')
    """
    return InvalidInputError(
        "{file} is damaged: {reason}.", file=path.name, reason=reason_of(fault)
    )


def reason_of(fault: Exception) -> Exception | str:
    """Return what a fault says, for the middle of a sentence; the fault itself where that is it."""
    text = str(fault)
    reason = text.rstrip(".")[:LONGEST_REASON]
    if reason == text:
        return fault
    if isinstance(fault, InvalidInputError) and reason == text.rstrip("."):
        return Sentence(fault.template.rstrip("."), **fault.values)
    return reason


def as_kind(content: object, kind: type[Kind]) -> Kind:
    """Return what was read from a file as the dataclass that says what may stand there.

    Args:
        content: Of JSON, or of a checkpoint: dictionaries, lists, numbers, texts.
        kind: A dataclass; its annotations are checked, fields that it does not have are left out.

    Raises:
        InvalidInputError: A field is missing, of another type, or outside its limits.

    >>> from dataclasses import make_dataclass
    >>> as_kind({"step": "three"}, make_dataclass("Step", [("step", int)]))
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: Expected `int`, got `str` - at `$.step`
    """
    try:
        return msgspec.convert(content, kind)
    except (msgspec.ValidationError, AttributeError) as error:  # the latter of a tensor
        raise InvalidInputError(str(error)) from None


def remove(path: Path) -> None:
    """Remove what stands at a path: nothing, a file, or a folder that should have been one."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # which one tells of a folder, depends on the system
        if not path.is_dir():
            raise
        shutil.rmtree(path)
