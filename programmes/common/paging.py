"""How many rows stand on a page of a list."""

from typing import Final

PAGE: Final = 25
