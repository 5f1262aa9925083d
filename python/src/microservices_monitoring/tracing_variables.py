"""What to warn of in the variables of tracing."""

import re
from collections.abc import Mapping

# What OpenTelemetry's packages, or `tracing.py`, do as the specification says.
_HONOURED = re.compile(
    r"OTEL_(?:SDK_DISABLED|SERVICE_NAME|RESOURCE_ATTRIBUTES|PROPAGATORS|EXPERIMENTAL_RESOURCE_DETECTORS"
    r"|TRACES_SAMPLER|TRACES_SAMPLER_ARG"
    r"|EXPORTER_OTLP_(?:TRACES_)?(?:ENDPOINT|HEADERS|TIMEOUT|COMPRESSION|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)"
    r"|BSP_(?:SCHEDULE_DELAY|EXPORT_TIMEOUT|MAX_QUEUE_SIZE|MAX_EXPORT_BATCH_SIZE)"
    r"|(?:SPAN_|EVENT_|LINK_)?ATTRIBUTE_COUNT_LIMIT|(?:SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT"
    r"|SPAN_(?:EVENT|LINK)_COUNT_LIMIT)|JAEGER_AGENT_HOST"
    # What is instrumented by others, and how, is theirs.
    r"|OTEL_(?:PYTHON|INSTRUMENTATION)_.+"
)

_SENT = "spans are sent by http/protobuf"

# Of these some values are honoured: which, and what is used instead of another.
_CHOICES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "OTEL_TRACES_EXPORTER": (("otlp", "none"), "spans are sent by otlp"),
    "OTEL_EXPORTER_OTLP_PROTOCOL": (("http/protobuf",), _SENT),
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": (("http/protobuf",), _SENT),
    "OTEL_METRICS_EXPORTER": (("none", "prometheus"), "metrics are at /metrics only"),
    "OTEL_LOGS_EXPORTER": (("none", "console"), "log lines go to where logging sends them only"),
}


def warnings_of(env: Mapping[str, str], url: str | None) -> list[str]:
    """What to warn of, a sentence each: a variable that is set and not honoured, and what is used instead.

    `url` is where spans go; None where nothing names a collector. Of samplers and limits that it does not know
    OpenTelemetry warns by itself.
    """
    found = []
    for name, value in sorted(env.items()):
        value = value.strip()
        if not value or not name.startswith(("OTEL_", "JAEGER_")):
            continue
        choice = _CHOICES.get(name)
        if choice is not None:
            allowed, used = choice
            if value.lower() not in allowed:
                found.append(f"{name}: found {value!r}, allowed: {', '.join(allowed)}; {used}.")
        elif not _HONOURED.fullmatch(name):
            # Its value may be a secret.
            found.append(f"{name} is set and not honoured.")
    exporter = env.get("OTEL_TRACES_EXPORTER", "").strip()
    if url is None and exporter:
        found.append(
            f"OTEL_TRACES_EXPORTER: found {exporter!r}, but no collector is named: tracing is off."
            " Set OTEL_EXPORTER_OTLP_ENDPOINT."
        )
    return found
