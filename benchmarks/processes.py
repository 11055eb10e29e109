"""What another process has taken so far of processor and memory. Linux alone: it asks /proc."""

import os
from pathlib import Path


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has taken so far; Linux alone."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(process: int) -> int:
    """Return the memory that a process has; Linux alone."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
