"""Metrics that are being renamed: what is measured once is exposed under both names."""

from collections.abc import Iterable, Mapping

from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector


class WithFormerNames(Collector):
    """A registry whose metrics are there under their former names, too, with the same samples."""

    def __init__(self, registry: Collector, former_names: Mapping[str, str]) -> None:
        self._registry = registry
        self._former_names = former_names

    def collect(self) -> Iterable[Family]:
        """All metrics, each former name after the name of today."""
        for family in self._registry.collect():
            yield family
            # The client calls a counter as OpenMetrics does, without its suffix.
            suffix = "_total" if family.type == "counter" else ""
            formerly = self._former_names.get(family.name + suffix)
            if formerly is not None:
                yield _renamed(family, formerly.removesuffix(suffix), suffix)


def _renamed(family: Family, name: str, suffix: str) -> Family:
    help_text = f"Former name of {family.name}{suffix}: {family.documentation}"
    renamed = Family(name, help_text, family.type, family.unit)
    renamed.samples = [
        sample._replace(name=name + sample.name.removeprefix(family.name)) for sample in family.samples
    ]
    return renamed
