"""What this installation is, read once from the environment and never changed."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from app.signing_in.provider_settings import SignInProvider, sign_in_provider
from programmes.common.errors import Refused


class Environment(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where e-mail goes out. `security` is starttls, tls or none."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str


class TextProvider(msgspec.Struct, frozen=True):
    """Where text messages go out: an address that takes JSON, and its key."""

    url: str
    key: str


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`database_addresses` maps a login's name to its address; empty means the embedded server.

    `refusals_on_beat`: seconds, to a multiple of which every refusal is held (app/web/beat.py).
    """

    environment: Environment = Environment.DEMO
    home: Path
    port: int = 8000
    database_addresses: dict[str, str] = {}
    mail: MailServer | None = None
    texts: TextProvider | None = None
    refusals_on_beat: float = 0.05
    provider: SignInProvider | None = None

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
        port=_port("PORT", environ.get("PORT") or "8000"),
        database_addresses=_database_addresses(environ),
        mail=_mail_server(environ),
        texts=_text_provider(environ),
        provider=sign_in_provider(environ, may_be_near=_environment(environ) is Environment.DEMO),
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


def _port(name: str, text: str) -> int:
    is_short = text.isascii() and text.isdigit() and len(text) <= 5
    if not is_short or not 1 <= int(text) <= 65535:
        raise Refused(f"{name} is {text[:40]!r}: write a number from 1 to 65535.")
    return int(text)


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    if not environ.get("SMTP_HOST"):
        return None
    security = environ.get("SMTP_SECURITY") or "starttls"
    if security not in ("starttls", "tls", "none"):
        raise Refused(f"SMTP_SECURITY is {security!r}: write starttls, tls or none.")
    if "@" not in environ.get("SMTP_FROM", ""):
        raise Refused("SMTP_HOST is set: set SMTP_FROM to the address that messages come from.")
    return MailServer(
        host=environ["SMTP_HOST"],
        port=_port("SMTP_PORT", environ.get("SMTP_PORT") or "587"),
        security=security,
        user=environ.get("SMTP_USER", ""),
        password=environ.get("SMTP_PASSWORD", ""),
        sender=environ["SMTP_FROM"],
    )


def _text_provider(environ: Mapping[str, str]) -> TextProvider | None:
    url = environ.get("TEXT_PROVIDER_URL", "")
    if not url:
        return None
    if not url.startswith("https://"):
        raise Refused("TEXT_PROVIDER_URL must begin with https://")
    return TextProvider(url, environ.get("TEXT_PROVIDER_KEY", ""))


def _database_addresses(environ: Mapping[str, str]) -> dict[str, str]:
    """Only of our own logins: a DATABASE_URL that stands there for another program is not ours."""
    return {
        name.removeprefix("DATABASE_").lower(): address
        for name, address in environ.items()
        if name.startswith(("DATABASE_WORK_", "DATABASE_SURVIVOR_")) and address
    }
