"""What is said of variables of tracing that are set."""

import logging

import pytest

from microservices_monitoring.tracing import start_tracing
from microservices_monitoring.tracing_variables import warnings_of

_URL = "http://collector:4318/v1/traces"


def test_what_is_honoured_is_nothing_to_warn_of() -> None:
    env = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "a=b",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "HTTP/protobuf",
        "OTEL_TRACES_EXPORTER": " OTLP ",
        "OTEL_TRACES_SAMPLER": "traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": "0.5",
        "OTEL_BSP_MAX_QUEUE_SIZE": "10",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT": "10",
        "OTEL_PYTHON_LOG_LEVEL": "info",
        "OTEL_METRICS_EXPORTER": "none",
        "JAEGER_AGENT_PORT": " ",
        "PATH": "/bin",
    }
    assert warnings_of(env, _URL) == []


@pytest.mark.parametrize(
    ("name", "value", "warning"),
    [
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "grpc",
            "OTEL_EXPORTER_OTLP_PROTOCOL: found 'grpc', allowed: http/protobuf; spans are sent by http/protobuf.",
        ),
        (
            "OTEL_TRACES_EXPORTER",
            "zipkin",
            "OTEL_TRACES_EXPORTER: found 'zipkin', allowed: otlp, none; spans are sent by otlp.",
        ),
        (
            "OTEL_METRICS_EXPORTER",
            "otlp",
            "OTEL_METRICS_EXPORTER: found 'otlp', allowed: none, prometheus; metrics are at /metrics only.",
        ),
        ("JAEGER_AGENT_PORT", "6831", "JAEGER_AGENT_PORT is set and not honoured."),
        ("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "secret", "OTEL_EXPORTER_OTLP_METRICS_HEADERS is set and not honoured."),
    ],
)
def test_what_is_not_honoured_is_named(name: str, value: str, warning: str) -> None:
    assert warnings_of({name: value}, _URL) == [warning]


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"OTEL_TRACES_EXPORTER": "otlp"}, ["no collector is named"]),
        ({"JAEGER_AGENT_PORT": "6831"}, ["JAEGER_AGENT_PORT is set and not honoured."]),
        ({"JAEGER_AGENT_PORT": "6831", "OTEL_SDK_DISABLED": "true"}, []),
        ({"JAEGER_AGENT_PORT": "6831", "OTEL_TRACES_EXPORTER": "none"}, []),
    ],
)
def test_it_is_said_in_the_log(env: dict[str, str], said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert start_tracing("parcel-service", env) is None
    assert len(caplog.messages) == len(said)
    for message, part in zip(caplog.messages, said, strict=True):
        assert part in message
