"""Who sends a request."""

import re

from flask import request

from .calls import CalledService, DependencyUnavailable, call
from .problems import Problem

_BEARER = re.compile(r"Bearer (\S+)", re.IGNORECASE)
ROLES = ("customer", "staff")


class Unauthenticated(Problem):
    """A request without a token that holds."""

    def __init__(self) -> None:
        super().__init__(401, "Send a token of the auth service as a Bearer token.")


class Callers:
    """Asks the auth service for whom a request's token speaks."""

    def __init__(self, url: str, timeout_seconds: float) -> None:
        self._auth_service = CalledService("auth-service", url, timeout_seconds)

    def user_id(self) -> str:
        """Id of the user who sends the request. It raises Unauthenticated (401), DependencyUnavailable (503)."""
        found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
        if found is None:
            raise Unauthenticated
        status, body = call(self._auth_service, "POST", "/validate", body={"token": found[1]})
        # 400: what was sent cannot be a token at all.
        if status in (400, 401):
            raise Unauthenticated
        user_id = body.get("userId")
        if status != 200 or not isinstance(user_id, str) or body.get("role") not in ROLES:
            raise DependencyUnavailable(self._auth_service)
        return user_id
