"""Tokens: JSON Web Tokens, signed by a key that is made at start and known to nobody."""

import os
import time
from dataclasses import dataclass
from typing import Literal

import jwt
from shop.callers import ROLES

from .users import User

Result = Literal["valid", "invalid", "expired"]
_ISSUER = "auth-service"


@dataclass(frozen=True)
class Identity:
    """Who a token speaks for."""

    user_id: str
    username: str
    role: str


class Tokens:
    """Signs and checks tokens. Users live in memory, so their tokens need not outlive the process either."""

    def __init__(self, lifetime_seconds: int) -> None:
        self.lifetime_seconds = lifetime_seconds
        self._key = os.urandom(32)

    def issue(self, user: User) -> str:
        """A token for a user."""
        now = int(time.time())
        payload = {
            "sub": user.id,
            "username": user.username,
            "role": user.role,
            "iss": _ISSUER,
            "iat": now,
            "exp": now + self.lifetime_seconds,
        }
        return jwt.encode(payload, self._key, "HS256")

    def validate(self, token: str) -> tuple[Result, Identity | None]:
        """Whether a token holds, and whom it speaks for."""
        try:
            payload = jwt.decode(token, self._key, ["HS256"], issuer=_ISSUER)
        except jwt.ExpiredSignatureError:
            return "expired", None
        except jwt.InvalidTokenError:
            return "invalid", None
        user_id, username, role = payload.get("sub"), payload.get("username"), payload.get("role")
        if not isinstance(user_id, str) or not isinstance(username, str) or role not in ROLES:
            return "invalid", None
        return "valid", Identity(user_id, username, str(role))
