"""The operator's log: a line for each run started, stopped, deleted, and for each refused input.

A refusal stands there with its reason and nothing of what was refused. A mistake of the app's own
stands there with its traceback.
"""

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.runs.folder import runs_folder
from mnistcore.sentences import Sentence

FILE_NAME = ".app.log"  # among the runs; none of these has a name that begins with a dot
MOST_BYTES, MOST_FILES = 1_000_000, 5
LOGGERS = ("mnistcore", "ui", "streamlit.error_util")  # the last tells of the app's own mistakes
LAST = "last_refusal"  # in session state: a page that is drawn again refuses the same again

# What a sentence quotes: code, texts, numbers, names of files and places, whatever is no word.
_QUOTED = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"|\S*[^\sA-Za-z,;:.()-]\S*|\S+[./\\]\S+|\S{25,}")

_log = logging.getLogger(__name__)


def open_log() -> None:
    """Let the log be written, beside the runs there are now; every page calls this."""
    path = runs_folder() / FILE_NAME
    known = logging.getLogger("mnistcore").handlers
    if any(isinstance(one, _File) and one.baseFilename == str(path) for one in known):
        return
    file = _File(path, maxBytes=MOST_BYTES, backupCount=MOST_FILES, encoding="utf-8", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        for other in [one for one in logger.handlers if isinstance(one, _File)]:
            logger.removeHandler(other)
            other.close()
        logger.addHandler(file)
        logger.setLevel(min(logging.INFO, logger.level or logging.INFO))


def log_refusal(where: str, error: InvalidInputError) -> None:
    """Write down that something was refused and why, once as long as nothing else is.

    Args:
        where: The module that refused it, on the visitor's behalf.
        error: What the visitor is told.
    """
    line = f"{where}: {reason(error)}"
    if st.session_state.get(LAST) != line:
        st.session_state[LAST] = line
        _log.info("refused by %s", line)


def reason(error: InvalidInputError) -> str:
    """Return what an error says in its own words, without its values and what it quotes.

    >>> why = InvalidInputError("`std` is {std}", std=0)
    >>> reason(InvalidInputError("{file} cannot be used: {why}.", file="our diary.pt", why=why))
    '… cannot be used: … is …'
    """
    return " ".join(_QUOTED.sub("…", _without_values(error)).split())[:200]


def _without_values(told: InvalidInputError | Sentence) -> str:
    """Return a sentence with "…" for its values, but for those that are sentences themselves."""
    values = {
        name: _Hidden(
            _without_values(value) if isinstance(value, InvalidInputError | Sentence) else "…"
        )
        for name, value in told.values.items()
    }
    return told.template.format(**values) if values else told.template


class _Hidden(str):
    """What stands for a value, in whatever format that was to have."""

    def __format__(self, form: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return str(self)


class _File(RotatingFileHandler):
    """A file made where missing; what cannot be written there goes to the console."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.handleError(record)
        else:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        print(self.format(record), file=sys.stderr)
