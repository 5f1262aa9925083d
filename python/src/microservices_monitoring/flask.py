"""Measures and traces a Flask application: `instrument(app, metrics)`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, got_request_exception, request

from . import exposition, health
from .http_metrics import HttpMetrics, of_service
from .metrics import ServiceMetrics
from .observation import CLIENT_CLOSED_REQUEST, Observation, Start, observing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEY = "microservices_monitoring.observation"


def instrument(app: Flask, metrics: ServiceMetrics, *, ready: health.Ready | None = None) -> None:
    """Counts and traces the requests of an application, and adds `/metrics`, `/health`, `/health/live`, `/health/ready`.

    These four are neither counted nor traced. `ready` says whether the service can do its work; by default it can. Spans
    are sent where the environment says where to.
    """
    http = of_service(metrics)

    def note_route() -> None:
        observation: Observation | None = request.environ.get(_KEY)
        rule = request.url_rule
        if observation is None or rule is None:
            return
        observation.matched(template_of(rule.rule))

    def note_failure(_app: Flask, exception: BaseException, **_: object) -> None:
        observation: Observation | None = request.environ.get(_KEY)
        if observation is not None:
            observation.failed(exception)

    _add_routes(app, metrics, http, ready)
    # First of all, as any other may answer the request.
    app.before_request_funcs.setdefault(None, []).insert(0, note_route)
    got_request_exception.connect(note_failure, app, weak=False)
    app.wsgi_app = _Observed(app.wsgi_app, observing(metrics.service, http))  # type: ignore[method-assign]


_converter = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")


@cache
def template_of(rule: str) -> str:
    """The route of a rule as the catalogue writes it: `/orders/<int:id>` is `/orders/:id`."""
    return _converter.sub(r":\1", rule)


def _headers(environ: "WSGIEnvironment") -> Mapping[str, str]:
    return {
        name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")
    }


class _Observed:
    """An application whose requests are observed, each until its answer has ended."""

    def __init__(self, app: "WSGIApplication", start: Start) -> None:
        self._app = app
        self._start = start

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path in health.OWN_PATHS:
            return self._app(environ, start_response)
        observation = self._start(
            environ["REQUEST_METHOD"], path, environ["wsgi.url_scheme"], lambda: _headers(environ)
        )
        environ[_KEY] = observation
        status = 500

        def started(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            nonlocal status
            status = int(line[:3])
            return start_response(line, headers, exc_info)

        try:
            body: Iterable[bytes] = self._app(environ, started)
        except BaseException as error:
            observation.failed(error)
            observation.end(500)
            raise
        finally:
            observation.leave()
        wrapper = environ.get("wsgi.file_wrapper")
        if isinstance(wrapper, type) and isinstance(body, wrapper):
            # The server sends the file by itself: wrapped, it could not.
            observation.end(status)
            return body
        return _Body(body, observation, status)


class _Body:
    """A body whose end, or whose client's end, is that of its request."""

    __slots__ = ("_body", "_has_ended", "_iterator", "_observation", "_status")

    def __init__(self, body: Iterable[bytes], observation: Observation, status: int) -> None:
        self._body = body
        self._iterator = iter(body)
        self._observation = observation
        self._status = status
        self._has_ended = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._iterator)
        except StopIteration:
            self._has_ended = True
            raise
        except BaseException as error:
            self._has_ended = True
            self._status = 500
            self._observation.failed(error)
            raise

    def close(self) -> None:
        """Called by the server, once: when all is sent, or when nobody is there to whom to send it."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._observation.end(self._status if self._has_ended else CLIENT_CLOSED_REQUEST)


def _add_routes(app: Flask, metrics: ServiceMetrics, http: HttpMetrics, ready: health.Ready | None) -> None:
    expected = False

    def expose() -> Response:
        nonlocal expected
        if not expected:
            expected = True
            _expect(app, http)
        body, content_type = exposition.render(metrics, request.headers.get("Accept"))
        return Response(body, content_type=content_type)

    def live() -> Response:
        return Response(health.body("ok"), content_type="application/json")

    def is_ready() -> Response:
        status, body = health.readiness(ready)
        return Response(body, status=status, content_type="application/json")

    app.add_url_rule(health.METRICS_PATH, "monitoring_metrics", expose)
    for path in health.LIVE_PATHS:
        app.add_url_rule(path, "monitoring_live", live)
    app.add_url_rule(health.READY_PATH, "monitoring_ready", is_ready)


def _expect(app: Flask, http: HttpMetrics) -> None:
    """Makes the series of all routes exist at 0: of their answers, and of their failures."""
    for rule in app.url_map.iter_rules():
        if rule.rule in health.OWN_PATHS:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for status in (200, 500):
                http.expect(method, template_of(rule.rule), status)
