"""Several workers that are one service: what they share, and what is left of those that are gone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import mark_process_dead

_GONE = "gone"
"""Takes the place of a process id in the names of the files of all workers that are gone."""


@contextmanager
def _locked(folder: str, how: int) -> Iterator[None]:
    with open(os.path.join(folder, "lock"), "a") as file:
        fcntl.flock(file, how)
        yield


@contextmanager
def reading(folder: str) -> Iterator[None]:
    """While the files of the workers are read, those of no worker are put together."""
    with _locked(folder, fcntl.LOCK_SH):
        yield


def bury(folder: str, pid: int) -> None:
    """Puts what a worker has counted to that of the others that are gone, and removes its files.

    What it has counted stays, its gauges go. A scrape reads it once, before or after.
    """
    with _locked(folder, fcntl.LOCK_EX):
        mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]
        for kind in ("counter", "histogram", "summary"):
            path = os.path.join(folder, f"{kind}_{pid}.db")
            if os.path.exists(path):
                _add(path, os.path.join(folder, f"{kind}_{_GONE}.db"))
                os.remove(path)


def _add(path: str, to: str) -> None:
    """Adds the values of a file to those of another. A worker that is killed here leaves the other as it was."""
    made = f"{to}.new"
    values: dict[str, float] = {}
    for file in (to, path):
        if os.path.exists(file):
            for key, value, _timestamp, _at in MmapedDict.read_all_values_from_file(file):  # type: ignore[no-untyped-call]
                values[key] = values.get(key, 0.0) + value
    if os.path.exists(made):
        os.remove(made)
    written = MmapedDict(made)  # type: ignore[no-untyped-call]
    for key, value in values.items():
        written.write_value(key, value, 0.0)  # type: ignore[no-untyped-call]
    written.close()  # type: ignore[no-untyped-call]
    os.replace(made, to)


def found(folder: str) -> None:
    """Begins with an empty folder: what was counted before the service started is no part of it."""
    for name in os.listdir(folder):
        if name.endswith((".db", ".kept")):
            os.remove(os.path.join(folder, name))
    with open(os.path.join(folder, "parent"), "w") as file:
        file.write(str(os.getpid()))


def parent_of(folder: str) -> int | None:
    """The process whose children the workers are; None where nothing says so."""
    try:
        with open(os.path.join(folder, "parent")) as file:
            return int(file.read())
    except (OSError, ValueError):
        return None
