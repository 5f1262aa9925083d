"""Metrics that are being renamed."""

from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strictly
from prometheus_client.parser import text_string_to_metric_families as families_of

from microservices_monitoring.definitions import Metric, OneOf
from microservices_monitoring.exposition import render
from microservices_monitoring.metrics import CounterOf, HistogramOf, ServiceMetrics


class Renamed(ServiceMetrics):
    """The metrics of a service of which all are being renamed but one."""

    service = "parcel-service"

    def __init__(self) -> None:
        super().__init__()
        self.sent = CounterOf(
            self,
            Metric(
                "parcels_sent_total",
                "counter",
                "Sent.",
                labels={"by": OneOf(("road", "rail"))},
                formerly="sent_total",
            ),
        )
        self.weight = HistogramOf(
            self,
            Metric(
                "parcel_weight_kilograms", "histogram", "Weight.", buckets=(1, 10), formerly="weight_kilograms"
            ),
        )
        self.kept = CounterOf(self, Metric("kept_total", "counter", "Kept."))
        self.made = CounterOf(
            self,
            Metric(
                "parcels_made_total",
                "counter",
                "Made.",
                formerly="kept_created_total",
                formerly_unknown_in_openmetrics=True,
            ),
        )


@pytest.fixture
def renamed() -> Iterator[Renamed]:
    """Metrics that are in the registry for the time of a test."""
    made = Renamed()
    yield made
    REGISTRY.unregister(made)


def test_what_is_measured_once_is_exposed_under_both_names(renamed: Renamed) -> None:
    renamed.sent._add(2, ("rail",))
    renamed.weight._observe(5, ())
    renamed.made._add(3, ())
    for accept, parsed in ((None, families_of), ("application/openmetrics-text", strictly)):
        body, _ = render(renamed, accept)
        families = {family.name: family for family in parsed(body.decode())}
        values = {
            (sample.name, tuple(sample.labels.values())): sample.value
            for family in families.values()
            for sample in family.samples
        }
        for name in ("sent_total", "parcels_sent_total"):
            assert values[name, ("rail",)] == 2
            assert values[name, ("road",)] == 0
        for name in ("weight_kilograms", "parcel_weight_kilograms"):
            assert values[f"{name}_bucket", ("1.0",)] == 0
            assert values[f"{name}_bucket", ("10.0",)] == 1
            assert values[f"{name}_sum", ()] == 5
            assert values[f"{name}_count", ()] == 1
            assert families[name].type == "histogram"
        assert values["kept_created_total", ()] == 3
    assert families["kept_created_total"].type == "unknown"
    assert families["sent"].documentation == "Former name of parcels_sent_total: Sent."
