"""Orders, in memory."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock
from typing import Literal

Status = Literal["pending", "paid", "shipped", "cancelled"]

_MOVES: dict[Status, tuple[Status, ...]] = {
    "pending": ("paid", "cancelled"),
    "paid": ("shipped", "cancelled"),
    "shipped": (),
    "cancelled": (),
}
"""Which moves an order may make."""


@dataclass(frozen=True)
class Line:
    """One product of an order."""

    product_id: str
    quantity: int


@dataclass(frozen=True)
class Order:
    """An order. `total` is its value in dollars."""

    id: str
    user_id: str
    lines: tuple[Line, ...]
    total: float
    status: Status = "pending"


class Orders:
    """Orders by their ids. Beyond `capacity` the oldest one that is shipped or cancelled goes for each new one.

    `moved` is told of each order that enters (1) or leaves (-1) a status.
    """

    def __init__(self, capacity: int, moved: Callable[[Status, int], None]) -> None:
        self._capacity = capacity
        self._moved = moved
        self._orders: dict[str, Order] = {}
        # Keys alone, in the order in which they came: those that will not change any more.
        self._done: dict[str, None] = {}
        self._lock = RLock()

    def has_room(self) -> bool:
        """Whether another order finds room."""
        return len(self._orders) < self._capacity or bool(self._done)

    def add(self, user_id: str, lines: tuple[Line, ...], total: float) -> Order:
        """Adds a pending order. It raises RuntimeError when there is no room."""
        with self._lock:
            if not self.has_room():
                raise RuntimeError("the store of orders is full")
            if len(self._orders) >= self._capacity:
                self._drop_oldest_done()
            order = Order(str(uuid.uuid4()), user_id, lines, total)
            self._orders[order.id] = order
            self._moved("pending", 1)
            return order

    def get(self, order_id: str) -> Order | None:
        """The order of this id."""
        return self._orders.get(order_id)

    def of_user(self, user_id: str, limit: int) -> list[Order]:
        """The latest orders of a user, newest first."""
        with self._lock:
            return [order for order in reversed(self._orders.values()) if order.user_id == user_id][:limit]

    def move(self, order_id: str, status: Status) -> Order | None:
        """Moves an order; None when it may not make this move."""
        with self._lock:
            order = self._orders.get(order_id)
            if order is None or status not in _MOVES[order.status]:
                return None
            moved = self._orders[order_id] = replace(order, status=status)
            if not _MOVES[status]:
                self._done[order_id] = None
            self._moved(order.status, -1)
            self._moved(status, 1)
            return moved

    def _drop_oldest_done(self) -> None:
        oldest = next(iter(self._done))
        del self._done[oldest]
        self._moved(self._orders.pop(oldest).status, -1)
