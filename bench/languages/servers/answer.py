"""What each route answers, and the buckets that each server has."""

from product_service_metrics import ProductServiceMetrics

ANSWER = {"id": "42", "name": "Fountain pen", "price": 39, "stock": 7}

BUCKETS = ProductServiceMetrics.http.duration.buckets
