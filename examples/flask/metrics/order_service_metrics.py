"""What order-service measures.

Made by this command from the catalogue of metrics. Do not edit it: change the catalogue, and make
it anew.

    npm run generate -- --language python --service order-service
"""

from collections.abc import Mapping
from typing import Literal, get_args

from microservices_monitoring.definitions import Bounded, HttpDefinitions, Label, Metric, OneOf
from microservices_monitoring.metrics import CounterOf, GaugeOf, HistogramOf, ServiceMetrics
from microservices_monitoring.units import Dollars

OrdersFailedTotalReason = Literal[
    "invalid_order",
    "unknown_product",
    "insufficient_stock",
    "payment_declined",
    "dependency_unavailable",
    "internal_error",
]
ActiveOrdersStatus = Literal["pending", "paid", "shipped", "cancelled"]
_ROUTE = Bounded(max=100, rest="unmatched")

_HTTP_LABELS: Mapping[str, Label] = {
    "method": OneOf(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"), rest="OTHER"),
    "route": _ROUTE,
    "status_code": OneOf((
        "100",
        "200",
        "201",
        "202",
        "204",
        "206",
        "300",
        "301",
        "302",
        "303",
        "304",
        "307",
        "308",
        "400",
        "401",
        "403",
        "404",
        "405",
        "406",
        "408",
        "409",
        "410",
        "412",
        "413",
        "414",
        "415",
        "422",
        "429",
        "431",
        "499",
        "500",
        "501",
        "502",
        "503",
        "504",
    )),
}


class OrdersTotal(CounterOf):
    """Attempts to order, whatever became of them.

    In orders.
    """

    def inc(self, by: float = 1) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, ())


class OrdersCreatedTotal(CounterOf):
    """Orders accepted.

    In orders.
    """

    def inc(self, by: float = 1) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, ())


class OrdersFailedTotal(CounterOf):
    """Attempts to order that failed, by reason.

    In orders.
    """

    def inc(self, by: float = 1, *, reason: OrdersFailedTotalReason) -> None:
        """Adds `by`, which is 0 or more."""
        self._add(by, (reason,))


class OrderValueDollars(HistogramOf):
    """Value of the orders accepted.

    In dollars.
    """

    def observe(self, value: Dollars) -> None:
        """Counts a value."""
        self._observe(value, ())


class ActiveOrders(GaugeOf):
    """Orders that the service holds, by status.

    In orders.
    """

    def inc(self, by: float = 1, *, status: ActiveOrdersStatus) -> None:
        """Adds `by`."""
        self._add(by, (status,))

    def dec(self, by: float = 1, *, status: ActiveOrdersStatus) -> None:
        """Takes `by` away."""
        self._add(-by, (status,))

    def set(self, to: float, *, status: ActiveOrdersStatus) -> None:
        """Makes `to` its value."""
        self._set(to, (status,))


class OrderServiceMetrics(ServiceMetrics):
    """The metrics of order-service: one of these in a process."""

    service = "order-service"
    http = HttpDefinitions(
        requests=Metric(
            "http_requests_total",
            "counter",
            "HTTP requests answered, aborted ones included.",
            labels=_HTTP_LABELS,
            max_label_sets=400,
        ),
        duration=Metric(
            "http_request_duration_seconds",
            "histogram",
            "Time from the arrival of an HTTP request to the end of its response.",
            labels=_HTTP_LABELS,
            buckets=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            max_label_sets=400,
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.orders_total = OrdersTotal(
            self,
            Metric(
                "orders_total",
                "counter",
                "Attempts to order, whatever became of them.",
            ),
        )
        self.orders_created_total = OrdersCreatedTotal(
            self,
            Metric(
                "orders_created_total",
                "counter",
                "Orders accepted.",
                unknown_in_openmetrics=True,
            ),
        )
        self.orders_failed_total = OrdersFailedTotal(
            self,
            Metric(
                "orders_failed_total",
                "counter",
                "Attempts to order that failed, by reason.",
                labels={"reason": OneOf(get_args(OrdersFailedTotalReason))},
            ),
        )
        self.order_value_dollars = OrderValueDollars(
            self,
            Metric(
                "order_value_dollars",
                "histogram",
                "Value of the orders accepted.",
                buckets=[10, 50, 100, 500, 1000, 5000],
            ),
        )
        self.active_orders = ActiveOrders(
            self,
            Metric(
                "active_orders",
                "gauge",
                "Orders that the service holds, by status.",
                labels={"status": OneOf(get_args(ActiveOrdersStatus))},
            ),
        )
