"""Measures and traces a FastAPI or Starlette application: `instrument(app, metrics)`."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import exposition, health
from .http_metrics import HttpMetrics, of_service
from .metrics import ServiceMetrics
from .observation import CLIENT_CLOSED_REQUEST, Start, observing

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def instrument(app: Starlette, metrics: ServiceMetrics, *, ready: health.Ready | None = None) -> None:
    """Counts and traces the requests of an application, and adds `/metrics`, `/health`, `/health/live`, `/health/ready`.

    These four are neither counted nor traced. `ready` says whether the service can do its work; by default it can. Spans
    are sent where the environment says where to.
    """
    http = of_service(metrics)
    _add_routes(app, metrics, http, ready)
    app.add_middleware(_Observed, start=observing(metrics.service, http, lambda: _leave_spans(app)))


def _leave_spans(app: Starlette) -> None:
    """Lets FastAPI make no spans itself, as newer ones do as soon as there is a provider: each request would have two.

    A provider that the application gave to FastAPI is its own affair.
    """
    settings = getattr(app, "_telemetry", None)
    if isinstance(settings, dict) and settings.get("tracer_provider") is None:
        settings["tracing"] = False


_converter = re.compile(r"\{([^{}:]+)(?::[^{}]+)?\}")


@cache
def template_of(path: str) -> str:
    """The route of a path as the catalogue writes it: `/orders/{id:int}` is `/orders/:id`."""
    return _converter.sub(r":\1", path)


class _Observed:
    """An application whose requests are observed, each until its answer has ended."""

    def __init__(self, app: App, start: Start) -> None:
        self._app = app
        self._start = start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in health.OWN_PATHS:
            await self._app(scope, receive, send)
            return
        observation = self._start(scope["method"], scope["path"], scope["scheme"], lambda: _headers(scope))
        status = 500
        has_ended = is_gone = False

        async def receive_noting() -> Message:
            nonlocal is_gone
            message = await receive()
            is_gone = is_gone or message["type"] == "http.disconnect"
            return message

        async def send_noting(message: Message) -> None:
            nonlocal status, has_ended, is_gone
            kind = message["type"]
            if kind == "http.response.start":
                status = message["status"]
            try:
                await send(message)
            except OSError:
                is_gone = True
                raise
            if kind == "http.response.body" and not message.get("more_body", False):
                has_ended = True

        try:
            await self._app(scope, receive_noting, send_noting)
        except Exception as error:
            observation.failed(error)
            raise
        finally:
            path = getattr(scope.get("route"), "path", None)
            if isinstance(path, str):
                observation.matched(template_of(path))
            observation.leave()
            # An answer that did not come to its end failed, unless nobody was there to get it.
            observation.end(status if has_ended else CLIENT_CLOSED_REQUEST if is_gone else 500)


def _headers(scope: Scope) -> Mapping[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _add_routes(
    app: Starlette, metrics: ServiceMetrics, http: HttpMetrics, ready: health.Ready | None
) -> None:
    expected = False

    def expose(request: Request) -> Response:
        nonlocal expected
        if not expected:
            expected = True
            _expect(app, http)
        body, content_type = exposition.render(metrics, request.headers.get("accept"))
        return Response(body, headers={"content-type": content_type})

    def live(_: Request) -> Response:
        return Response(health.body("ok"), media_type="application/json")

    def is_ready(_: Request) -> Response:
        status, body = health.readiness(ready)
        return Response(body, status_code=status, media_type="application/json")

    app.router.routes[:0] = [
        Route(health.METRICS_PATH, expose, include_in_schema=False),
        *(Route(path, live, include_in_schema=False) for path in health.LIVE_PATHS),
        Route(health.READY_PATH, is_ready, include_in_schema=False),
    ]


def _expect(app: Starlette, http: HttpMetrics) -> None:
    """Makes the series of all routes exist at 0: of their answers, and of their failures."""
    for route in app.routes:
        # What is in no schema is not of the service: its documents, and what is added here.
        if not isinstance(route, Route) or not route.include_in_schema:
            continue
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            for status in (getattr(route, "status_code", None) or 200, 500):
                http.expect(method, template_of(route.path), status)
