"""The routes of the order service. `order_service.app:app` is what gunicorn serves."""

from typing import Any, cast

from flask import Flask, Response, jsonify, make_response
from metrics.order_service_metrics import OrderServiceMetrics
from microservices_monitoring.units import Dollars
from shop.application import application
from shop.bodies import Body
from shop.callers import Callers, Unauthenticated
from shop.faults import at_its_own_moment, happen
from shop.problems import Problem
from shop.settings import Settings

from .failure import reason_of
from .lifecycle import Lifecycle
from .placement import Placement
from .products import Products
from .store import Line, Order, Orders, Status

_new_order = Body(
    {
        "type": "object",
        "properties": {
            "lines": {
                "type": "array",
                "minItems": 1,
                "maxItems": 20,
                "items": {
                    "type": "object",
                    "properties": {
                        "productId": {"type": "string", "minLength": 1, "maxLength": 64},
                        "quantity": {"type": "integer", "minimum": 1, "maximum": 1_000},
                    },
                    "required": ["productId", "quantity"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["lines"],
        "additionalProperties": False,
    }
)
_ACTIONS: dict[str, Status] = {"pay": "paid", "ship": "shipped", "cancel": "cancelled"}


def create_app() -> Flask:
    """The application. It raises SettingsError that lists every variable that does not hold."""
    settings = Settings([])
    metrics = OrderServiceMetrics()
    app = application(metrics, settings)
    timeout = settings.whole("DEPENDENCY_TIMEOUT_MS", 3_000, 1, 60_000) / 1000
    callers = Callers(settings.service_url("AUTH_SERVICE_URL", "http://auth-service:3002"), timeout)
    products = Products(settings.service_url("PRODUCT_SERVICE_URL", "http://product-service:3001"), timeout)
    orders = Orders(
        settings.whole("MAX_ORDERS", 10_000, 1, 1_000_000),
        lambda status, change: metrics.active_orders.inc(change, status=status),
    )
    lifecycle = Lifecycle(orders, settings.whole("ORDER_STEP_MS", 5_000, 0, 86_400_000) / 1000)
    limit = settings.whole("PAYMENT_LIMIT_DOLLARS", 10_000, 1, 1_000_000_000)
    placement = Placement(orders, products, limit)
    settings.checked()

    def own_order(order_id: str) -> Order:
        """An order of the caller; another user's order is as unknown as one that is not there."""
        user_id = callers.user_id()
        order = orders.get(order_id)
        if order is None or order.user_id != user_id:
            raise Problem(404, "You have no order with this id.")
        return order

    @app.post("/orders")
    @at_its_own_moment
    def place() -> Response:
        """Every attempt of a customer counts, and each is either created or failed for one reason.

        What comes without a token that holds is no attempt: anybody can send it, as often as they like.
        """
        try:
            try:
                user_id = callers.user_id()
            except Unauthenticated:
                raise
            except Exception:
                # An order that fails because nobody can tell whose it is has failed, too.
                metrics.orders_total.inc()
                raise
            metrics.orders_total.inc()
            happen()
            order = placement.place(user_id, _lines_of(_new_order.read()))
        except Unauthenticated:
            raise
        except Exception as error:
            metrics.orders_failed_total.inc(reason=reason_of(error))
            raise
        metrics.orders_created_total.inc()
        metrics.order_value_dollars.observe(Dollars(order.total))
        lifecycle.follow(order)
        return make_response(_shown(order), 201)

    @app.get("/orders")
    def list_own() -> Response:
        return jsonify(orders=[_shown(order) for order in orders.of_user(callers.user_id(), 20)])

    @app.get("/orders/<id>")
    def show(id: str) -> Response:
        return jsonify(_shown(own_order(id)))

    def moving(action: str, status: Status) -> None:
        def move(id: str) -> Response:
            order = own_order(id)
            moved = orders.move(order.id, status)
            if moved is None:
                raise Problem(409, f"An order that is {order.status} cannot become {status}.")
            if status == "cancelled":
                placement.release(moved.lines)
            return jsonify(_shown(moved))

        app.add_url_rule(f"/orders/<id>/{action}", action, move, methods=["POST"])

    for action, status in _ACTIONS.items():
        moving(action, status)
    return app


def _lines_of(body: dict[str, object]) -> tuple[Line, ...]:
    lines = cast(list[dict[str, Any]], body["lines"])
    return tuple(Line(line["productId"], line["quantity"]) for line in lines)


def _shown(order: Order) -> dict[str, object]:
    lines = [{"productId": line.product_id, "quantity": line.quantity} for line in order.lines]
    return {"id": order.id, "lines": lines, "total": order.total, "status": order.status}


app = create_app()
