"""Which values are kept apart: in one process, or in all workers of a service alike."""

import fcntl
import json
import os
from threading import Lock
from typing import Protocol


class KeptValues(Protocol):
    """Values by their keys. The first value that a key is given stays with it."""

    def first(self, key: str, value: str, limit: int | None) -> str | None:
        """The value of the key; `value` where the key is new and there is room for it, else None."""


class OwnValues:
    """Values of this process."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._lock = Lock()

    def first(self, key: str, value: str, limit: int | None) -> str | None:
        found = self._values.get(key)
        if found is not None:
            return found
        with self._lock:
            if limit is not None and len(self._values) >= limit:
                return self._values.get(key)
            return self._values.setdefault(key, value)


class SharedValues:
    """Values of all processes that name the same file.

    A line of the file is a key with its value. It is read when a key is not known here, which is once a key.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._values: dict[str, str] = {}
        self._read_to = 0
        self._lock = Lock()

    def first(self, key: str, value: str, limit: int | None) -> str | None:
        found = self._values.get(key)
        if found is not None:
            return found
        if limit is not None and len(self._values) >= limit:
            return None
        with self._lock, open(self._path, "a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(self._read_to)
            for line in file:
                known, its_value = json.loads(line)
                self._values[known] = its_value
            found = self._values.get(key)
            if found is None and (limit is None or len(self._values) < limit):
                file.write(json.dumps([key, value]).encode() + b"\n")
                file.flush()
                self._values[key] = found = value
            self._read_to = file.seek(0, os.SEEK_END)
            return found
