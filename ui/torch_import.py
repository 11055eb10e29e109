"""The one import of torch: seconds long, so it is done once, late, and under a spinner.

`gc.freeze` afterwards keeps every collection from walking through torch's million objects.
"""

import gc
from threading import Event, Thread

import streamlit as st

from ui.language import N_, Spoken
from ui.parts import fragment

SECONDS_BETWEEN_LOOKS = 0.5
AWAITED = "torch_is_awaited"  # in session state: the page was drawn, and no look was taken since

_IMPORTED = Event()


@st.cache_resource(show_spinner=Spoken(N_("Loading PyTorch ...")))
def import_torch() -> None:
    """Import torch; whoever is about to call a function of the library that needs it does this."""
    _import()


@st.cache_resource(show_spinner=False)
def import_torch_meanwhile() -> None:
    """Begin the import and do not wait for it: for a page that stands without it at first."""
    Thread(target=_import, name="import torch", daemon=True).start()


def torch_is_imported() -> bool:
    """Tell whether one of the two has been called and come to its end."""
    return _IMPORTED.is_set()


def redraw_with_torch() -> None:
    """Have the page drawn anew when torch has come; its import begins once the page stands."""
    st.session_state[AWAITED] = True
    fragment(run_every=SECONDS_BETWEEN_LOOKS)(_look)()


def freeze() -> None:
    """Have the collector pass over all objects there are, from now on."""
    gc.collect()
    gc.freeze()


def _look() -> None:
    if torch_is_imported():
        st.rerun()
    if not st.session_state.pop(AWAITED, False):  # the page stands: this is the clock's run
        import_torch_meanwhile()


def _import() -> None:
    import mnistcore.inside.contributions
    import mnistcore.reading.classifier  # noqa: F401

    freeze()
    _IMPORTED.set()
