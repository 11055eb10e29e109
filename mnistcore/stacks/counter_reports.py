"""What other counters would report for a whole network, in parts that add up.

Their rules are in `counter_rules`. Imports neither torch nor numpy.
"""

from dataclasses import dataclass

from mnistcore.stacks.counter_rules import COUNTERS, Counter, Parts
from mnistcore.stacks.stack import StackAnalysis


@dataclass(frozen=True)
class CounterReport:
    """What one counter says of a network; `parts` add up to its number."""

    counter: Counter
    parts: Parts
    expected: int

    @property
    def number(self) -> int:
        """Return the number that the counter reports."""
        return sum(self.parts.values())

    @property
    def surplus(self) -> int:
        """Return by how much it exceeds our MACs or FLOPs, whichever it counts."""
        return self.number - self.expected


def counter_reports(analysis: StackAnalysis) -> list[CounterReport]:
    """Return what every counter would report for a network.

    Args:
        analysis: Of the network.

    >>> from mnistcore.stacks.presets import my_net
    >>> reports = counter_reports(my_net().analyse())
    >>> {report.counter.name: report.number for report in reports}["thop"]
    582080
    """
    reports = []
    for counter in COUNTERS:
        parts: Parts = {}
        for row in analysis.rows:
            for name, count in counter.parts(row).items():
                parts[name] = parts.get(name, 0) + count
        factor = 2 if counter.unit == "FLOPs" else 1
        found = {name: count for name, count in parts.items() if count}
        reports.append(CounterReport(counter, found, factor * analysis.num_macs))
    return reports
