"""Messages in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.messages.words import Channel, MessageKind, MessageState, Recipient, Telling

describe(Channel, {Channel.EMAIL: Tag("E-mail"), Channel.TEXT: Tag("Text message")})
describe(
    MessageKind,
    {
        MessageKind.NEW_ITEM: Tag("New item, at once"),
        MessageKind.DIGEST: Tag("New items, once a day"),
        MessageKind.REMINDER: Tag("Reminder of an appointment"),
        MessageKind.MISSED: Tag("After a missed appointment"),
        MessageKind.OUTCOME: Tag("Outcome of a referral"),
    },
)
describe(
    Recipient,
    {
        Recipient.STAFF: Tag("To staff"),
        Recipient.PARTICIPANT: Tag("To a participant"),
        Recipient.REFERRER: Tag("To a referrer"),
    },
)
describe(
    MessageState,
    {
        MessageState.WAITING: Tag("Waiting", "blue"),
        MessageState.SENDING: Tag("On its way", "blue"),
        MessageState.SENT: Tag("Sent", "green"),
        MessageState.HELD: Tag("Held: it may have gone", "orange"),
        MessageState.FAILED: Tag("Did not go", "red"),
        MessageState.CANCELLED: Tag("Cancelled", "grey"),
    },
)
describe(
    Telling,
    {
        Telling.IMMEDIATE: Tag("At once, for each new item"),
        Telling.DIGEST: Tag("Once a working day, at half past seven"),
        Telling.NOT_AT_ALL: Tag("Not at all: I look here myself"),
    },
)
