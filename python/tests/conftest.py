"""A service whose metrics have labels of each kind."""

import sys
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from microservices_monitoring.definitions import Bounded, Follows, HttpDefinitions, Metric, OneOf
from microservices_monitoring.metrics import CounterOf, GaugeOf, HistogramOf, ServiceMetrics

sys.path.insert(0, str(Path(__file__).parent))

_METHOD = OneOf(("GET", "POST", "OTHER"), rest="OTHER")
_ROUTE = Bounded(max=3, rest="unmatched")
_STATUS = OneOf(("200", "201", "400", "404", "499", "500"))
_LABELS = {"method": _METHOD, "route": _ROUTE, "status_code": _STATUS}


class Parcels(ServiceMetrics):
    """The metrics of a service of the tests."""

    service = "parcel-service"
    http = HttpDefinitions(
        requests=Metric("http_requests_total", "counter", "Requests.", labels=_LABELS),
        duration=Metric(
            "http_request_duration_seconds", "histogram", "Time.", labels=_LABELS, buckets=(0.1, 1)
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        town = Bounded(max=2, rest="elsewhere")
        self.sent = CounterOf(self, Metric("sent_total", "counter", "Sent.", labels={"town": town}))
        self.sent_created = CounterOf(
            self, Metric("sent_created_total", "counter", "Made.", unknown_in_openmetrics=True)
        )
        self.waiting = GaugeOf(
            self,
            Metric(
                "waiting",
                "gauge",
                "Waiting.",
                labels={"town": town, "name": Follows("town", rest="others")},
            ),
        )
        self.weight = HistogramOf(self, Metric("weight_kilograms", "histogram", "Weight.", buckets=(1, 10)))
        self.carried = CounterOf(
            self,
            Metric(
                "carried_total",
                "counter",
                "Carried.",
                labels={"by": OneOf(("road", "rail")), "to": Bounded(max=9, rest="elsewhere")},
                max_label_sets=2,
            ),
        )


@pytest.fixture
def metrics() -> "Parcels":
    """Metrics that are in the registry for the time of a test."""
    made = Parcels()
    yield made
    REGISTRY.unregister(made)
