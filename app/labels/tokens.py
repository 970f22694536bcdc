"""How a token stands, in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.tokens.words import TokenState

describe(
    TokenState,
    {
        TokenState.WAITING: Tag("Waits for approval", "yellow"),
        TokenState.LIVE: Tag("In use", "green"),
        TokenState.ENDED: Tag("Ended", "grey"),
        TokenState.RUN_OUT: Tag("Run out", "grey"),
    },
)
