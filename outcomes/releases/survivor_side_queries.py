"""What linked survivors answered, for a release: read in their own database, nothing of theirs."""

from outcomes.releases.counting_words import AskedFact
from programmes.common.db import fetch_as


async def asked_facts() -> list[AskedFact]:
    """Every link with the survivor's own answers at the start and at the end."""
    return await fetch_as(AskedFact, _ASKED)


_ASKED = """
SELECT l.id AS link_id, l.person_id, f.asked_on AS started_on,
       coalesce(fa.answers, '{}') AS at_start, coalesce(ta.answers, '{}') AS at_end
FROM link l
LEFT JOIN check_in f ON f.link_id = l.id AND f.timepoint = 'start' AND f.source = 'survivor'
LEFT JOIN check_in t ON t.link_id = l.id AND t.timepoint = 'end' AND t.source = 'survivor'
LEFT JOIN LATERAL (SELECT jsonb_object_agg(a.question, a.value) AS answers
                   FROM check_in_answer a WHERE a.check_in_id = f.id) fa ON true
LEFT JOIN LATERAL (SELECT jsonb_object_agg(a.question, a.value) AS answers
                   FROM check_in_answer a WHERE a.check_in_id = t.id) ta ON true
"""
