"""A page's questions are answered by one thread each, unless the environment says otherwise.

An answer is small, and threads that share it wait for each other wherever something else runs: a
browser, a training, a class. Beside a training one product of two small matrices in forty took
half a second with numpy's two threads, and 5 ms at most with one; a drawing cost the server 63 to
76 ms of a processor, and 28 to 29 with one. A training has a process and threads of its own.
"""

import os


def answer_with_one_thread() -> None:
    """Say so to numpy and PyTorch, which look when they are imported: call this before."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
