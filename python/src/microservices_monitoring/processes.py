"""What the clients of all languages say of their process, of a service that is several of them."""

import os
from collections.abc import Iterable, Iterator

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class ProcessesCollector(Collector):
    """A process and its children together. Linux only: elsewhere there are no such metrics."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def collect(self) -> Iterable[Metric]:
        """The sums of those that live; the time of the processor also of the children that are gone."""
        try:
            stats = dict(_stats_of(self._parent))
            parent = stats[self._parent]
        except (OSError, KeyError):
            return
        # Fields 14 to 17 of proc_pid_stat(5), in ticks; the third is the first here.
        cpu = sum(int(stat[11]) + int(stat[12]) for stat in stats.values()) + int(parent[13]) + int(parent[14])
        yield CounterMetricFamily("process_cpu_seconds", "CPU time in user mode and the kernel.", cpu / _TICKS)
        started = _boot_time() + int(parent[19]) / _TICKS
        yield GaugeMetricFamily("process_start_time_seconds", "When the service started.", started)
        resident = sum(int(stat[21]) for stat in stats.values()) * _PAGE
        yield GaugeMetricFamily("process_resident_memory_bytes", "Memory held in RAM.", resident)
        address_space = sum(int(stat[20]) for stat in stats.values())
        yield GaugeMetricFamily("process_virtual_memory_bytes", "Address space.", address_space)
        # The process that is nearest to its limit is what matters: its figures, not a sum.
        used, most = max((_descriptors_of(pid) for pid in stats), key=lambda each: each[0] / each[1])
        yield GaugeMetricFamily("process_open_fds", "File descriptors in use.", used)
        yield GaugeMetricFamily("process_max_fds", "File descriptors that the process may use.", most)


def _stats_of(parent: int) -> Iterator[tuple[int, list[str]]]:
    """The fields of `stat` of a process and its children, from the state on."""
    with open(f"/proc/{parent}/task/{parent}/children") as file:
        children = [int(pid) for pid in file.read().split()]
    for pid in [parent, *children]:
        try:
            with open(f"/proc/{pid}/stat") as file:
                # Its name is in brackets, and may hold any character.
                yield pid, file.read().rpartition(")")[2].split()
        except OSError:
            continue


def _descriptors_of(pid: int) -> tuple[int, int]:
    """Descriptors that a process uses, and may use."""
    try:
        used = len(os.listdir(f"/proc/{pid}/fd"))
        with open(f"/proc/{pid}/limits") as file:
            limit = next(line for line in file if line.startswith("Max open files")).split()[3]
        return used, int(limit)
    except (OSError, StopIteration, ValueError):
        return 0, 1


def _boot_time() -> float:
    with open("/proc/stat") as file:
        return float(next(line for line in file if line.startswith("btime")).split()[1])
