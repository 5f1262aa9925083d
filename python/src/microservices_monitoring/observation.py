"""A request while it is answered: counted once, and traced where tracing is on."""

import logging
import os
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from .http_metrics import HttpMetrics
from .trace_ids import Ids

if TYPE_CHECKING:
    from .server_spans import ServerSpan

CLIENT_CLOSED_REQUEST = 499
"""Status under which a request is counted that its client gave up."""

_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT", "JAEGER_AGENT_HOST")


class Observation:
    """What is known of a request while it is answered."""

    __slots__ = ("_http", "_method", "_route", "_span", "_start")

    def __init__(self, http: HttpMetrics, method: str, span: "ServerSpan | None") -> None:
        self._start = perf_counter()
        self._http = http
        self._method = method
        self._span = span
        self._route: str | None = None

    def matched(self, route: str) -> None:
        """Says which route answers it, by the template of its path: `/orders/:id`."""
        self._route = route
        if self._span is not None:
            self._span.matched(route)

    def failed(self, error: BaseException) -> None:
        """Notes what it failed of."""
        if self._span is not None:
            self._span.failed(error)

    def leave(self) -> None:
        """Lets what runs from now on be no part of its span."""
        if self._span is not None:
            self._span.leave()

    def end(self, status: int) -> None:
        """Counts it: once, whatever became of it."""
        trace: Ids | None = None if self._span is None else self._span.end(status)
        self._http.record(self._method, self._route, status, perf_counter() - self._start, trace)


Start = Callable[[str, str, str, Callable[[], Mapping[str, str]]], Observation]
"""Begins an observation, of a method, a path, a scheme, and, where spans are made, headers by their names in lower case."""


def observing(service: str, http: HttpMetrics, when_traced: Callable[[], None] = lambda: None) -> Start:
    """What begins the observations of a service. Tracing is on where the environment says where spans go.

    `when_traced` is called, once and at once, where it is on.
    """

    def untraced(method: str, _path: str, _scheme: str, _headers: object) -> Observation:
        return Observation(http, method, None)

    try:
        from .server_spans import ServerSpan
        from .tracing import start_tracing
    except ImportError as missing:
        _warn(missing)
        return untraced
    if start_tracing(service) is None:
        return untraced
    when_traced()

    def traced(method: str, path: str, scheme: str, headers: Callable[[], Mapping[str, str]]) -> Observation:
        return Observation(http, method, ServerSpan(method, http.knows(method), path, scheme, headers()))

    return traced


def _warn(missing: ImportError) -> None:
    """Says that nothing is traced where somebody seems to believe so."""
    named = [name for name in _VARIABLES if os.environ.get(name, "").strip()]
    if named:
        logging.getLogger(__name__).warning(
            "%s is set, but %s is not installed: nothing is traced. Install microservices-monitoring[tracing].",
            named[0],
            missing.name,
        )
