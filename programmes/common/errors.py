"""What can go wrong in words that a user can act on; `app.web.errors` turns each into an answer."""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal with a sentence for the person in front of the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """It does not exist, or this person may not know that it does: the two look the same."""

    def __init__(self, message: str = "Page not found") -> None:
        super().__init__(message)


class NotAllowed(DomainError):
    """The person may see this but not do that to it."""


class Refused(DomainError):
    """A rule says no. Every reason is given, not only the first."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Conflict(DomainError):
    """Somebody else changed it meanwhile; `current` is what it is now, field by field."""

    def __init__(self, message: str, *, current: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.current = dict(current or {})


class Invalid(DomainError):
    """What was typed cannot be used: one message per field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)
