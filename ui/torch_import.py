"""The one import of torch: seconds long, so it is done once, late, and under a spinner.

`gc.freeze` afterwards keeps Streamlit's collection after every script run from walking through
torch's million objects.
"""

import gc

import streamlit as st


@st.cache_resource(show_spinner="Loading PyTorch ...")
def import_torch() -> None:
    """Import torch; whoever is about to call a function of the library that needs it does this."""
    import mnistcore.in_torch.verification  # noqa: F401

    freeze()


def freeze() -> None:
    """Have the collector pass over all objects there are, from now on."""
    gc.collect()
    gc.freeze()
