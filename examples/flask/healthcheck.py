"""Health check of the image: exits with 0 when the service in this container is ready, 1 otherwise."""

import os
import sys
from urllib.request import urlopen

try:
    with urlopen(f"http://127.0.0.1:{os.environ['PORT']}/health/ready", timeout=2):
        pass
except OSError:
    sys.exit(1)
