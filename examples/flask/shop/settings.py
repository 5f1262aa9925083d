"""What a service reads from its environment."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit


class SettingsError(Exception):
    """Settings that do not hold, with all their problems."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The configuration does not hold:\n" + "\n".join(f"  {problem}" for problem in problems))


@dataclass
class Settings:
    """Reads variables, and collects what is wrong with them. An empty variable is one that is not set."""

    problems: list[str]

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number."""
        text = os.environ.get(name) or str(default)
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        self.problems.append(f'{name}: expected a whole number from {least} to {most}, found "{text}".')
        return default

    def service_url(self, name: str, default: str) -> str:
        """Address of another service, without a slash at its end."""
        text = os.environ.get(name) or default
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and "@" not in parts.netloc:
            return text.rstrip("/")
        self.problems.append(f"{name}: expected an http(s) URL such as {default}, without a path.")
        return default

    def is_on(self, name: str) -> bool:
        """A switch that is off by default."""
        text = os.environ.get(name) or "off"
        if text not in ("on", "off"):
            self.problems.append(f'{name}: expected on or off, found "{text}".')
        return text == "on"

    def checked(self) -> None:
        """It raises SettingsError where something was wrong."""
        if self.problems:
            raise SettingsError(self.problems)
