"""Bodies of requests, checked by a JSON schema."""

from collections.abc import Mapping

from flask import request
from jsonschema import Draft202012Validator

from .problems import Mistake, Problem

Schema = Mapping[str, object]


class Body:
    """What a route takes as its body."""

    def __init__(self, schema: Schema) -> None:
        self._validator = Draft202012Validator(schema)

    def read(self) -> dict[str, object]:
        """The body of the request.

        It raises Problem: 415 for another type than JSON, 400 for no JSON, and for what does not fit the schema.
        """
        if request.mimetype != "application/json":
            raise Problem(415, "Send JSON, as application/json.")
        value = request.get_json(silent=True)
        mistakes = [
            Mistake(f"#{''.join(f'/{part}' for part in error.absolute_path)}", error.message)
            for error in self._validator.iter_errors(value)
        ]
        if mistakes or not isinstance(value, dict):
            raise Problem(400, "The body does not fit the schema.", mistakes)
        return value
