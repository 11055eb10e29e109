"""What all visitors' files may take of the server's memory together; more is not kept.

A file stands there until its visitor removes it or leaves. Asked where Streamlit keeps files, since
whoever sends one need not have a page in front of him.
"""

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnistcore.errors import InvalidInputError
from ui.operator_settings import settings

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFileManager, UploadedFileRec

REFUSED = "application/x-not-kept"  # the type of what stands for a file that was not kept
MOST_FILES = 100  # of one visitor at a time


class LimitedFileManager(MemoryUploadedFileManager):
    """Streamlit's store of uploaded files, with an end to what it holds."""

    def add_file(self, session_id: str, file: "UploadedFileRec") -> None:
        """Keep a file; one that there is no room for, without its content."""
        if len(self.file_storage.get(session_id, ())) >= MOST_FILES:
            raise HTTPException(413, f"This page holds {MOST_FILES} files already.")
        if self.num_bytes() + len(file.data) > _most_bytes():
            file = file._replace(type=REFUSED, data=b"")
        super().add_file(session_id, file)

    def num_bytes(self) -> int:
        """Return what all files take that are kept now."""
        return sum(stat.byte_length for stats in self.get_stats().values() for stat in stats)


def limit_uploads() -> None:
    """Have the server keep no more files than there is room for; every page calls this."""
    if (context := get_script_run_ctx()) is not None:
        limit(context.uploaded_file_mgr)


def limit(manager: "UploadedFileManager") -> None:
    """Let a store of files be one with an end."""
    if type(manager) is MemoryUploadedFileManager:
        manager.__class__ = LimitedFileManager


def check_was_kept(kind: str) -> None:
    """Refuse a file of which nothing was kept.

    Args:
        kind: Its type, as Streamlit gives it.

    Raises:
        InvalidInputError: Nothing was.
    """
    if kind == REFUSED:
        raise InvalidInputError(
            "There is no room for this file: all visitors' files together may take "
            "{most_megabytes:g} MB here. Try again when somebody has closed a page.",
            most_megabytes=_most_bytes() / 1e6,
        )


def _most_bytes() -> float:
    try:
        allowed = settings()
    except InvalidInputError:  # the operator's file is damaged, and allows nothing
        return 0
    return allowed.most_upload_megabytes * 1e6 if allowed.uploads else 0
