"""An application of Flask: `make("bare")`, `make("ours")` or `make("peer")`."""

from answer import ANSWER, BUCKETS
from flask import Flask


def make(kind: str) -> Flask:
    app = Flask("product-service")
    if kind == "ours":
        from microservices_monitoring.flask import instrument
        from product_service_metrics import ProductServiceMetrics

        instrument(app, ProductServiceMetrics())
    elif kind == "peer":
        from prometheus_flask_exporter import PrometheusMetrics

        PrometheusMetrics(app, group_by="url_rule", buckets=BUCKETS)

    @app.get("/products/<id>")
    def product(id: str) -> dict[str, object]:
        return ANSWER

    return app
