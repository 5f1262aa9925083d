"""Where spans go, by the variables of the environment."""

import pytest

from microservices_monitoring.tracing import endpoint


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, None),
        ({"JAEGER_AGENT_HOST": ""}, None),
        ({"JAEGER_AGENT_HOST": "jaeger"}, "http://jaeger:4318/v1/traces"),
        ({"JAEGER_AGENT_HOST": "::1"}, "http://[::1]:4318/v1/traces"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/", "JAEGER_AGENT_HOST": "j"}, "http://c:4318/v1/traces"),
        (
            {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "https://c/t", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://d"},
            "https://c/t",
        ),
        ({"JAEGER_AGENT_HOST": "jaeger", "OTEL_SDK_DISABLED": "TRUE"}, None),
        ({"JAEGER_AGENT_HOST": "jaeger", "OTEL_TRACES_EXPORTER": "none"}, None),
    ],
)
def test_endpoint(env: dict[str, str], expected: str | None) -> None:
    assert endpoint(env) == expected


@pytest.mark.parametrize(
    "env",
    [
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "jaeger:4318"},
        {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "ftp://jaeger"},
        {"JAEGER_AGENT_HOST": "jaeger:6831"},
    ],
)
def test_what_is_no_address_is_refused_by_its_name(env: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(env))):
        endpoint(env)
