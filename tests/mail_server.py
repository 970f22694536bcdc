"""A small SMTP server for the tests: real sockets, with faults to order."""

import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Accepted:
    """One letter that was taken: to whom, what it said, and when."""

    message_id: str
    to: str
    text: str
    at: float


@dataclass
class MailServer:
    """`fault` says what to do with a letter: "" takes it, 4xx or 5xx refuses it with that code,
    "drop" takes it and breaks the line before it answers."""

    port: int = 0
    delay: float = 0.0
    fault: Callable[[str], str] = lambda to: ""
    accepted: list[Accepted] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def to(self, address: str) -> list[Accepted]:
        return [one for one in self.accepted if one.to == address]


@contextmanager
def mail_server(
    *, delay: float = 0.0, fault: Callable[[str], str] = lambda to: ""
) -> Iterator[MailServer]:
    mail = MailServer(delay=delay, fault=fault)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        request_queue_size = 128

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                _converse(self, mail)
            except OSError:
                return

    with Server(("127.0.0.1", 0), Handler) as server:
        mail.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()


def _converse(handler: socketserver.StreamRequestHandler, mail: MailServer) -> None:
    def say(words: str) -> None:
        handler.wfile.write(f"{words}\r\n".encode())

    say("220 ready")
    to = ""
    while line := handler.rfile.readline():
        verb = line[:4].upper().strip()
        if verb == b"RCPT":
            found = re.search(rb"<(.*?)>", line)
            to = found[1].decode() if found else ""
            fault = mail.fault(to)
            say(f"{fault} no" if fault.isdigit() else "250 ok")
        elif verb == b"DATA":
            say("354 go on")
            if not _take(handler, mail, to):
                return
            say("250 taken")
        elif verb == b"QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


def _take(handler: socketserver.StreamRequestHandler, mail: MailServer, to: str) -> bool:
    lines = []
    while (line := handler.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line)
    if line == b"":
        return False
    time.sleep(mail.delay)
    text = b"".join(lines).decode()
    found = re.search(r"Message-ID: <(.*?)@", text, re.I)
    with mail.lock:
        mail.accepted.append(Accepted(found[1] if found else "", to, text, time.monotonic()))
    return mail.fault(to) != "drop"
