import resource
import subprocess
import sys

import pytest

PROGRAM = """
import resource, torch
from mnistcore.training.freed_memory import keep_freed_memory
def step():
    held = [torch.ones(12_000_000) for _ in range(2)]
def page_faults():
    for _ in range(10):
        step()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(5):
        step()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
handed_back = page_faults()
assert keep_freed_memory()
print(handed_back, page_faults())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="Only glibc can be told so.")
def test_what_a_step_frees_is_not_mapped_anew_for_the_next() -> None:
    pages = 5 * 2 * 48_000_000 // resource.getpagesize()

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    # Of so large a piece each is given back by itself; of smaller ones it is left to chance.
    handed_back, kept = map(int, done.stdout.split())
    assert handed_back > 0.9 * pages
    assert kept < 0.1 * pages
