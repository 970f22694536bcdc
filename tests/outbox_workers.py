"""Workers of the outbox as processes of their own, which are killed while they send.

The process that runs this forks the workers, so that a new one stands within milliseconds. Run:
python -m tests.outbox_workers HOME PORT WORKERS KILLS, with the logins' addresses in DATABASE_…
"""

import asyncio
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.databases import open_databases
from app.operator import operator_sign_in
from app.outbox.senders import SmtpSender
from app.outbox.worker import send_all
from app.settings import MailServer, Settings
from outcomes.messages.words import Channel
from programmes.common.db import Side

LEASE = timedelta(seconds=4)
SENDER = "waymark@example.org"


def main(home: Path, port: int, workers: int, kills: int) -> int:
    """Answers how many were killed in fact, on standard output."""
    chance = random.Random(kills)
    running = {_start(home, port) for _ in range(workers)}
    killed = 0
    while running:
        time.sleep(chance.uniform(0.02, 0.12))
        running -= {pid for pid in running if os.waitpid(pid, os.WNOHANG)[0]}
        if killed < kills and running:
            victim = chance.choice(sorted(running))
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            running.remove(victim)
            running.add(_start(home, port))
            killed += 1
    print(killed)
    return 0


def _start(home: Path, port: int) -> int:
    pid = os.fork()
    if pid == 0:
        asyncio.run(_work(home, port))
        os._exit(0)
    return pid


async def _work(home: Path, port: int) -> None:
    addresses = {
        name.removeprefix("DATABASE_").lower(): value
        for name, value in os.environ.items()
        if name.startswith("DATABASE_")
    }
    settings = Settings(home=home, database_addresses=addresses)
    mail = MailServer(host="127.0.0.1", port=port, security="none", sender=SENDER)

    def now() -> datetime:
        return datetime.now(UTC)

    async with (
        open_databases(settings, None, (Side.WORK,)) as databases,
        operator_sign_in(databases, Side.WORK, now=now()) as acting,
    ):
        senders = {Channel.EMAIL: SmtpSender(mail)}
        await send_all(acting, senders, now, most=100_000, lease=LEASE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *(int(value) for value in sys.argv[2:5])))
