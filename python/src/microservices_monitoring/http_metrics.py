"""Counts HTTP requests, as the catalogue has them."""

from prometheus_client import Counter, Histogram

from .definitions import HttpDefinitions, OneOf
from .metrics import ServiceMetrics


class HttpMetrics:
    """The requests of one application."""

    def __init__(self, metrics: ServiceMetrics, definitions: HttpDefinitions) -> None:
        requests, duration = definitions.requests, definitions.duration
        self._requests = Counter(requests.name, requests.help, list(requests.labels), registry=None)
        self._duration = Histogram(
            duration.name, duration.help, list(duration.labels), buckets=duration.buckets, registry=None
        )
        self._resolve = metrics.add(requests, self._requests)
        metrics.add(duration, self._duration)
        methods, route, statuses = requests.labels.values()
        if not isinstance(methods, OneOf) or not isinstance(statuses, OneOf):
            raise TypeError(f"{requests.name}: expected closed sets of methods and status codes.")
        self._methods = frozenset(methods.values)
        self._other_method = methods.rest or "OTHER"
        self._unmatched = route.rest or "unmatched"
        self._statuses = frozenset(statuses.values)
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def record(
        self,
        method: str,
        route: str | None,
        status: int,
        seconds: float,
        trace: dict[str, str] | None = None,
    ) -> None:
        """Counts a request.

        `route` is the template of the route that matched, such as `/orders/:id`; None where none did. `seconds` is from
        the request's arrival to the end of its response. `trace` names the request's span, if it is sampled.
        """
        counter, histogram = self._series(method, route, status)
        counter.inc()
        histogram.observe(seconds, trace)

    def knows(self, method: str) -> bool:
        """Whether a method is kept apart."""
        return method in self._methods

    def expect(self, method: str, route: str, status: int) -> None:
        """Makes the series of a route's answers exist at 0, so that the first of them is an increase."""
        self._series(method, route, status)

    def _series(self, method: str, route: str | None, status: int) -> tuple[Counter, Histogram]:
        if method not in self._methods:
            method = self._other_method
        key = (method, self._unmatched if route is None else route, status)
        found = self._found.get(key)
        if found is None:
            labels = self._resolve((key[0], key[1], self._status_label(status)))
            found = self._requests.labels(*labels), self._duration.labels(*labels)
            self._found[key] = found
        return found

    def _status_label(self, status: int) -> str:
        """The status; that of its class where it is not kept apart; 500 for what no sound response has."""
        for label in (str(status), str(status // 100 * 100)):
            if label in self._statuses:
                return label
        return "500"


def of_service(metrics: ServiceMetrics) -> HttpMetrics:
    """The requests of a service whose catalogue has them."""
    if metrics.http is None:
        raise TypeError(f"The catalogue of {metrics.service} has no metrics of HTTP.")
    return HttpMetrics(metrics, metrics.http)
