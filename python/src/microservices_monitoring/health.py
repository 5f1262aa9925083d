"""Whether a service lives, and whether it should get requests."""

import json
from collections.abc import Callable

Ready = Callable[[], bool]
"""Says whether a service can do its work at this moment. An exception counts as no."""

LIVE_PATHS = ("/health", "/health/live")
READY_PATH = "/health/ready"
METRICS_PATH = "/metrics"

OWN_PATHS = frozenset((*LIVE_PATHS, READY_PATH, METRICS_PATH))
"""What is neither counted nor traced."""


def body(status: str) -> bytes:
    """What a health route answers."""
    return json.dumps({"status": status}).encode()


def readiness(ready: Ready | None) -> tuple[int, bytes]:
    """Status and body of the answer to whether a service is ready."""
    try:
        is_ready = ready is None or ready()
    except Exception:
        is_ready = False
    return (200, body("ok")) if is_ready else (503, body("unavailable"))
