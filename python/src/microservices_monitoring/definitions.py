"""How a generated module describes the metrics of its service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["counter", "gauge", "histogram"]


@dataclass(frozen=True, eq=False)
class OneOf:
    """A label that takes one of these values. `rest` is the one that stands for all others, where there is one."""

    values: Sequence[str]
    rest: str | None = None


@dataclass(frozen=True, eq=False)
class Bounded:
    """A label that keeps at most `max` values apart; `rest` stands for all further ones.

    Metrics that share the object keep the same values apart.
    """

    max: int
    rest: str


@dataclass(frozen=True, eq=False)
class Follows:
    """A label that has one value for each value of the label `label`, and `rest` where that one has its own rest."""

    label: str
    rest: str


Label = OneOf | Bounded | Follows


@dataclass(frozen=True, eq=False)
class Metric:
    """A metric of the catalogue."""

    name: str
    kind: Kind
    help: str
    labels: Mapping[str, Label] = field(default_factory=dict)
    buckets: Sequence[float] = ()
    """Upper bounds of a histogram's buckets, ascending, `+Inf` left out."""
    max_label_sets: int | None = None
    """Most label sets kept apart. Default: the product of the labels' bounds."""
    unknown_in_openmetrics: bool = False
    """Whether OpenMetrics has it as `unknown`: under its type its name would clash with another's."""
    formerly: str | None = None
    """The name that it had, while it is being renamed: its samples are exposed under this one, too."""
    formerly_unknown_in_openmetrics: bool = False
    """Whether OpenMetrics has it as `unknown` under its former name."""


@dataclass(frozen=True, eq=False)
class HttpDefinitions:
    """The counter and the histogram of the requests that a service answers."""

    requests: Metric
    duration: Metric
