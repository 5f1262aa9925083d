"""What every application has: its limits, its log, its metrics, and problems as the answer to every failure."""

import os

from flask import Flask
from microservices_monitoring.flask import instrument
from microservices_monitoring.logs import log_json
from microservices_monitoring.metrics import ServiceMetrics

from .faults import inject_faults
from .problems import answer_with_problems
from .settings import Settings


def application(metrics: ServiceMetrics, settings: Settings) -> Flask:
    """An application that measures and traces."""
    log_json(os.environ.get("LOG_LEVEL", "info").upper())
    app = Flask(metrics.service)
    app.config["MAX_CONTENT_LENGTH"] = settings.whole("BODY_LIMIT_BYTES", 16_384, 1, 10_485_760)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    instrument(app, metrics)
    answer_with_problems(app)
    if settings.is_on("FAULT_INJECTION"):
        inject_faults(app)
    return app
