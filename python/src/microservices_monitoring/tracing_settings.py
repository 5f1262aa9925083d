"""How spans are sampled, batched and sent, as the variables say and as warnings of them promise.

OpenTelemetry's packages for Python end the service at some values, and take a timeout in seconds.
"""

from collections.abc import Mapping
from typing import TypedDict

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.sdk.trace import SpanLimits
from opentelemetry.sdk.trace.sampling import (
    ALWAYS_OFF,
    ALWAYS_ON,
    DEFAULT_OFF,
    DEFAULT_ON,
    ParentBasedTraceIdRatio,
    Sampler,
    TraceIdRatioBased,
)

from .tracing_variables import is_whole, positive, ratio

_SAMPLERS: Mapping[str, Sampler] = {
    "always_on": ALWAYS_ON,
    "always_off": ALWAYS_OFF,
    "parentbased_always_on": DEFAULT_ON,
    "parentbased_always_off": DEFAULT_OFF,
}

_DEFAULT_TIMEOUT_MS = 10_000

_COUNT_LIMIT = 128

# The parameter of SpanLimits for each variable, and its default.
_LIMITS: Mapping[str, tuple[str, int]] = {
    "OTEL_ATTRIBUTE_COUNT_LIMIT": ("max_attributes", _COUNT_LIMIT),
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": ("max_span_attributes", _COUNT_LIMIT),
    "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT": ("max_event_attributes", _COUNT_LIMIT),
    "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT": ("max_link_attributes", _COUNT_LIMIT),
    "OTEL_SPAN_EVENT_COUNT_LIMIT": ("max_events", _COUNT_LIMIT),
    "OTEL_SPAN_LINK_COUNT_LIMIT": ("max_links", _COUNT_LIMIT),
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": ("max_attribute_length", SpanLimits.UNSET),
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT": ("max_span_attribute_length", SpanLimits.UNSET),
}


class Batching(TypedDict):
    """What BatchSpanProcessor takes."""

    max_queue_size: int
    schedule_delay_millis: float
    max_export_batch_size: int
    export_timeout_millis: float


def sampler(env: Mapping[str, str]) -> Sampler:
    """The sampler that is named. Where none is, every trace is kept of which no caller decided otherwise."""
    named = env.get("OTEL_TRACES_SAMPLER", "").strip().lower()
    kept = ratio(env.get("OTEL_TRACES_SAMPLER_ARG", ""))
    share = 1.0 if kept is None else kept
    if named == "traceidratio":
        return TraceIdRatioBased(share)
    if named == "parentbased_traceidratio":
        return ParentBasedTraceIdRatio(share)
    return _SAMPLERS.get(named, DEFAULT_ON)


def batching(env: Mapping[str, str]) -> Batching:
    """Sizes and times of the batches; each that is no whole number from 1 is its default."""
    queue = positive(env.get("OTEL_BSP_MAX_QUEUE_SIZE", "")) or 2_048
    return {
        "max_queue_size": queue,
        "schedule_delay_millis": positive(env.get("OTEL_BSP_SCHEDULE_DELAY", "")) or 5_000,
        "max_export_batch_size": min(positive(env.get("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "")) or 512, queue),
        "export_timeout_millis": positive(env.get("OTEL_BSP_EXPORT_TIMEOUT", "")) or 30_000,
    }


def limits(env: Mapping[str, str]) -> SpanLimits:
    """The limits of the variables; each that is no whole number is its default."""
    unsound = dict(default for name, default in _LIMITS.items() if name in env and not is_whole(env[name]))
    return SpanLimits(**unsound)


def compression(env: Mapping[str, str]) -> Compression:
    """How what is sent is compressed: traces by their own variable before that of all."""
    return Compression.Gzip if _of_traces(env, "COMPRESSION").lower() == "gzip" else Compression.NoCompression


def timeout_seconds(env: Mapping[str, str]) -> float:
    """How long the collector has to answer: 10 s where no whole number of milliseconds is given."""
    return (positive(_of_traces(env, "TIMEOUT")) or _DEFAULT_TIMEOUT_MS) / 1_000


def _of_traces(env: Mapping[str, str], name: str) -> str:
    own = env.get(f"OTEL_EXPORTER_OTLP_TRACES_{name}", "").strip()
    return own or env.get(f"OTEL_EXPORTER_OTLP_{name}", "").strip()
