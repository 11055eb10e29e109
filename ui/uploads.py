"""Files from visitors: taken where whoever runs the app allows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.language import _
from ui.operator_settings import settings
from ui.upload_quota import check_was_kept

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


def take_file(
    label: str, *, widget: "Callable[..., UploadedFile | None] | None" = None, **given: Any
) -> "UploadedFile | None":
    """Show a place for a file; return it, or None while there is none.

    Args:
        label: Of the place.
        widget: Such as `st.camera_input`; `st.file_uploader` if None.
        given: For the widget.
    """
    if not settings().uploads:
        st.caption(_("Whoever runs this app takes no files."))
        return None
    return (widget or st.file_uploader)(label, **given)


def content_of(file: "UploadedFile") -> bytes:
    """Return what a file holds.

    Raises:
        InvalidInputError: It was not kept: there was no room for it.
    """
    check_was_kept(file.type)
    return file.getvalue()
