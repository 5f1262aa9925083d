"""What is said of variables of tracing that are set."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from microservices_monitoring.tracing import start_tracing
from microservices_monitoring.tracing_variables import warnings_of

_URL = "http://collector:4318/v1/traces"


_CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "__tests__/services/instrumentation/tracing-variables.json").read_text()
)


@pytest.mark.parametrize("case", _CASES)
def test_what_is_not_honoured_is_named(case: dict[str, Any]) -> None:
    assert warnings_of(case["env"], _URL) == case["warnings"]


def test_what_python_alone_honours_is_nothing_to_warn_of() -> None:
    env = {"OTEL_PYTHON_LOG_LEVEL": "info", "OTEL_INSTRUMENTATION_X": "y", "OTEL_PROPAGATORS": "b3"}
    assert warnings_of(env, _URL) == []


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
