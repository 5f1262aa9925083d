"""A Flask application's requests."""

import pytest
from conftest import Parcels
from flask import Flask, Response
from prometheus_client import REGISTRY
from werkzeug.test import Client, run_wsgi_app

from microservices_monitoring.flask import instrument, template_of


def value(method: str, route: str, status: str) -> float | None:
    labels = {"method": method, "route": route, "status_code": status}
    return REGISTRY.get_sample_value("http_requests_total", labels)


def total() -> float:
    return sum(
        sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        if sample.name == "http_requests_total"
    )


@pytest.fixture
def app(metrics: Parcels) -> Flask:
    made = Flask(__name__)
    instrument(made, metrics, ready=lambda: made.config.get("READY", True))

    @made.route("/parcels/<int:number>", methods=["GET", "POST"])
    def parcel(number: int) -> Response:
        if number == 13:
            raise RuntimeError("lost")
        return Response("there", status=201)

    @made.get("/stream")
    def stream() -> Response:
        return Response(str(number) for number in range(3))

    return made


def test_each_request_counts_once_by_its_template(app: Flask) -> None:
    client = app.test_client()
    for path in ("/parcels/1", "/parcels/2", "/parcels/13", "/nothing", "/parcels/x"):
        client.get(path, buffered=True)
    client.open("/parcels/1", method="BREW", buffered=True)
    assert value("GET", "/parcels/:number", "201") == 2
    assert value("GET", "/parcels/:number", "500") == 1
    assert value("GET", "unmatched", "404") == 2
    assert value("OTHER", "unmatched", "400") == 1
    assert total() == 6


def test_metrics_and_health_are_not_counted(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/health").json == {"status": "ok"}
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200
    app.config["READY"] = False
    assert client.get("/health/ready").status_code == 503
    assert total() == 0


def test_routes_exist_at_0_from_the_first_scrape(app: Flask) -> None:
    app.test_client().get("/metrics")
    assert value("POST", "/parcels/:number", "500") == 0


def test_a_client_that_goes_away_counts_as_499(app: Flask) -> None:
    environ = Client(app).get("/stream", buffered=True).request.environ
    before = value("GET", "/stream", "200")
    body, _, _ = run_wsgi_app(app, environ)
    next(iter(body))
    body.close()  # type: ignore[attr-defined]
    assert before == 1
    assert value("GET", "/stream", "499") == 1
    assert value("GET", "/stream", "200") == 1


def test_an_exception_that_is_let_through_counts_as_500(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(RuntimeError):
        app.test_client().get("/parcels/13")
    assert value("GET", "/parcels/:number", "500") == 1


@pytest.mark.parametrize(
    ("rule", "template"),
    [("/", "/"), ("/a/<b>", "/a/:b"), ("/a/<int:b>/<path:c>", "/a/:b/:c"), ("/<string(length=2):lang>", "/:lang")],
)
def test_template(rule: str, template: str) -> None:
    assert template_of(rule) == template
