"""A FastAPI application's requests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Parcels
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY

from microservices_monitoring.fastapi import instrument, template_of


def value(method: str, route: str, status: str) -> float | None:
    labels = {"method": method, "route": route, "status_code": status}
    return REGISTRY.get_sample_value("http_requests_total", labels)


@pytest.fixture
def client(metrics: Parcels) -> TestClient:
    app = FastAPI()
    instrument(app, metrics, ready=lambda: app.state.ready)
    app.state.ready = True

    @app.get("/parcels/{number}")
    def parcel(number: int) -> dict[str, int]:
        if number == 13:
            raise RuntimeError("lost")
        return {"number": number}

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse(str(number) for number in range(3))

    return TestClient(app, raise_server_exceptions=False)


def test_each_request_counts_once_by_its_template(client: TestClient) -> None:
    for path in ("/parcels/1", "/parcels/2", "/parcels/13", "/nothing", "/stream"):
        client.get(path)
    client.request("BREW", "/nothing")
    assert value("GET", "/parcels/:number", "200") == 2
    assert value("GET", "/parcels/:number", "500") == 1
    assert value("GET", "unmatched", "404") == 1
    assert value("OTHER", "unmatched", "404") == 1
    assert value("GET", "/stream", "200") == 1


def test_metrics_and_health_are_not_counted(client: TestClient) -> None:
    assert client.get("/metrics").headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert client.get("/health/live").json() == {"status": "ok"}
    client.app.state.ready = False  # type: ignore[attr-defined]
    assert client.get("/health/ready").status_code == 503
    assert value("GET", "/metrics", "200") is None
    assert value("GET", "/parcels/:number", "500") == 0


@pytest.mark.anyio
async def test_a_client_that_goes_away_counts_as_499(client: TestClient) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/stream",
        "scheme": "http",
        "headers": [],
        "query_string": b"",
        "http_version": "1.1",
        "root_path": "",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
    }

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    with pytest.raises(Exception, match="|gone"):
        await client.app(scope, receive, send)  # type: ignore[arg-type]
    assert value("GET", "/stream", "499") == 1


@pytest.mark.parametrize(("path", "template"), [("/", "/"), ("/a/{b}", "/a/:b"), ("/{a:int}/{b:path}", "/:a/:b")])
def test_template(path: str, template: str) -> None:
    assert template_of(path) == template


# A process has one provider of traces: this is one of its own.
_TRACED = """
import os
from conftest import Parcels
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from microservices_monitoring.fastapi import instrument

app = FastAPI()
instrument(app, Parcels())
spans = InMemorySpanExporter()
trace.get_tracer_provider().add_span_processor(SimpleSpanProcessor(spans))

@app.get("/parcels/{number}")
def parcel(number: int) -> dict[str, int]:
    return {"number": number}

TestClient(app).get("/parcels/1")
for span in spans.get_finished_spans():
    print(span.kind.name, span.name, flush=True)
# Without waiting for a collector that is not there.
os._exit(0)
"""


def test_a_request_has_one_span(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    }
    ended = subprocess.run(
        [sys.executable, "-c", _TRACED], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (ended.stdout, ended.returncode) == ("SERVER GET /parcels/:number\n", 0), ended.stderr
