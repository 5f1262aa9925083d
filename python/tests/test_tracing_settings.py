"""How spans are sampled, batched and sent, by the variables."""

import pytest
from opentelemetry.exporter.otlp.proto.http import Compression

from microservices_monitoring.tracing_settings import batching, compression, limits, sampler, timeout_seconds


@pytest.mark.parametrize(
    ("named", "ratio", "description"),
    [
        ("", "", "ParentBased{root:AlwaysOnSampler"),
        ("always_on", "", "AlwaysOnSampler"),
        (" ALWAYS_OFF ", "", "AlwaysOffSampler"),
        ("parentbased_always_on", "", "ParentBased{root:AlwaysOnSampler"),
        ("parentbased_always_off", "", "ParentBased{root:AlwaysOffSampler"),
        ("traceidratio", "0.25", "TraceIdRatioBased{0.25}"),
        ("traceidratio", "", "TraceIdRatioBased{1.0}"),
        ("parentbased_traceidratio", "0", "ParentBased{root:TraceIdRatioBased{0.0}"),
        ("jaeger_remote", "", "ParentBased{root:AlwaysOnSampler"),
        ("traceidratio", "10%", "TraceIdRatioBased{1.0}"),
        ("traceidratio", "-1", "TraceIdRatioBased{1.0}"),
        ("traceidratio", "nan", "TraceIdRatioBased{1.0}"),
    ],
)
def test_sampler(named: str, ratio: str, description: str) -> None:
    found = sampler({"OTEL_TRACES_SAMPLER": named, "OTEL_TRACES_SAMPLER_ARG": ratio})
    assert found.get_description().startswith(description)


def test_batching() -> None:
    assert batching({}) == {
        "max_queue_size": 2_048,
        "schedule_delay_millis": 5_000,
        "max_export_batch_size": 512,
        "export_timeout_millis": 30_000,
    }
    env = {"OTEL_BSP_MAX_QUEUE_SIZE": " 10 ", "OTEL_BSP_SCHEDULE_DELAY": "1", "OTEL_BSP_EXPORT_TIMEOUT": "7"}
    found = batching(env)
    assert list(found.values()) == [10, 1, 10, 7]
    assert batching(dict.fromkeys(env, "-1")) == batching({}) == batching(dict.fromkeys(env, "many"))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    env = {"OTEL_SPAN_EVENT_COUNT_LIMIT": "2", "OTEL_SPAN_LINK_COUNT_LIMIT": "many"}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    found = limits(env)
    assert (found.max_events, found.max_links) == (2, 128)


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, Compression.NoCompression),
        ({"OTEL_EXPORTER_OTLP_COMPRESSION": " GZIP"}, Compression.Gzip),
        ({"OTEL_EXPORTER_OTLP_COMPRESSION": "zstd"}, Compression.NoCompression),
        (
            {"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip", "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "none"},
            Compression.NoCompression,
        ),
    ],
)
def test_compression(env: dict[str, str], expected: Compression) -> None:
    assert compression(env) == expected


@pytest.mark.parametrize(
    ("env", "seconds"),
    [
        ({}, 10),
        ({"OTEL_EXPORTER_OTLP_TIMEOUT": "500"}, 0.5),
        ({"OTEL_EXPORTER_OTLP_TIMEOUT": "500", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "2000"}, 2),
        ({"OTEL_EXPORTER_OTLP_TIMEOUT": "soon"}, 10),
    ],
)
def test_timeout_is_in_milliseconds(env: dict[str, str], seconds: float) -> None:
    assert timeout_seconds(env) == seconds
