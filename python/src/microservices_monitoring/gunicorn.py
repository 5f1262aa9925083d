"""Settings of gunicorn for a service with several workers: `gunicorn --config python:microservices_monitoring.gunicorn`.

With a configuration of your own, begin it with `from microservices_monitoring.gunicorn import *`.
"""

import atexit
import os
import shutil
import tempfile
from typing import Protocol

from .multiproc_dir import MULTIPROC_DIR

__all__ = ["child_exit", "worker_tmp_dir"]

_MEMORY = "/dev/shm"

worker_tmp_dir = _MEMORY if os.access(_MEMORY, os.W_OK) else None
"""Where a worker says that it lives: in memory, as a slow disk would let gunicorn believe that it hangs."""


def _folder() -> str:
    """The folder that the environment names, or one in memory that goes with this process."""
    given = os.environ.get(MULTIPROC_DIR)
    if given is not None:
        os.makedirs(given, exist_ok=True)
        return given
    made = tempfile.mkdtemp(prefix="metrics-", dir=worker_tmp_dir)
    owner = os.getpid()

    def remove() -> None:
        # A worker is a fork, and ends like this process.
        if os.getpid() == owner:
            shutil.rmtree(made, ignore_errors=True)

    atexit.register(remove)
    return made


os.environ[MULTIPROC_DIR] = _folder()

# The client looks for the variable when it is imported. And not the module: gunicorn takes each name in here that is one of
# its settings, and `workers` is.
from .workers import bury, found  # noqa: E402

found(os.environ[MULTIPROC_DIR])


class _Worker(Protocol):
    pid: int


def child_exit(server: object, worker: _Worker) -> None:
    """What a worker has counted stays, its files go."""
    bury(os.environ[MULTIPROC_DIR], worker.pid)
