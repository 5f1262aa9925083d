"""What the order service asks of the product service."""

from urllib.parse import quote

from shop.calls import CalledService, DependencyUnavailable, call

from .failure import OrderFailure
from .store import Line


class Products:
    """The product service. Each call ends within the time limit."""

    def __init__(self, url: str, timeout_seconds: float) -> None:
        self._service = CalledService("product-service", url, timeout_seconds)

    def price(self, line: Line) -> float:
        """Price of the product of a line. It raises OrderFailure when there is none."""
        status, body = call(self._service, "GET", _path(line), template="/internal/products/:id")
        if status == 404:
            raise _unknown(line)
        price = body.get("price")
        if status != 200 or not isinstance(price, int | float):
            raise DependencyUnavailable(self._service)
        return price

    def reserve(self, line: Line) -> None:
        """Takes the items of a line out of the stock. It raises OrderFailure when they are not there."""
        status = self._move(line, "reservations")
        if status == 404:
            raise _unknown(line)
        if status == 409:
            detail = f"There are not enough items of {line.product_id} in stock."
            raise OrderFailure("insufficient_stock", 409, detail)
        if status != 200:
            raise DependencyUnavailable(self._service)

    def release(self, line: Line) -> None:
        """Puts the items of a line back into the stock."""
        if self._move(line, "releases") not in (200, 404):
            raise DependencyUnavailable(self._service)

    def _move(self, line: Line, what: str) -> int:
        status, _ = call(
            self._service,
            "POST",
            f"{_path(line)}/{what}",
            template=f"/internal/products/:id/{what}",
            body={"quantity": line.quantity},
        )
        return status


def _path(line: Line) -> str:
    return f"/internal/products/{quote(line.product_id, safe='')}"


def _unknown(line: Line) -> OrderFailure:
    return OrderFailure("unknown_product", 422, f"There is no product {line.product_id}.")
