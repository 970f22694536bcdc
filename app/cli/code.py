"""The current six-digit code of a demonstration account."""

import argparse
import sys

import pyotp

from app.demo.accounts import read_demo_accounts
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.errors import Refused

SUMMARY = "Demo only: the current six-digit code of an account"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="as run.py printed it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_demo:
        raise Refused("Codes are printed in the demonstration only.")
    for account in read_demo_accounts(settings):
        if account.email == args.email.strip().lower():
            print(pyotp.TOTP(account.totp_secret).at(SystemClock().now()))
            return 0
    print(f"The demonstration has no account {args.email}.", file=sys.stderr)
    return 1
