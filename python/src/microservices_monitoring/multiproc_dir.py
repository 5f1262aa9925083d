"""Where the workers of one service keep their values. Without `prometheus_client`, which looks there when it is imported."""

MULTIPROC_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Variable with the folder."""
