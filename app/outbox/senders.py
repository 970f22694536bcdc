"""The ways out: SMTP for e-mail, a provider over HTTP for text messages, a folder in the demo.

Each says one of three things: the provider's reference, that it certainly did not go, or that
nobody can tell.
"""

import asyncio
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

from app.settings import MailServer, Settings, TextProvider
from outcomes.messages.sending_commands import MayHaveGone, NotSent, Sender
from outcomes.messages.words import Channel

SECONDS = 15
"""The longest that a provider is waited for: far below the lease of a claim."""


class SmtpSender:
    """One connection a message: few go, and none may be lost between two."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        return await asyncio.to_thread(self._send, message_id, address, subject, words)

    def _send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        letter = letter_of(message_id, self.server.sender, address, subject, words)
        try:
            smtp = self._connect()
        except (OSError, smtplib.SMTPException) as trouble:
            raise NotSent(f"no connection: {type(trouble).__name__}") from None
        try:
            smtp.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise NotSent(f"the address was refused with {code}", for_good=code >= 500) from None
        except smtplib.SMTPResponseException as refused:
            for_good = refused.smtp_code >= 500
            raise NotSent(f"refused with {refused.smtp_code}", for_good=for_good) from None
        except (OSError, smtplib.SMTPException):
            raise MayHaveGone("the connection broke while it was being sent") from None
        finally:
            smtp.close()
        return str(letter["Message-ID"])

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        context = ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        if server.security == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        return smtp


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key and the message are for the provider's own address alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)


class HttpTextSender:
    """Posts `{to, text, reference}` as JSON; the reference lets the provider refuse a second."""

    def __init__(self, provider: TextProvider) -> None:
        self.provider = provider

    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        return await asyncio.to_thread(self._send, message_id, address, words)

    def _send(self, message_id: UUID, address: str, words: str) -> str:
        body = json.dumps({"to": address, "text": words, "reference": str(message_id)}).encode()
        headers = {
            "Authorization": f"Bearer {self.provider.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(message_id),
        }
        request = urllib.request.Request(  # noqa: S310  # the scheme is checked with the settings
            self.provider.url, data=body, headers=headers, method="POST"
        )
        try:
            with _opener.open(request, timeout=SECONDS) as answer:
                said = json.loads(answer.read(10_000) or b"{}")
        except urllib.error.HTTPError as refused:
            for_good = 400 <= refused.code < 500 and refused.code not in (408, 429)
            raise NotSent(f"refused with {refused.code}", for_good=for_good) from None
        except urllib.error.URLError as trouble:
            if isinstance(trouble.reason, ConnectionRefusedError | ssl.SSLError):
                raise NotSent("no connection") from None
            raise MayHaveGone("no answer from the provider") from None
        except (OSError, ValueError):
            raise MayHaveGone("no answer from the provider") from None
        return str(said.get("id", message_id)) if isinstance(said, dict) else str(message_id)


class FolderSender:
    """The demonstration sends nothing: each message is a file beside its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        letter = letter_of(message_id, "waymark@waymark.example", address, subject, words)
        path = self.folder / f"{message_id}.eml"
        path.write_bytes(bytes(letter))
        return path.name


def letter_of(
    message_id: UUID, sender: str, address: str, subject: str, words: str
) -> EmailMessage:
    """Its Message-ID is the message's own id, so that a second copy can be told as such."""
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = address
    letter["Subject"] = subject
    letter["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(words)
    return letter


def senders_of(settings: Settings, *, folder: str = "outbox") -> dict[Channel, Sender]:
    """Where no way out is set up, what waits for it goes on waiting.

    `folder` takes what the demonstration writes: each side has its own.
    """
    found: dict[Channel, Sender] = {}
    if settings.is_demo:
        files = FolderSender(settings.home / folder)
        found = {Channel.EMAIL: files, Channel.TEXT: files}
    if settings.mail:
        found[Channel.EMAIL] = SmtpSender(settings.mail)
    if settings.texts:
        found[Channel.TEXT] = HttpTextSender(settings.texts)
    return found
