"""Traces by OpenTelemetry's own packages, from the variables that every container of the system has."""

import atexit
import logging
import os
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import urlsplit

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from .tracing_settings import batching, compression, limits, sampler, timeout_seconds
from .tracing_variables import warnings_of

_JAEGER_PORT = 4318
_SHUTDOWN_MS = 2_000

_log = logging.getLogger(__name__)


def endpoint(env: Mapping[str, str]) -> str | None:
    """Where the environment sends traces; None where it says nothing, or that there shall be none.

    `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, else `OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/traces`, else the host
    `JAEGER_AGENT_HOST` at port 4318, where Jaeger 2 takes OTLP. It raises ValueError for a value that is no URL or host.
    """
    given = {name: value.strip() for name, value in env.items() if value.strip()}
    if _is_off(env):
        return None
    exact = given.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    if exact is not None:
        return _url("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", exact)
    base = given.get("OTEL_EXPORTER_OTLP_ENDPOINT")
    if base is not None:
        return f"{_url('OTEL_EXPORTER_OTLP_ENDPOINT', base).rstrip('/')}/v1/traces"
    host = given.get("JAEGER_AGENT_HOST")
    return None if host is None else f"http://{_host('JAEGER_AGENT_HOST', host)}:{_JAEGER_PORT}/v1/traces"


def _is_off(env: Mapping[str, str]) -> bool:
    """Whether the environment says that there shall be no traces."""

    def says(name: str, value: str) -> bool:
        return env.get(name, "").strip().lower() == value

    return says("OTEL_SDK_DISABLED", "true") or says("OTEL_TRACES_EXPORTER", "none")


def start_tracing(service: str, env: Mapping[str, str] = os.environ) -> TracerProvider | None:
    """Sends spans from now on, where the environment says where to; None where it does not.

    Call it in the process that answers: in each worker of gunicorn, not before the fork. Spans wait in a bounded queue, so
    that a collector which is away costs spans and never requests; the end of the process waits 2 s for it at most. Variables
    of tracing that are set and not honoured are named in the log, unless tracing is switched off.
    """
    url = endpoint(env)
    if not _is_off(env):
        for warning in warnings_of(env, url):
            _log.warning("%s", warning)
    if url is None:
        return None
    # What the environment says of the service's name comes first, as OpenTelemetry has it.
    resource = Resource.create({} if env.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: service})
    provider = TracerProvider(
        resource=resource, shutdown_on_exit=False, sampler=sampler(env), span_limits=limits(env)
    )
    exporter = OTLPSpanExporter(endpoint=url, timeout=timeout_seconds(env), compression=compression(env))
    provider.add_span_processor(BatchSpanProcessor(exporter, **batching(env)))
    trace.set_tracer_provider(provider)
    atexit.register(_stop, provider)
    return provider


def _stop(provider: TracerProvider) -> None:
    if not provider.force_flush(_SHUTDOWN_MS):
        _log.warning("the collector of traces did not answer in time: the last spans are lost")


def _url(name: str, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme in ("http", "https") and parts.hostname:
        return value
    raise ValueError(f"{name}: expected an http(s) URL.")


def _host(name: str, value: str) -> str:
    try:
        return f"[{IPv6Address(value)}]"
    except AddressValueError:
        pass
    if all(character.isalnum() or character in "._-" for character in value):
        return value
    raise ValueError(f"{name}: found {value!r}, expected a host name or an address, without a port or a path.")
