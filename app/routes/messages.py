"""The routes of messages and reminders: pages, then their JSON twins."""

from typing import Any

from app.api import messages as api_messages
from app.pages import messages

MESSAGE_PAGES: tuple[Any, ...] = (
    messages.outbox_page,
    messages.settle,
    messages.telling_page,
    messages.choose,
    messages.reminders_page,
    messages.add_reminder,
    messages.withdraw,
)
MESSAGE_API: tuple[Any, ...] = (
    api_messages.api_outbox,
    api_messages.api_settle,
    api_messages.api_telling,
    api_messages.api_choose_telling,
    api_messages.api_reminders,
    api_messages.api_add_reminder,
    api_messages.api_withdraw,
)
