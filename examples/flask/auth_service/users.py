"""Accounts, in memory."""

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from .passwords import HashedPassword


@dataclass(frozen=True)
class User:
    """An account."""

    username: str
    password: HashedPassword
    role: str = "customer"
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


class Users:
    """Accounts by their names. Names that differ in case only are the same.

    Beyond `capacity` the oldest customer's goes for each new one.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._users: OrderedDict[str, User] = OrderedDict()
        self._lock = Lock()

    def get(self, username: str) -> User | None:
        """The account of this name."""
        return self._users.get(username.lower())

    def add(self, user: User) -> bool:
        """Adds an account; False when its name is taken."""
        with self._lock:
            if self.get(user.username) is not None:
                return False
            if len(self._users) >= self._capacity:
                oldest = next((key for key, each in self._users.items() if each.role == "customer"), None)
                if oldest is not None:
                    del self._users[oldest]
            self._users[user.username.lower()] = user
            return True
