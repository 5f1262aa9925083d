"""The metrics of a service, on `prometheus_client`."""

import os
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from prometheus_client import REGISTRY, Counter, Gauge, Histogram
from prometheus_client import metrics as client_metrics
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from .definitions import HttpDefinitions, Metric
from .kept_values import KeptValues, OwnValues, SharedValues
from .label_bounds import LabelBounds, LabelSet, Resolver, known_label_sets
from .multiproc_dir import MULTIPROC_DIR
from .trace_ids import exemplar

C = TypeVar("C", Counter, Gauge, Histogram)


class ServiceMetrics(Collector):
    """The metrics of a service. A generated module has a class of these, of which a process makes one."""

    service: ClassVar[str]
    http: ClassVar[HttpDefinitions | None] = None

    def __init__(self) -> None:
        # Times of creation are no metrics of the catalogue, and their names clash with such ones.
        client_metrics.disable_created_metrics()  # type: ignore[no-untyped-call]
        self.bounds = LabelBounds(self._keep)
        self._collectors: list[Collector] = []
        self._unknown: set[str] = set()
        self._former_names: dict[str, str] = {}
        REGISTRY.register(self)

    @property
    def unknown_in_openmetrics(self) -> frozenset[str]:
        """Names of the metrics whose type OpenMetrics is not told."""
        return frozenset(self._unknown)

    @property
    def former_names(self) -> dict[str, str]:
        """The names that metrics are exposed under besides, by the names that they have now."""
        return self._former_names

    def add(self, metric: Metric, collector: Collector) -> Resolver:
        """Exposes a metric from now on. Gives what keeps its labels within their bounds."""
        self._collectors.append(collector)
        if metric.unknown_in_openmetrics:
            self._unknown.add(metric.name)
        if metric.formerly is not None:
            self._former_names[metric.name] = metric.formerly
            if metric.formerly_unknown_in_openmetrics:
                self._unknown.add(metric.formerly)
        return self.bounds.resolver_of(metric)

    def describe(self) -> Iterable[Family]:
        """Nothing: the registry takes no two metrics whose names clash in OpenMetrics, and these are told apart there."""
        return []

    def collect(self) -> Iterable[Family]:
        """All metrics with their samples."""
        for collector in self._collectors:
            yield from collector.collect()

    def _keep(self, name: str) -> KeptValues:
        folder = os.environ.get(MULTIPROC_DIR)
        return OwnValues() if folder is None else SharedValues(os.path.join(folder, f"{self.service}_{name}.kept"))


class CounterOf:
    """A count that only grows."""

    def __init__(self, metrics: ServiceMetrics, metric: Metric) -> None:
        client = Counter(metric.name, metric.help, list(metric.labels), registry=None)
        self._of = _series(client, metrics.add(metric, client), metric)

    def _add(self, by: float, labels: LabelSet) -> None:
        self._of(labels).inc(by)


class GaugeOf:
    """A value that goes up and down. With several workers it is the sum of those that live."""

    def __init__(self, metrics: ServiceMetrics, metric: Metric) -> None:
        client = Gauge(
            metric.name, metric.help, list(metric.labels), registry=None, multiprocess_mode="livesum"
        )
        self._of = _series(client, metrics.add(metric, client), metric)

    def _add(self, by: float, labels: LabelSet) -> None:
        self._of(labels).inc(by)

    def _set(self, to: float, labels: LabelSet) -> None:
        self._of(labels).set(to)


class HistogramOf:
    """A distribution. The active trace is kept as the observation's exemplar."""

    def __init__(self, metrics: ServiceMetrics, metric: Metric) -> None:
        client = Histogram(
            metric.name, metric.help, list(metric.labels), buckets=metric.buckets, registry=None
        )
        self._of = _series(client, metrics.add(metric, client), metric)

    def _observe(self, value: float, labels: LabelSet) -> None:
        self._of(labels).observe(value, exemplar())


def _series(
    client: C, resolve: Resolver, metric: Metric
) -> Callable[[LabelSet], C]:
    """Finds the series of a label set. Those that are known beforehand exist from now on."""
    found: dict[LabelSet, C] = {}

    def series(given: LabelSet) -> C:
        known = found.get(given)
        if known is not None:
            return known
        label_set = resolve(given)
        made = client.labels(*label_set) if label_set else client
        if label_set == given:
            found[given] = made
        return made

    for label_set in known_label_sets(metric):
        series(label_set)
    return series
