"""Takes orders: looks the prices up, has the payment approved, reserves the stock."""

import logging
from collections.abc import Iterable

from microservices_monitoring.spans import traced
from shop.problems import Problem

from .failure import OrderFailure
from .products import Products
from .store import Line, Order, Orders

_log = logging.getLogger(__name__)


class Placement:
    """Places orders. Those above `payment_limit` dollars are declined, as a bank would."""

    def __init__(self, orders: Orders, products: Products, payment_limit: int) -> None:
        self._orders = orders
        self._products = products
        self._payment_limit = payment_limit

    def place(self, user_id: str, lines: tuple[Line, ...]) -> Order:
        """Places an order. It raises OrderFailure that says why it failed; nothing stays reserved then."""
        if not self._orders.has_room():
            raise OrderFailure("internal_error", 503, "Too many orders are under way; try again soon.")
        with traced("price order"):
            cents = sum(round(self._products.price(line) * 100) * line.quantity for line in lines)
        total = cents / 100
        with traced("approve payment"):
            if total > self._payment_limit:
                raise OrderFailure("payment_declined", 402, "The payment was declined.")
        with traced("reserve stock"):
            self._reserve(lines)
        try:
            return self._orders.add(user_id, lines, total)
        except RuntimeError:
            self.release(lines)
            raise

    def release(self, lines: Iterable[Line]) -> None:
        """Puts the items of an order back into the stock, as far as the product service can be reached."""
        for line in lines:
            try:
                self._products.release(line)
            except Problem as problem:
                _log.warning("items of %s are not back in stock: %s", line.product_id, problem)

    def _reserve(self, lines: tuple[Line, ...]) -> None:
        reserved: list[Line] = []
        try:
            for line in lines:
                self._products.reserve(line)
                reserved.append(line)
        except Problem:
            self.release(reserved)
            raise
