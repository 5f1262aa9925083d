"""Failed and slow answers, for load tests."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, g, request

from .problems import Problem

_SLOW = re.compile(r"slow(?:=(\d{1,4}))?")
_DEFAULT_MS = 750
_View = TypeVar("_View", bound=Callable[..., object])
_own_moment: set[object] = set()


def inject_faults(app: Flask) -> None:
    """Lets callers ask for failed (500) and slow answers by the header `x-fault`."""

    @app.before_request
    def fault() -> None:
        if request.url_rule is None or str(request.endpoint).startswith("monitoring_"):
            return
        g.fault = request.headers.get("x-fault", "")
        if app.view_functions[str(request.endpoint)] not in _own_moment:
            happen()


def at_its_own_moment(view: _View) -> _View:
    """Marks a view that calls `happen` itself: where it counts what fails."""
    _own_moment.add(view)
    return view


def happen() -> None:
    """The fault that the caller asked for, where faults are injected."""
    asked = g.get("fault", "")
    if asked == "error":
        raise Problem(500, "This failure was asked for by the header x-fault.")
    slow = _SLOW.fullmatch(asked)
    if slow:
        time.sleep(int(slow[1] or _DEFAULT_MS) / 1000)
