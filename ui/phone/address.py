"""The app's address as a picture for a phone, where the operator let the network in."""

from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

LOCAL = ("localhost", "127.0.0.1", "::1")
SIDE_MODULES = 4  # of white round the code: what a camera needs


def open_address() -> str | None:
    """Return where another machine finds the app; None if it listens to its own alone.

    That is what this visitor typed, where he came from elsewhere himself, or else the name that the
    operator gave it (`browser.serverAddress`).
    """
    if is_closed():
        return None
    came = urlsplit(st.context.url or "")
    if came.hostname and came.hostname not in LOCAL:
        return f"{came.scheme}://{came.netloc}/"
    named = st.get_option("browser.serverAddress")
    if named in (None, *LOCAL):
        return None
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://{named}:{st.get_option('server.port')}/{path}"


def is_closed() -> bool:
    """Tell whether the app listens to its own machine alone."""
    return st.get_option("server.address") in LOCAL


def qr_code(address: str) -> str:
    """Return an address as a QR code, dark on white in either theme: HTML.

    >>> qr_code("http://room-12:8501/").startswith('<img alt="http://room-12:8501/"')
    True
    """
    code = segno.make(address, error="m", micro=False)
    source = code.svg_data_uri(border=SIDE_MODULES, light="white", omitsize=True)
    return f'<img alt="{escape(address)}" src="{source}" style="width: 100%; max-width: 16rem">'
