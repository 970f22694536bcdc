"""Which period a release may be asked for on the command line, before anything is opened."""

import argparse

import pytest

from app.cli import release
from outcomes.disclosure.periods import Period


def asked(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="release")
    release.add_arguments(parser)
    return parser.parse_args(arguments)


def test_each_length_has_its_own_option() -> None:
    assert asked("--year", "2018").year == Period(2018)
    assert asked("--quarter", "2026q3").quarter == Period(2026, 3)
    assert asked("--years", "2016-2018").years == Period(2016, years=3)


@pytest.mark.parametrize(
    ("option", "text", "example"),
    [
        ("--year", "2018Q3", "2018"),
        ("--year", "1990", "2018"),
        ("--quarter", "2018", "2026Q3"),
        ("--quarter", "2018-3", "2026Q3"),
        ("--years", "2016-2019", "2016-2018"),
        ("--years", "2018", "2016-2018"),
    ],
)
def test_what_is_something_else_is_refused_with_an_example(
    option: str, text: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        asked(option, text)
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert f"'{text}' is not " in said
    assert f"such as {example}" in said
