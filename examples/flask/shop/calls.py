"""Calls to other services."""

from dataclasses import dataclass
from typing import Any

import requests
from microservices_monitoring.spans import outgoing

from .problems import Problem

_session = requests.Session()


@dataclass(frozen=True)
class CalledService:
    """Another service that is called within a time limit."""

    name: str
    url: str
    timeout_seconds: float


class DependencyUnavailable(Problem):
    """Another service that cannot be reached, is too slow, or makes no sense."""

    def __init__(self, service: CalledService) -> None:
        super().__init__(503, f"The {service.name} gave no answer; try again soon.")


def call(
    service: CalledService, method: str, path: str, *, template: str | None = None, body: object = None
) -> tuple[int, dict[str, Any]]:
    """Status and body of another service's answer; the body is empty where it is no JSON object.

    It raises DependencyUnavailable when there is no answer in time.
    """
    url = service.url + path
    try:
        with outgoing(method, url, service=service.name, template=template or path) as under_way:
            response = _session.request(
                method, url, json=body, headers=under_way.headers, timeout=service.timeout_seconds
            )
            under_way.answered(response.status_code)
    except requests.RequestException as error:
        raise DependencyUnavailable(service) from error
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        answer = None
    return response.status_code, answer if isinstance(answer, dict) else {}
