"""What a scrape of the service reads."""

import os
from collections.abc import Iterable

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

from .former_names import WithFormerNames
from .metrics import ServiceMetrics
from .multiproc_dir import MULTIPROC_DIR
from .processes import ProcessesCollector
from .workers import parent_of, reading

TEXT = "text/plain; version=0.0.4; charset=utf-8"
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


def render(metrics: ServiceMetrics, accept: str | None) -> tuple[bytes, str]:
    """The exposition and its content type: OpenMetrics where the scraper prefers it, the text format otherwise."""
    folder = os.environ.get(MULTIPROC_DIR)
    if folder is None:
        return _render(metrics, REGISTRY, accept)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    parent = parent_of(folder)
    if parent is not None:
        registry.register(ProcessesCollector(parent))
    with reading(folder):
        return _render(metrics, registry, accept)


def _render(metrics: ServiceMetrics, client: Collector, accept: str | None) -> tuple[bytes, str]:
    registry = WithFormerNames(client, metrics.former_names) if metrics.former_names else client
    if prefers_openmetrics(accept):
        told = _Told(registry, metrics.unknown_in_openmetrics)
        return openmetrics.generate_latest(told), OPENMETRICS  # type: ignore[no-untyped-call]
    return generate_latest(registry), TEXT


def prefers_openmetrics(accept: str | None) -> bool:
    """Whether an Accept header asks for OpenMetrics 1.0 before the text format."""
    best, quality_of_best = "", 0.0
    for item in (accept or "").lower().split(","):
        kind, *parameters = (part.strip() for part in item.split(";"))
        if kind not in ("application/openmetrics-text", "text/plain"):
            continue
        values = dict(part.split("=", 1) for part in parameters if "=" in part)
        if kind != "text/plain" and not values.get("version", "1.0").startswith("1.0"):
            continue
        try:
            quality = float(values.get("q", "1"))
        except ValueError:
            continue
        if quality > quality_of_best:
            best, quality_of_best = kind, quality
    return best == "application/openmetrics-text"


class _Told(Collector):
    """A registry as a strict parser of OpenMetrics can read it."""

    def __init__(self, registry: Collector, unknown: frozenset[str]) -> None:
        self._registry = registry
        self._unknown = unknown

    def collect(self) -> Iterable[Family]:
        for family in self._registry.collect():
            name = f"{family.name}_total"
            if family.type != "counter" or name not in self._unknown:
                yield family
                continue
            unknown = Family(name, family.documentation, "unknown")
            unknown.samples = [Sample(name, sample.labels, sample.value) for sample in family.samples]
            yield unknown
