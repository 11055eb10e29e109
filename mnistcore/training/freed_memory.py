"""Memory that a training's step frees and the next one asks for again."""

import ctypes
import sys

# From glibc's malloc.h; see `man mallopt`.
M_TRIM_THRESHOLD = -1
M_MMAP_MAX = -4
LARGEST_INT = 2**31 - 1


def keep_freed_memory() -> bool:
    """Let this process keep the memory it frees, instead of handing it back to the system.

    A step allocates the same large tensors as the step before it. Handed back, each page of them
    is mapped and zeroed anew: about a tenth of the time of DeepNet's step on two threads
    (`python -m benchmarks freed-memory`).

    Returns:
        Whether the C library can be told so: glibc can, and none else is asked.

    >>> import platform
    >>> keep_freed_memory() == (platform.libc_ver()[0] == "glibc")
    True
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):  # musl's `mallopt` does nothing
        return False
    kept = libc.mallopt(M_TRIM_THRESHOLD, LARGEST_INT) and libc.mallopt(M_MMAP_MAX, 0)
    return bool(kept)
