"""Fuzz every way in with atheris: `python -m tests.fuzz_ways_in -max_total_time=600`.

Ends at the first text that crashes, or that takes too long.
"""

import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).parent / "pasted" / "networks"  # the texts to begin with
MOST_SECONDS = 5.0  # instrumented code is several times slower


def main() -> None:
    """Try texts until the time is over."""
    import atheris  # on PyPI; installed for this alone

    with atheris.instrument_imports(include=["mnistcore"]):
        from tests.ways_in import try_all

    def fuzz(data: bytes) -> None:
        begun = time.process_time()
        try_all(data.decode("utf-8", errors="replace"))
        assert time.process_time() - begun < MOST_SECONDS, "too slow"

    found = tempfile.mkdtemp()  # where new texts go, and not beside those to begin with
    atheris.Setup([*sys.argv, found, str(FOLDER)], fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
