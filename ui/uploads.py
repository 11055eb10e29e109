"""Files from visitors: taken where whoever runs the app allows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from mnistcore.errors import InvalidInputError
from ui.language import ENGLISH, N_, _, language, said
from ui.operator_log import log_refusal
from ui.operator_settings import settings
from ui.plain_text import sentence
from ui.upload_quota import check_was_kept

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

REFUSED_FOR_ITS_NAME = ("file-uploader-invalid-extension", "filename-contains-null-bytes")
# Streamlit's own words on a place for files, which it has in English alone, and where they stand.
OWN_WORDS = {
    '[data-testid="stFileUploaderDropzone"] button p': N_("Choose a file"),
    '[data-testid="stFileUploaderDropzoneInstructions"] span': N_("Up to {most_megabytes} MB"),
    '[data-testid="stCameraInputWebcamComponent"] button': N_("Take the picture"),
    '[data-testid="stCameraInput"] > button': N_("Take another one"),
}


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
    if language() != ENGLISH:
        st.html(_style())
    try:
        return (widget or st.file_uploader)(label, **given)
    except StreamlitAPIException as error:  # a browser's own choice cannot come to this
        if error.error_id not in REFUSED_FOR_ITS_NAME:
            raise
        refusal = InvalidInputError(
            "What was sent is no file of a kind that this place takes: {kinds}. Reload the page, "
            "and choose another.",
            kinds=", ".join(given.get("type", ())),
        )
        log_refusal(__name__, refusal)
        st.error(sentence(said(refusal)))
        return None


def content_of(file: "UploadedFile") -> bytes:
    """Return what a file holds.

    Raises:
        InvalidInputError: It was not kept: there was no room for it.
    """
    check_was_kept(file.type)
    return file.getvalue()


def _style() -> str:
    """Return CSS that puts the visitor's language in the place of Streamlit's English."""
    most = st.get_option("server.maxUploadSize")
    return "".join(
        f"<style>{place} {{ font-size: 0; }} "
        f'{place}::after {{ content: "{_(words, most_megabytes=most)}"; font-size: 1rem; }}</style>'
        for place, words in OWN_WORDS.items()
    )
