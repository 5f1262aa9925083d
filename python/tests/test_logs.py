"""Log lines."""

import io
import json
import logging

from microservices_monitoring.logs import JsonFormatter


def line_of(level: int, message: str, error: Exception | None = None) -> dict[str, object]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.Logger("tests")
    logger.addHandler(handler)
    logger.log(level, message, exc_info=error)
    text = stream.getvalue()
    assert text.count("\n") == 1
    return dict(json.loads(text))


def test_levels_are_numbers_and_errors_are_50_and_above() -> None:
    levels = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)
    assert [line_of(level, "x")["level"] for level in levels] == [20, 30, 40, 50, 60]


def test_an_exception_is_in_the_line_with_its_stack() -> None:
    try:
        raise KeyError("price")
    except KeyError as error:
        err = line_of(logging.ERROR, "order lost", error)["err"]
    assert isinstance(err, dict)
    assert err["type"] == "KeyError"
    assert "test_an_exception" in err["stack"]


def test_several_lines_are_one() -> None:
    assert line_of(logging.INFO, "a\nb")["msg"] == "a\nb"
