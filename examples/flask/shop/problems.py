"""Failures as answers: problems of RFC 9457."""

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

PROBLEM_TYPE = "application/problem+json; charset=utf-8"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mistake:
    """One mistake in a request."""

    pointer: str
    detail: str


class Problem(Exception):
    """A failure that its message may tell to the client: what is wrong and what to do, nothing of the inside."""

    def __init__(self, status: int, detail: str, mistakes: list[Mistake] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.mistakes = mistakes


def problem_response(status: int, detail: str | None = None, mistakes: list[Mistake] | None = None) -> Response:
    """The answer that tells a problem."""
    body: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail is not None:
        body["detail"] = detail
    if mistakes is not None:
        body["errors"] = [{"pointer": each.pointer, "detail": each.detail} for each in mistakes]
    return Response(json.dumps(body), status=status, content_type=PROBLEM_TYPE)


def answer_with_problems(app: Flask) -> None:
    """Answers every failure of an application with a problem. Those of ours tell their detail, others only their status."""

    @app.errorhandler(Problem)
    def of_ours(problem: Problem) -> Response:
        if problem.status >= 500:
            _log.error("request failed", exc_info=problem)
        return problem_response(problem.status, problem.detail, problem.mistakes)

    @app.errorhandler(HTTPException)
    def of_framework(error: HTTPException) -> Response:
        status = error.code or 500
        if status in (404, 405):
            return problem_response(404, "There is nothing at this address with this method.")
        return problem_response(status)

    @app.errorhandler(Exception)
    def of_others(error: Exception) -> Response:
        _log.error("request failed", exc_info=error)
        return problem_response(500)
