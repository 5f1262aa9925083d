"""Keeps label values within the bounds of the catalogue."""

from collections.abc import Callable
from itertools import product

from .definitions import Bounded, Follows, Label, Metric, OneOf
from .kept_values import KeptValues

LabelSet = tuple[str, ...]
"""Values of a metric's labels, in the order of its definition."""

Resolver = Callable[[LabelSet], LabelSet]
"""Turns what a caller gives into the label set that is recorded."""


class LabelBounds:
    """The values that the metrics of one service keep apart.

    `keep` gives the place for the values of a label or of a metric's label sets, by a name of it.
    """

    def __init__(self, keep: Callable[[str], KeptValues]) -> None:
        self._keep = keep
        self._kept: dict[Label, KeptValues] = {}

    def resolver_of(self, metric: Metric) -> Resolver:
        """The resolver of one metric.

        It raises ValueError for a value that the catalogue does not allow.
        """
        specs = list(metric.labels.items())
        rests = [spec.rest for _, spec in specs]
        limit = metric.max_label_sets
        sets = None if limit is None else self._keep(f"sets_{metric.name}")
        values = [self._values_of(metric, name, spec) for name, spec in specs]
        position = {name: index for index, (name, _) in enumerate(specs)}
        known: dict[LabelSet, LabelSet] = {}

        def resolve(given: LabelSet) -> LabelSet:
            found = known.get(given)
            if found is not None:
                return found
            resolved: list[str] = []
            for index, (name, spec) in enumerate(specs):
                value = given[index]
                if isinstance(spec, OneOf):
                    resolved.append(_one_of(metric, name, spec, value))
                    continue
                key = value
                if isinstance(spec, Follows):
                    at = position[spec.label]
                    key = resolved[at] if at < index else given[at]
                    if key == metric.labels[spec.label].rest:
                        resolved.append(spec.rest)
                        continue
                kept = values[index]
                limit_of_values = spec.max if isinstance(spec, Bounded) else None
                first = None if kept is None else kept.first(key, value, limit_of_values)
                resolved.append(spec.rest if first is None else first)
            label_set = tuple(resolved)
            if sets is not None and sets.first("\0".join(label_set), "", limit) is None:
                label_set = tuple(
                    value if rest is None else rest for value, rest in zip(label_set, rests, strict=True)
                )
            # What counts under the rest is not remembered: there is no end of it.
            if label_set == given:
                known[given] = label_set
            return label_set

        return resolve

    def _values_of(self, metric: Metric, name: str, spec: Label) -> KeptValues | None:
        if isinstance(spec, OneOf):
            return None
        kept = self._kept.get(spec)
        if kept is None:
            kept = self._kept[spec] = self._keep(f"values_{metric.name}_{name}")
        return kept


def _one_of(metric: Metric, name: str, spec: OneOf, value: str) -> str:
    if value in spec.values:
        return value
    if spec.rest is not None:
        return spec.rest
    allowed = ", ".join(spec.values)
    raise ValueError(f'{metric.name} does not allow {name}="{value}"; allowed are {allowed}.')


def known_label_sets(metric: Metric) -> list[LabelSet]:
    """All label sets of a metric whose labels have closed sets of values; none where a label is bounded."""
    values: list[list[str]] = []
    for spec in metric.labels.values():
        if not isinstance(spec, OneOf):
            return []
        values.append(list(spec.values))
    return list(product(*values))
