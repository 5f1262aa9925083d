"""The routes of the auth service. `auth_service.app:app` is what gunicorn serves."""

import os
from pathlib import Path

from flask import Flask, Response, jsonify, make_response
from metrics.auth_service_metrics import AuthServiceMetrics
from microservices_monitoring.spans import traced
from shop.application import application
from shop.bodies import Body
from shop.problems import Problem
from shop.settings import Settings

from .passwords import PasswordHasher
from .tokens import Tokens
from .users import User, Users

_STAFF = "staff"
_PASSWORD_LENGTH = (8, 128)
_credentials = Body(
    {
        "type": "object",
        "properties": {
            "username": {"type": "string", "pattern": "^[A-Za-z0-9._-]{3,64}$"},
            "password": {"type": "string", "minLength": _PASSWORD_LENGTH[0], "maxLength": _PASSWORD_LENGTH[1]},
        },
        "required": ["username", "password"],
        "additionalProperties": False,
    }
)
_token = Body(
    {
        "type": "object",
        "properties": {"token": {"type": "string", "minLength": 1, "maxLength": 4_096}},
        "required": ["token"],
        "additionalProperties": False,
    }
)


def create_app() -> Flask:
    """The application. It raises SettingsError that lists every variable that does not hold."""
    settings = Settings([])
    metrics = AuthServiceMetrics()
    app = application(metrics, settings)
    users = Users(settings.whole("MAX_USERS", 10_000, 1, 1_000_000))
    tokens = Tokens(settings.whole("TOKEN_LIFETIME_SECONDS", 3_600, 1, 604_800))
    cost = settings.whole("PASSWORD_COST", 14, 10, 18)
    parallelization = settings.whole("PASSWORD_PARALLELIZATION", 5, 1, 16)
    staff_password = _staff_password(settings)
    settings.checked()
    hasher = PasswordHasher(cost, parallelization, 64)
    if staff_password is not None:
        users.add(User(_STAFF, hasher.hash(staff_password), "staff"))

    @app.post("/register")
    def register() -> Response:
        body = _credentials.read()
        username, password = str(body["username"]), str(body["password"])
        taken = Problem(409, "This name is taken.")
        if users.get(username) is not None:
            raise taken
        with traced("hash password"):
            user = User(username, hasher.hash(password))
        if not users.add(user):
            raise taken
        metrics.registrations_total.inc()
        return make_response({"id": user.id, "username": user.username}, 201)

    @app.post("/login")
    def login() -> Response:
        body = _credentials.read()
        user = users.get(str(body["username"]))
        with traced("verify password"):
            is_right = hasher.verify(str(body["password"]), None if user is None else user.password)
        metrics.login_attempts_total.inc(status="success" if is_right else "failure")
        if user is None or not is_right:
            raise Problem(401, "There is no such user, or the password is another one.")
        return jsonify(token=tokens.issue(user), tokenType="Bearer", expiresIn=tokens.lifetime_seconds)

    @app.post("/validate")
    def validate() -> Response:
        result, identity = tokens.validate(str(_token.read()["token"]))
        metrics.token_validations_total.inc(result=result)
        if identity is None:
            raise Problem(401, f"The token is {result}.")
        return jsonify(userId=identity.user_id, username=identity.username, role=identity.role)

    return app


def _staff_password(settings: Settings) -> str | None:
    """The first line of the file that STAFF_PASSWORD_FILE names; None where it names none."""
    name = os.environ.get("STAFF_PASSWORD_FILE")
    if not name:
        return None
    try:
        password = Path(name).read_text().split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        settings.problems.append(f"STAFF_PASSWORD_FILE: the file cannot be read ({error.strerror})")
        return None
    least, most = _PASSWORD_LENGTH
    if not least <= len(password) <= most:
        settings.problems.append(
            f"STAFF_PASSWORD_FILE: expected {least} to {most} characters on the file's first line"
        )
    return password


app = create_app()
