"""The service of the tests, for gunicorn."""

import os
import time

from conftest import Parcels
from flask import Flask

from microservices_monitoring.flask import instrument

app = Flask(__name__)
metrics = Parcels()
instrument(app, metrics)


@app.get("/parcels/<town>")
def parcel(town: str) -> dict[str, int]:
    # Long enough for another worker to take the next request.
    time.sleep(0.02)
    metrics.sent._add(1, (town,))
    metrics.waiting._add(1, (town, town))
    return {"worker": os.getpid()}
