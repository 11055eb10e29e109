"""Contexts of the browser: each test gets one that nobody has left anything in.

What a page fetched and compiled for one test serves the next, which takes a second of a processor
from each page that is opened; cookies, storage, permissions and pages do not outlive their test.
"""

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext


class Contexts:
    """Contexts that are handed out one at a time, as empty as a new one."""

    def __init__(self, browser: Browser, server: str, patience_ms: int) -> None:
        self._browser, self._server, self._patience_ms = browser, server, patience_ms
        self._free: dict[str, list[BrowserContext]] = defaultdict(list)

    def take(self, device: dict[str, Any]) -> tuple[str, BrowserContext]:
        """Return one for a device, described as Playwright has it, and the name to return it by."""
        name = repr(sorted(device.items()))
        if self._free[name]:
            return name, self._free[name].pop()
        context = self._browser.new_context(**device)
        context.set_default_timeout(self._patience_ms)
        return name, context

    def give_back(self, name: str, context: BrowserContext) -> None:
        """Close its pages and forget what they kept."""
        blank = context.new_page()
        for page in context.pages:
            if page is not blank:
                page.close()
        told = {"origin": self._server, "storageTypes": "cookies,local_storage,indexeddb"}
        context.new_cdp_session(blank).send("Storage.clearDataForOrigin", told)
        context.clear_cookies()
        context.clear_permissions()
        blank.close()
        self._free[name].append(context)
