"""Moves orders on by themselves, a step at a time, as a shop's payments and parcels do."""

from threading import Timer

from .store import Order, Orders, Status

_NEXT: dict[Status, Status] = {"pending": "paid", "paid": "shipped"}


class Lifecycle:
    """Sees to orders. `step_seconds` is the time between two steps; 0 leaves every order where it is."""

    def __init__(self, orders: Orders, step_seconds: float) -> None:
        self._orders = orders
        self._step_seconds = step_seconds

    def follow(self, order: Order) -> None:
        """Sees to an order from now on."""
        if self._step_seconds == 0:
            return
        timer = Timer(self._step_seconds, self._step, [order.id])
        # It holds up no end of the process.
        timer.daemon = True
        timer.start()

    def _step(self, order_id: str) -> None:
        order = self._orders.get(order_id)
        status = None if order is None else _NEXT.get(order.status)
        moved = None if status is None else self._orders.move(order_id, status)
        if moved is not None and moved.status in _NEXT:
            self.follow(moved)
