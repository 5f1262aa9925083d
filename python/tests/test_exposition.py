"""What a scrape reads."""

import pytest
from conftest import Parcels
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strictly
from prometheus_client.parser import text_string_to_metric_families as families_of

from microservices_monitoring.exposition import prefers_openmetrics, render


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("text/plain", False),
        ("application/openmetrics-text", True),
        ("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", True),
        ("application/openmetrics-text;version=1.0.0;q=0.4,text/plain;q=0.5", False),
        ("application/openmetrics-text;version=2.0.0", False),
        ("application/openmetrics-text;q=high", False),
    ],
)
def test_format(accept: str | None, expected: bool) -> None:
    assert prefers_openmetrics(accept) is expected


def test_names_that_clash_in_openmetrics_are_read_by_a_strict_parser(metrics: Parcels) -> None:
    metrics.sent._add(2, ("Ulm",))
    metrics.sent_created._add(3, ())
    body, content_type = render(metrics, "application/openmetrics-text;version=1.0.0")
    assert content_type.startswith("application/openmetrics-text; version=1.0.0")
    found = {family.name: family for family in strictly(body.decode())}
    assert found["sent"].type == "counter"
    assert found["sent_created_total"].type == "unknown"
    assert found["sent_created_total"].samples[0].value == 3


def test_the_text_format_has_their_types_and_no_times_of_creation(metrics: Parcels) -> None:
    body, content_type = render(metrics, None)
    assert content_type == "text/plain; version=0.0.4; charset=utf-8"
    types = {family.name: family.type for family in families_of(body.decode())}
    assert types["sent_created"] == "counter"
    assert types["weight_kilograms"] == "histogram"
    assert not [name for name in types if name.endswith("_created") and name != "sent_created"]
