"""Spans of one's own, and of calls to other services. Without OpenTelemetry they are none, and cost nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from opentelemetry.trace import Span

_IS_THERE = find_spec("opentelemetry") is not None
_NAME = "microservices-monitoring"


@contextmanager
def traced(name: str) -> Iterator[None]:
    """What is done in here is a span, a child of the active one. `name` says what, without ids or other values.

    An exception is recorded in the span, and raised.
    """
    if not _IS_THERE:
        yield
        return
    from opentelemetry import trace

    with trace.get_tracer(_NAME).start_as_current_span(name):
        yield


class OutgoingCall:
    """A call that is under way."""

    def __init__(self, span: "Span | None", headers: dict[str, str]) -> None:
        self._span = span
        self.headers = headers
        """The headers to send: those that were given, and the trace's."""

    def answered(self, status: int) -> None:
        """Says with which status the other service answered. From 400 on the call is an error."""
        if self._span is None:
            return
        self._span.set_attribute("http.response.status_code", status)
        if status >= 400:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_attribute("error.type", str(status))
            self._span.set_status(Status(StatusCode.ERROR))


@contextmanager
def outgoing(
    method: str,
    url: str,
    *,
    service: str,
    template: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[OutgoingCall]:
    """A call to the service `service`, as its own spans name it, by whatever client.

    `template` is the path with placeholders, such as `/products/:id`, for the span's name. An exception is recorded in the
    span, and raised.

        with outgoing("GET", url, service="product-service", template="/products/:id") as call:
            response = requests.get(url, headers=call.headers, timeout=3)
            call.answered(response.status_code)
    """
    sent = dict(headers or {})
    if not _IS_THERE:
        yield OutgoingCall(None, sent)
        return
    from opentelemetry import propagate, trace
    from opentelemetry.trace import SpanKind

    parts = urlsplit(url)
    attributes: dict[str, str | int] = {
        "http.request.method": method,
        "server.address": parts.hostname or "",
        "server.port": parts.port or (443 if parts.scheme == "https" else 80),
        # What is before an @ is a password, perhaps.
        "url.full": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}",
        "peer.service": service,
    }
    if template is not None:
        attributes["url.template"] = template
    name = method if template is None else f"{method} {template}"
    tracer = trace.get_tracer(_NAME)
    with tracer.start_as_current_span(name, kind=SpanKind.CLIENT, attributes=attributes) as span:
        propagate.inject(sent)
        yield OutgoingCall(span, sent)
