"""The PostgreSQL server that comes with Waymark: for the demo, the tests and one machine."""

from app.embedded.postgres import Address, EmbeddedServer, is_running

__all__ = ["Address", "EmbeddedServer", "is_running"]
