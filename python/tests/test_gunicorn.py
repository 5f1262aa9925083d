"""Several workers of gunicorn are one service."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strictly

WORKERS = 4


class Server:
    """A gunicorn with workers, and a folder of its own for what they count."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--config=python:microservices_monitoring.gunicorn",
                f"--workers={WORKERS}",
                f"--bind=127.0.0.1:{self.port}",
                "--log-level=error",
                "parcel_app:app",
            ],
            cwd=Path(__file__).parent,
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)},
        )

    def get(self, path: str) -> str:
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept": "application/openmetrics-text"})
        with urlopen(request, timeout=10) as response:
            return str(response.read().decode())

    def send(self, towns: list[str]) -> set[int]:
        """Sends a request for each, several at a time, and gives the workers that answered."""
        with ThreadPoolExecutor(8) as pool:
            answers = pool.map(lambda town: self.get(f"/parcels/{town}"), towns)
            return {int(json.loads(answer)["worker"]) for answer in answers}

    def samples(self) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        """All series with their values. None is there twice."""
        all_samples = [
            (sample.name, frozenset(sample.labels.items()), sample.value)
            for family in strictly(self.get("/metrics"))
            for sample in family.samples
        ]
        assert [key for key, count in Counter((name, labels) for name, labels, _ in all_samples).items() if count > 1] == []
        return {(name, labels): value for name, labels, value in all_samples}

    def sent(self) -> dict[str, float]:
        return {dict(labels)["town"]: value for (name, labels), value in self.samples().items() if name == "sent_total"}

    def ready(self) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                self.get("/health/ready")
                return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        raise TimeoutError("gunicorn does not answer")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    try:
        started.ready()
        yield started
    finally:
        started.stop()


def files_of(folder: Path, pid: int) -> list[str]:
    return [path.name for path in folder.iterdir() if f"_{pid}." in path.name]


def test_a_worker_that_is_killed_takes_no_count_along(server: Server) -> None:
    workers = server.send(["Ulm"] * 60)
    assert len(workers) > 1
    assert server.sent() == {"Ulm": 60}
    killed = workers.pop()
    assert files_of(server.folder, killed) != []
    before = server.samples()
    os.kill(killed, signal.SIGKILL)
    end = time.monotonic() + 20
    while files_of(server.folder, killed) and time.monotonic() < end:
        # While its files go nothing is lost and nothing is there twice.
        assert server.sent() == {"Ulm": 60}
    assert files_of(server.folder, killed) == []
    after = server.samples()
    for (name, labels), value in before.items():
        if name.endswith(("_total", "_bucket", "_count")) and not name.startswith("process_"):
            assert after[(name, labels)] >= value, (name, labels)
    assert server.sent() == {"Ulm": 60}
    # What it said of itself goes with it.
    waiting = sum(value for (name, _), value in after.items() if name == "waiting")
    assert 0 < waiting < 60


def test_all_workers_keep_the_same_values_apart(server: Server) -> None:
    workers = server.send(["Ulm", "Bonn", "Kiel", "Jena"] * 20)
    assert len(workers) > 1
    sent = server.sent()
    assert len(sent) == 3
    assert "elsewhere" in sent
    assert sum(sent.values()) == 80


def test_the_process_is_that_of_all_workers(server: Server) -> None:
    found = {name: value for (name, labels), value in server.samples().items() if not labels}
    assert found["process_resident_memory_bytes"] > WORKERS * 10_000_000
    assert found["process_cpu_seconds_total"] > 0
    assert abs(time.time() - found["process_start_time_seconds"]) < 60
