"""The one import of torch: seconds long, so it is done once, late, and under a spinner.

Streamlit collects garbage after every run of a script, and walks through all there is. Torch brings
a million objects: walking through them as they come, time and again, an import beside which pages
are drawn took minutes on a busy machine, and so did every page. So the collector is kept from them
while they come (`_passed_over`), and ever after (`freeze`).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import streamlit as st

SECONDS_BETWEEN_LOOKS = 0.5
AWAITED = "torch_is_awaited"  # in session state: the page was drawn, and no look was taken since

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


def redraw_with_torch() -> None:
    """Have the page drawn anew when torch has come; its import begins once the page stands."""
    st.session_state[AWAITED] = True
    st.fragment(_look, run_every=SECONDS_BETWEEN_LOOKS)()


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
    with _passed_over():
        import mnistcore.in_torch.verification
        import mnistcore.inside.contributions
        import mnistcore.reading.classifier  # noqa: F401
    freeze()
    _IMPORTED.set()


@contextmanager
def _passed_over() -> Iterator[None]:
    """Have every collection meanwhile pass over what there is; afterwards it counts again."""

    def pass_over(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            gc.freeze()

    gc.callbacks.append(pass_over)
    try:
        yield
    finally:
        gc.callbacks.remove(pass_over)
        gc.unfreeze()
