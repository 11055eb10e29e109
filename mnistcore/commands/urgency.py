"""How much of the processor a process takes while others want it."""

import os
import sys
from contextlib import suppress
from pathlib import Path

LEAST_URGENT = 19  # as POSIX counts
NICENESS = "MNISTCORE_RUN_NICENESS"  # 0 in this variable: as urgent as other processes
AUTOGROUP = Path("/proc/self/autogroup")  # the weight of this process's whole session


def let_others_go_first() -> None:
    """Take what other processes leave of the processor, unless the environment says otherwise."""
    asked = os.environ.get(NICENESS, "")
    niceness = min(int(asked), LEAST_URGENT) if asked.isdecimal() else LEAST_URGENT
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
    with suppress(OSError):  # where sessions are not weighed against each other, as Linux may
        AUTOGROUP.write_text(str(niceness))
