"""The one import of torch: seconds long, so it is done once, late, and under a spinner.

`gc.freeze` afterwards keeps Streamlit's collection after every script run from walking through
torch's million objects.
"""

import gc
from threading import Event, Thread

import streamlit as st

_IMPORTED = Event()


@st.cache_resource(show_spinner="Loading PyTorch ...")
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


def freeze() -> None:
    """Have the collector pass over all objects there are, from now on."""
    gc.collect()
    gc.freeze()


def _import() -> None:
    import mnistcore.in_torch.verification
    import mnistcore.inside.contributions
    import mnistcore.reading.classifier  # noqa: F401

    freeze()
    _IMPORTED.set()
