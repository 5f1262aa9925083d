"""What is kept apart, and what counts under the rest."""

import pytest
from conftest import Parcels
from prometheus_client import REGISTRY

from microservices_monitoring.kept_values import OwnValues, SharedValues


def value(metric: str, /, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(metric, labels)


def test_values_beyond_the_bound_count_under_the_rest(metrics: Parcels) -> None:
    for town in ("Ulm", "Bonn", "Kiel", "Jena", "Ulm"):
        metrics.sent._add(1, (town,))
    assert value("sent_total", town="Ulm") == 2
    assert value("sent_total", town="Bonn") == 1
    assert value("sent_total", town="elsewhere") == 2
    assert value("sent_total", town="Kiel") is None


def test_metrics_that_share_a_label_keep_the_same_values_apart(metrics: Parcels) -> None:
    for town in ("Ulm", "Bonn"):
        metrics.sent._add(1, (town,))
    metrics.waiting._add(3, ("Kiel", "Kiel at the sea"))
    metrics.waiting._add(4, ("Ulm", "Ulm at the river"))
    metrics.waiting._add(4, ("Ulm", "Ulm on the hill"))
    assert value("waiting", town="elsewhere", name="others") == 3
    assert value("waiting", town="Ulm", name="Ulm at the river") == 8


def test_label_sets_beyond_the_bound_take_the_rest_of_each_label_that_has_one(metrics: Parcels) -> None:
    for by, to in (("road", "Ulm"), ("rail", "Ulm"), ("rail", "Bonn"), ("road", "Ulm")):
        metrics.carried._add(1, (by, to))
    assert value("carried_total", by="road", to="Ulm") == 2
    assert value("carried_total", by="rail", to="elsewhere") == 1


def test_a_value_that_is_not_allowed_is_refused_with_those_that_are(metrics: Parcels) -> None:
    with pytest.raises(ValueError, match='does not allow by="air"; allowed are road, rail'):
        metrics.carried._add(1, ("air", "Ulm"))


def test_a_counter_only_grows(metrics: Parcels) -> None:
    with pytest.raises(ValueError):
        metrics.sent_created._add(-1, ())


def test_processes_with_one_file_keep_the_same_values_apart(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = str(tmp_path / "values")
    one, other, alone = SharedValues(path), SharedValues(path), OwnValues()
    assert one.first("a", "a", 2) == "a"
    assert other.first("b", "b", 2) == "b"
    assert one.first("c", "c", 2) is None
    assert other.first("a", "x", 2) == "a"
    assert one.first("b", "b", 2) == "b"
    assert [alone.first(key, key, 1) for key in "aba"] == ["a", None, "a"]
