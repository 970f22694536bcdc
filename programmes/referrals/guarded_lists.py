"""How the tables of decisions, and of lists that come in and go out, are guarded."""

from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.referrals.export_tables import ExportAsk
from programmes.referrals.import_tables import ReferralImport, ReferralImportRow
from programmes.referrals.tables import (
    OutcomeTold,
    ReferrerTold,
    SuitabilityFinding,
    SuitabilityOverride,
)

_IMPORTS = ((Resource.IMPORT, Verb.CREATE),)
_DECIDES = ((Resource.SUITABILITY, Verb.CREATE),)
_EXPORTS = ((Resource.EXPORT, Verb.READ),)

OF_LISTS = (
    Guarded(SuitabilityFinding, Resource.SUITABILITY),
    Guarded(
        SuitabilityOverride,
        Resource.SUITABILITY,
        mutable=("settled_by", "settled_at", "is_agreed"),
    ),
    Guarded(OutcomeTold, Resource.PERSON, insert_as=_DECIDES),
    Guarded(ReferrerTold, Resource.PERSON, insert_as=_DECIDES),
    Guarded(
        ReferralImport,
        Resource.IMPORT,
        own=Own.NOBODY,
        mutable=("status", "approved_by", "applied_at", "undone_by", "undone_at", "version"),
        insert_as=_IMPORTS,
        read_as=_IMPORTS,
    ),
    Guarded(
        ReferralImportRow,
        Resource.IMPORT,
        own=Own.NOBODY,
        mutable=("decision", "before", "referral_id", "cells"),
        insert_as=_IMPORTS,
        read_as=_IMPORTS,
    ),
    Guarded(
        ExportAsk,
        Resource.EXPORT,
        own=Own.ANYBODY,
        mutable=("agreed_by", "agreed_at", "taken_at"),
        insert_as=_EXPORTS,
        insert_own="asked_by = (SELECT auth.uid())",
        change_as=_EXPORTS,
    ),
)
