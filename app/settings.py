"""What this installation is, read once from the environment and never changed."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from programmes.common.errors import Refused


class Environment(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`database_addresses` maps a login's name to its address; empty means the embedded server."""

    environment: Environment = Environment.DEMO
    home: Path
    port: int = 8000
    database_addresses: dict[str, str] = {}

    @property
    def is_demo(self) -> bool:
        return self.environment is Environment.DEMO

    @property
    def is_embedded(self) -> bool:
        return not self.database_addresses


def settings_from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises Refused where the environment asks for something that cannot be."""
    settings = Settings(
        environment=_environment(environ),
        home=Path(environ.get("APP_HOME") or ".data").expanduser().resolve(),
        port=_port(environ.get("PORT") or "8000"),
        database_addresses=_database_addresses(environ),
    )
    if not settings.is_demo and settings.is_embedded:
        raise Refused(
            "APP_ENV=production needs databases of its own: set DATABASE_WORK_WEB, "
            "DATABASE_WORK_DOOR and the others (README, “Run it for real”)."
        )
    return settings


def _environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("APP_ENV") or Environment.DEMO
    if name not in set(Environment):
        raise Refused(f"APP_ENV is {name!r}: write demo or production.")
    return Environment(name)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refused(f"PORT is {text!r}: write a number from 1 to 65535.")
    return int(text)


def _database_addresses(environ: Mapping[str, str]) -> dict[str, str]:
    prefix = "DATABASE_"
    return {
        name.removeprefix(prefix).lower(): address
        for name, address in environ.items()
        if name.startswith(prefix) and address
    }
