"""The active trace, where OpenTelemetry is installed."""

from collections.abc import Callable

Ids = dict[str, str]


def _nothing() -> Ids | None:
    return None


def _no_ids() -> Ids:
    return {}


exemplar: Callable[[], Ids | None] = _nothing
"""Ids of the active span if it is sampled, for an exemplar."""

active_ids: Callable[[], Ids] = _no_ids
"""Ids of the active span, for a log line; none without a span."""

try:
    from opentelemetry import trace
except ImportError:
    pass
else:

    def ids_of(context: trace.SpanContext) -> Ids:
        """Ids of a span, as log lines and exemplars name them."""
        return {
            "trace_id": trace.format_trace_id(context.trace_id),
            "span_id": trace.format_span_id(context.span_id),
        }

    def _of_sampled_span() -> Ids | None:
        context = trace.get_current_span().get_span_context()
        return ids_of(context) if context.is_valid and context.trace_flags.sampled else None

    def _of_active_span() -> Ids:
        context = trace.get_current_span().get_span_context()
        return ids_of(context) if context.is_valid else {}

    exemplar = _of_sampled_span
    active_ids = _of_active_span
