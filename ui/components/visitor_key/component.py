"""Reports the key that this browser keeps, made when it first came; nothing of it is seen."""

from ui.components.loader import load

_VISITOR_KEY = load("visitor_key")


def report_key(known: str | None, *, key: str) -> str | None:
    """Mount it; return the visitor's key, empty if the browser keeps none, None until it has told.

    Args:
        known: What it told before, or None; it is not told twice.
        key: Of the component.
    """
    told = _VISITOR_KEY(key=key, data={"known": known}, on_visitor_change=lambda: None)
    return None if told.visitor is None else str(told.visitor)
