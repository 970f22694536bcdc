"""A real OpenID Connect provider in a process of its own, on loopback, and somebody at its page."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.signing_in.provider_settings import SignInProvider

RETURN = "http://127.0.0.1:8000/sign-in/provider/return"
PATIENCE = 120
"""Seconds, on a machine with other things to do."""


@dataclass(frozen=True)
class ProviderProcess:
    """`window` is a browser that somebody has open there."""

    issuer: str
    settings: SignInProvider
    window: httpx.Client

    def agree(self, address: str, subject: str) -> str:
        """Somebody types who they are and is sent back: where to."""
        answer = self.window.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def deny(self, address: str) -> str:
        answer = self.window.post(address, data={"action": "deny"})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def provider_process(log: Path) -> Iterator[ProviderProcess]:
    """It knows one client, by its secret and its one return address, and takes each code once."""
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", "0"]
    command += ["--require-registration", "true", "--require-nonce", "true"]
    with log.open("w") as told:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
    try:
        with httpx.Client(verify=False, trust_env=False, timeout=PATIENCE) as window:
            issuer = _address_of(process, log)
            registered = {"redirect_uris": [RETURN]}
            made = window.post(f"{issuer}/oauth2/clients", json=registered).json()
            settings = SignInProvider(
                issuer=issuer,
                name="Northtown",
                client_id=made["client_id"],
                client_secret=made["client_secret"],
            )
            yield ProviderProcess(issuer, settings, window)
    finally:
        process.kill()
        process.wait()


def _address_of(process: subprocess.Popen[bytes], log: Path) -> str:
    """It takes a port that is free, and says which as soon as it listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if said := re.search(r"running on (http://127\.0\.0\.1:\d+)", log.read_text()):
            return said[1]
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError("the provider does not start")
