"""Why an order failed, as the catalogue counts it."""

from metrics.order_service_metrics import OrdersFailedTotalReason
from shop.calls import DependencyUnavailable
from shop.problems import Problem


class OrderFailure(Problem):
    """An order that failed, with the reason under which it counts."""

    def __init__(self, reason: OrdersFailedTotalReason, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.reason: OrdersFailedTotalReason = reason


def reason_of(error: Exception) -> OrdersFailedTotalReason:
    """The reason of any failure of an attempt to order."""
    if isinstance(error, OrderFailure):
        return error.reason
    if isinstance(error, DependencyUnavailable):
        return "dependency_unavailable"
    status = error.status if isinstance(error, Problem) else getattr(error, "code", 500)
    if 400 <= status < 500:
        return "invalid_order"
    return "internal_error"
