"""Failed and slow answers, for load tests."""

import re
import time

from flask import Flask, request

from .problems import Problem

_SLOW = re.compile(r"slow(?:=(\d{1,4}))?")
_DEFAULT_MS = 750


def inject_faults(app: Flask) -> None:
    """Lets callers ask for failed (500) and slow answers by the header `x-fault`."""

    @app.before_request
    def fault() -> None:
        if request.url_rule is None or str(request.endpoint).startswith("monitoring_"):
            return
        asked = request.headers.get("x-fault", "")
        if asked == "error":
            raise Problem(500, "This failure was asked for by the header x-fault.")
        slow = _SLOW.fullmatch(asked)
        if slow:
            time.sleep(int(slow[1] or _DEFAULT_MS) / 1000)
