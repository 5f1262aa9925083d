"""Passwords, as they are kept: salted and hashed by scrypt (RFC 7914)."""

import hashlib
import hmac
import os
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Iterator

from shop.problems import Problem

_KEY_BYTES = 32
_SALT_BYTES = 16
_BLOCK_SIZE = 8


@dataclass(frozen=True)
class HashedPassword:
    """A password as it is kept."""

    salt: bytes
    hash: bytes


class PasswordHasher:
    """Hashes passwords. `cost` is the binary logarithm of scrypt's N; memory and time double with each step."""

    def __init__(self, cost: int, parallelization: int, max_pending: int) -> None:
        self._n = 2**cost
        self._parallelization = parallelization
        self._room = BoundedSemaphore(max_pending)
        self._decoy = self.hash(os.urandom(_SALT_BYTES).hex())

    def hash(self, password: str) -> HashedPassword:
        """The password as it is kept. It raises Problem (503) when too many wait already."""
        salt = os.urandom(_SALT_BYTES)
        return HashedPassword(salt, self._derive(password, salt))

    def verify(self, password: str, kept: HashedPassword | None) -> bool:
        """Whether the password is the one that was kept.

        It takes the same time where there is none, so that an answer does not tell which users exist.
        """
        compared = kept or self._decoy
        is_same = hmac.compare_digest(compared.hash, self._derive(password, compared.salt))
        return is_same and kept is not None

    def _derive(self, password: str, salt: bytes) -> bytes:
        with self._place():
            return hashlib.scrypt(
                unicodedata.normalize("NFKC", password).encode(),
                salt=salt,
                n=self._n,
                r=_BLOCK_SIZE,
                p=self._parallelization,
                maxmem=256 * self._n * _BLOCK_SIZE,
                dklen=_KEY_BYTES,
            )

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise Problem(503, "Too many logins at a time; try again soon.")
        try:
            yield
        finally:
            self._room.release()
