"""The settings to copy: what the example proxy refuses, and what an image leaves out."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_plain_port_leads_browsers_on_and_refuses_programs() -> None:
    settings = (ROOT / "docs/running/nginx.conf").read_text()
    plain = settings[settings.index("listen 80") :]
    assert "location /api/ { return 403; }" in plain
    assert "return 301 https://$host$request_uri;" in plain
    assert settings.count("server_tokens off;") == 1


def test_an_image_holds_no_history_and_no_secrets() -> None:
    left_out = (ROOT / ".containerignore").read_text().split()
    assert {".git", ".data", ".venv", "**/*.env"} <= set(left_out)
