"""What somebody who comes to the end of a programme is asked, in their own voice."""

from typing import NewType

from msgspec import Struct

LEAST_SHOWN = 5
"""Fewer answers than this are not shown: whoever runs a small group would know whose they are."""

FeedbackToken = NewType("FeedbackToken", str)


class Statement(Struct, frozen=True):
    """One statement to agree with or not. `code` is what the answer is kept under."""

    code: str
    text: str


SCALE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
"""1 to 5, in words."""

STATEMENTS = (
    Statement("respect", "I was treated with respect."),
    Statement("clear", "I knew what was expected of me."),
    Statement("hard", "I was helped to talk about things that are hard to talk about."),
    Statement("others", "I understand better how my behaviour affects other people."),
    Statement("differently", "There are things I do differently now."),
    Statement("know_where", "I know where to go if I need help again."),
)
