"""An application of FastAPI: `bare()`, `ours()` or `peer()`."""

from answer import ANSWER, BUCKETS
from fastapi import FastAPI


def bare() -> FastAPI:
    app = FastAPI()

    @app.get("/products/{id}")
    async def product(id: str) -> dict[str, object]:
        return ANSWER

    return app


def ours() -> FastAPI:
    from microservices_monitoring.fastapi import instrument
    from product_service_metrics import ProductServiceMetrics

    app = bare()
    instrument(app, ProductServiceMetrics())
    return app


def peer() -> FastAPI:
    from prometheus_fastapi_instrumentator import Instrumentator, metrics

    app = bare()
    instrumentator = Instrumentator(should_group_status_codes=False)
    instrumentator.add(metrics.requests(), metrics.latency(buckets=BUCKETS))
    instrumentator.instrument(app).expose(app)
    return app
