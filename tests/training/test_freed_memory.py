import resource
import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys, torch
from mnistcore.training.freed_memory import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
def step():
    held = [torch.ones(12_000_000) for _ in range(2)]
for _ in range(20):
    step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    step()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def page_faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="Only glibc can be told so.")
def test_what_a_step_frees_is_not_mapped_anew_for_the_next() -> None:
    pages = 10 * 2 * 48_000_000 // resource.getpagesize()

    # Of so large a piece each is given back by itself; of smaller ones it is left to chance.
    assert page_faults("handed back") > 0.9 * pages
    assert page_faults("kept") < 0.1 * pages
