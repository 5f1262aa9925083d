"""Spans of the requests that a service answers, as its metrics name them."""

from collections.abc import Mapping
from contextvars import Token

from opentelemetry import context, propagate, trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode

from .trace_ids import Ids, ids_of

_tracer = trace.get_tracer("microservices-monitoring")


class ServerSpan:
    """The span of a request; it is active from its start to its end."""

    def __init__(self, method: str, is_known: bool, path: str, scheme: str, headers: Mapping[str, str]) -> None:
        self._name = method if is_known else "HTTP"
        attributes = {
            "http.request.method": method if is_known else "_OTHER",
            "url.path": path,
            "url.scheme": scheme,
        }
        if not is_known:
            attributes["http.request.method_original"] = method
        parent = propagate.extract(headers)
        self._span = _tracer.start_span(self._name, parent, SpanKind.SERVER, attributes)
        self._token: Token[Context] = context.attach(trace.set_span_in_context(self._span, parent))

    def matched(self, route: str) -> None:
        """Says which route answers the request."""
        self._span.update_name(f"{self._name} {route}")
        self._span.set_attribute("http.route", route)

    def failed(self, error: BaseException) -> None:
        """Notes what the request failed of."""
        self._span.record_exception(error)

    def leave(self) -> None:
        """Lets what runs from now on be no part of it."""
        context.detach(self._token)

    def end(self, status: int) -> Ids | None:
        """Ends it; a status from 500 on is an error. Gives its ids where it is sampled."""
        span = self._span
        span.set_attribute("http.response.status_code", status)
        if status >= 500:
            span.set_attribute("error.type", str(status))
            span.set_status(Status(StatusCode.ERROR))
        span.end()
        found = span.get_span_context()
        return ids_of(found) if found.trace_flags.sampled else None
