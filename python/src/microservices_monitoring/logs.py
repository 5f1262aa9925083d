"""Log lines as JSON, one a line, with the ids of the active trace."""

import json
import logging
import sys
import time
from typing import TextIO

from .trace_ids import active_ids

_BEYOND = ((logging.CRITICAL, 60), (logging.ERROR, 50), (logging.WARNING, 40), (logging.INFO, 30), (logging.DEBUG, 20))
"""The levels of the services' other logs: 50 and above are errors, which the alarm on error lines counts."""


class JsonFormatter(logging.Formatter):
    """A record as one line: `level` (10 to 60), `time` in ISO 8601, `name`, `msg`, and of an exception `err`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "level": level_of(record.levelno),
            "time": _iso(record.created),
            "name": record.name,
            "msg": record.getMessage(),
            **active_ids(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, _ = record.exc_info
            line["err"] = {"type": kind.__name__, "message": str(error), "stack": self.formatException(record.exc_info)}
        return json.dumps(line, ensure_ascii=False, default=str)


def level_of(levelno: int) -> int:
    """The level's number in a line."""
    return next((number for beyond, number in _BEYOND if levelno >= beyond), 10)


def log_json(level: int | str = logging.INFO, stream: TextIO | None = None) -> None:
    """Lets all loggers write JSON, to the standard output unless told otherwise."""
    handler = logging.StreamHandler(sys.stdout if stream is None else stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _iso(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1000):03d}Z"
