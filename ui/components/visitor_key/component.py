"""Reports the key that this browser keeps, made when it first came; nothing of it is seen."""

from ui.components.loader import load

_VISITOR_KEY = load("visitor_key")


def report_key(known: str, *, key: str) -> str:
    """Mount it; return the visitor's key, empty until the browser has told it.

    Args:
        known: What it told before; it is not told twice.
        key: Of the component.
    """
    told = _VISITOR_KEY(key=key, data={"known": known}, on_visitor_change=lambda: None)
    return str(told.visitor or "")
