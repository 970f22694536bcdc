"""What a worker does for a survivor: news told, support offered, places and papers, vetoes."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.messages.words import MessageState
from outcomes.survivors.support_words import Answer, HeldKind, Told
from outcomes.survivors.tables import Link, Survivor
from outcomes.survivors.words import ChangeKind, Channel
from programmes.common.columns import (
    Privacy,
    day,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    secret_bytes,
    text,
    version,
)
from programmes.common.db import SURVIVOR


class NewsTold(Table, db=SURVIVOR, tablename="news_told"):
    """What came of one piece of news from the other side. Once is enough."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    kind = text(Privacy.HERS)
    happened_on = day(Privacy.HERS)
    about = text(Privacy.HERS)
    source_id = loose_id(Privacy.HERS)
    outcome = text(Privacy.HERS)
    told_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_kind = one_of("kind", ChangeKind)
    known_outcome = one_of("outcome", Told)
    news_told_once = Unique([link_id, kind, happened_on, about, source_id])


class IdvaOffer(Table, db=SURVIVOR, tablename="idva_offer"):
    """Support of an independent domestic violence adviser, offered beside an order."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    order_id = loose_id(Privacy.HERS, null=True)
    offered_on = day(Privacy.HERS)
    answer = text(Privacy.HERS)
    answered_on = day(Privacy.HERS, null=True)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_answer = one_of("answer", Answer)
    answered_has_day = rule("(answer = 'no answer yet') = (answered_on IS NULL)")


class HeldElsewhere(Table, db=SURVIVOR, tablename="held_elsewhere"):
    """Where a safety plan, minutes or a file is held, sealed. The paper itself is never here."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    kind = text(Privacy.HERS)
    sealed_where = secret_bytes(Privacy.HERS)
    made_on = day(Privacy.HERS)
    review_on = day(Privacy.HERS, null=True)
    ended_on = day(Privacy.HERS, null=True)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_kind = one_of("kind", HeldKind)


class ProtectedPlace(Table, db=SURVIVOR, tablename="protected_place"):
    """The place that an order keeps him away from, sealed. The order is on the other side."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    order_id = loose_id(Privacy.HERS)
    sealed_place = secret_bytes(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    ended_on = day(Privacy.HERS, null=True)


class Veto(Table, db=SURVIVOR, tablename="veto"):
    """Not in this group, or not in this venue, for her safety. Why is sealed and stays here."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    cohort_id = loose_id(Privacy.HERS, null=True)
    venue_id = loose_id(Privacy.HERS, null=True)
    sealed_reason = secret_bytes(Privacy.HERS)
    from_on = day(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    ended_on = day(Privacy.HERS, null=True)
    one_thing = rule("(cohort_id IS NULL) <> (venue_id IS NULL)")


class VetoHandedOver(Table, db=SURVIVOR, tablename="veto_handed_over"):
    """That a veto went across as a plain row of what is not offered, and until when it holds."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    veto_id: ForeignKey[Veto] = refers_to(Veto)
    given_on = day(Privacy.HERS, index=True)
    until_on = day(Privacy.HERS)
    veto_handed_over_once_a_day = Unique([veto_id, given_on])


class Hold(Table, db=SURVIVOR, tablename="hold"):
    """A legal hold: while it stands, nothing about her may be erased. Why is sealed."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    sealed_reason = secret_bytes(Privacy.HERS)
    from_on = day(Privacy.HERS)
    until_on = day(Privacy.HERS, null=True)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)


class HerMessage(Table, db=SURVIVOR, tablename="her_message"):
    """One message to her, asked for by her worker. No address and no words.

    It is tried as often as somebody has asked for it, and never once more.
    """

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    channel = text(Privacy.HERS)
    asked_at = instant(Privacy.HERS, index=True)
    asked_by = loose_id(Privacy.HERS)
    asked = number(Privacy.HERS, default=1)
    attempts = number(Privacy.HERS, default=0)
    expires_at = instant(Privacy.HERS)
    state = text(Privacy.HERS)
    lease_until = instant(Privacy.HERS, null=True)
    lease_by = loose_id(Privacy.HERS, null=True)
    trouble = text(Privacy.HERS, null=True)
    provider_reference = text(Privacy.HERS, null=True)
    sent_at = instant(Privacy.HERS, null=True)
    settled_at = instant(Privacy.HERS, null=True)
    settled_by = loose_id(Privacy.HERS, null=True)
    version = version()
    known_channel = one_of("channel", (Channel.TEXT, Channel.EMAIL))
    known_state = one_of("state", MessageState)
    never_unasked = rule("attempts <= asked")
    sending_has_lease = rule(
        "state <> 'sending' OR (lease_until IS NOT NULL AND lease_by IS NOT NULL)"
    )
