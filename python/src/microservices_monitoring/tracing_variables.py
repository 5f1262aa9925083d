"""What to warn of in the variables of tracing."""

import json
import re
from collections.abc import Mapping

# What OpenTelemetry's packages, or `tracing.py`, do as the specification says.
_HONOURED = re.compile(
    r"OTEL_(?:SERVICE_NAME|RESOURCE_ATTRIBUTES|PROPAGATORS|EXPERIMENTAL_RESOURCE_DETECTORS"
    r"|EXPORTER_OTLP_(?:TRACES_)?(?:ENDPOINT|HEADERS|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE))|JAEGER_AGENT_HOST"
    # What is instrumented by others, and how, is theirs.
    r"|OTEL_(?:PYTHON|INSTRUMENTATION)_.+"
)

# Limits; they may be 0.
_NUMBERS = re.compile(
    r"OTEL_(?:(?:SPAN_|EVENT_|LINK_)?ATTRIBUTE_COUNT_LIMIT|(?:SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT"
    r"|SPAN_(?:EVENT|LINK)_COUNT_LIMIT)"
)
# Sizes, and times in milliseconds.
_POSITIVE_NUMBERS = re.compile(
    r"OTEL_(?:EXPORTER_OTLP_(?:TRACES_)?TIMEOUT"
    r"|BSP_(?:SCHEDULE_DELAY|EXPORT_TIMEOUT|MAX_QUEUE_SIZE|MAX_EXPORT_BATCH_SIZE))"
)

_SENT = "spans are sent by http/protobuf"
_COMPRESSED = (("gzip", "none"), "spans are sent uncompressed")

# Of these some values are honoured: which, and what is used instead of another.
_CHOICES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "OTEL_SDK_DISABLED": (("true", "false"), "tracing stays on"),
    "OTEL_TRACES_EXPORTER": (("otlp", "none"), "spans are sent by otlp"),
    "OTEL_EXPORTER_OTLP_PROTOCOL": (("http/protobuf",), _SENT),
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": (("http/protobuf",), _SENT),
    "OTEL_EXPORTER_OTLP_COMPRESSION": _COMPRESSED,
    "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": _COMPRESSED,
    "OTEL_TRACES_SAMPLER": (
        (
            "always_on",
            "parentbased_always_on",
            "always_off",
            "parentbased_always_off",
            "traceidratio",
            "parentbased_traceidratio",
        ),
        "parentbased_always_on is used",
    ),
    "OTEL_METRICS_EXPORTER": (("none", "prometheus"), "metrics are at /metrics only"),
    "OTEL_LOGS_EXPORTER": (("none", "console"), "log lines stay where the service writes them"),
}


def warnings_of(env: Mapping[str, str], url: str | None) -> list[str]:
    """What to warn of, a sentence each: a variable that is set and not honoured, and what is used instead.

    `url` is where spans go; None where nothing names a collector.
    """
    found = [
        warning
        for name, value in sorted(env.items())
        if value.strip() and name.startswith(("OTEL_", "JAEGER_")) and (warning := _warning(name, value.strip(), env))
    ]
    exporter = env.get("OTEL_TRACES_EXPORTER", "").strip()
    if url is None and exporter:
        found.append(
            f"OTEL_TRACES_EXPORTER: found {_quoted(exporter)}, but no collector is named: tracing is off."
            " Set OTEL_EXPORTER_OTLP_ENDPOINT."
        )
    return found


def _warning(name: str, value: str, env: Mapping[str, str]) -> str | None:
    choice = _CHOICES.get(name)
    if choice is not None:
        allowed, used = choice
        return None if value.lower() in allowed else _instead(name, value, ", ".join(allowed), used)
    if _NUMBERS.fullmatch(name):
        return None if is_whole(value) else _instead(name, value, "a whole number", "its default is used")
    if _POSITIVE_NUMBERS.fullmatch(name):
        return None if positive(value) else _instead(name, value, "a whole number from 1", "its default is used")
    if name == "OTEL_TRACES_SAMPLER_ARG":
        if not env.get("OTEL_TRACES_SAMPLER", "").strip().lower().endswith("traceidratio"):
            return f"{name} is set and not honoured: OTEL_TRACES_SAMPLER names no ratio."
        return None if ratio(value) is not None else _instead(name, value, "a number from 0 to 1", "every trace is kept")
    # Its value may be a secret.
    return None if _HONOURED.fullmatch(name) else f"{name} is set and not honoured."


def is_whole(value: str) -> bool:
    """Whether a text is a whole number from 0."""
    return re.fullmatch(r"[0-9]+", value.strip()) is not None


def positive(value: str) -> int | None:
    """The whole number from 1 that a text is; None where it is none."""
    return int(value) or None if is_whole(value) else None


def ratio(value: str) -> float | None:
    """The number from 0 to 1 that a text is; None where it is none."""
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def _instead(name: str, value: str, allowed: str, used: str) -> str:
    return f"{name}: found {_quoted(value)}, allowed: {allowed}; {used}."


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
