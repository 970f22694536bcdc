"""Tables that each side's database holds for itself: accounts, sign-ins, the audit, job runs."""

from piccolo.columns import ForeignKey, Text
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    big_number,
    document,
    flag,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    secret_bytes,
    text,
    text_list,
)
from programmes.common.db import EITHER
from programmes.common.permissions import Resource, Scope, Verb
from programmes.common.staff import Role


class Account(Table, db=EITHER, schema="auth", tablename="account"):
    """A member of staff, a service, or the operator. Belongs to one side only."""

    id = key()
    email = text(Privacy.RECORD, unique=True)
    name = text(Privacy.RECORD)
    role = text(Privacy.RECORD)
    password_hash = text(Privacy.SECRET, null=True)
    password_is_first = flag(Privacy.RECORD, default=False)
    totp_secret = secret_bytes(Privacy.SECRET, null=True)
    totp_last_step = big_number(Privacy.SECRET, null=True)
    is_active = flag(Privacy.RECORD, default=True)
    created_at = instant(Privacy.RECORD)
    version = number(Privacy.KEY, default=1)
    known_role = one_of("role", Role)


class SignIn(Table, db=EITHER, schema="auth", tablename="sign_in"):
    """One signed-in browser or program. Holds the hash of the hash of its token."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    token_hash = secret_bytes(Privacy.SECRET, unique=True)
    started_at = instant(Privacy.RECORD)
    last_seen_at = instant(Privacy.RECORD)
    expires_at = instant(Privacy.RECORD)
    ended_at = instant(Privacy.RECORD, null=True)
    ended_because = text(Privacy.RECORD, null=True)


class Passkey(Table, db=EITHER, schema="auth", tablename="passkey"):
    """The public half of a key that an account's owner holds; `host` is the site it is bound to."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    credential_id = secret_bytes(Privacy.SECRET, unique=True)
    public_key = secret_bytes(Privacy.SECRET)
    sign_count = big_number(Privacy.SECRET)
    last_moment = big_number(Privacy.SECRET)
    host = text(Privacy.RECORD)
    name = text(Privacy.RECORD)
    added_at = instant(Privacy.RECORD)
    last_used_at = instant(Privacy.RECORD, null=True)
    removed_at = instant(Privacy.RECORD, null=True)


class SignInAttempt(Table, db=EITHER, schema="auth", tablename="sign_in_attempt"):
    """A try at signing in, counted by account and source so that nobody can lock another out."""

    id = key()
    email = text(Privacy.RECORD)
    source = text(Privacy.RECORD)
    tried_at = instant(Privacy.RECORD, index=True)
    succeeded = flag(Privacy.RECORD)


class PermissionGrant(Table, db=EITHER, schema="auth", tablename="permission_grant"):
    """The permission table as the database's policies read it; written by `migrate` alone."""

    role = Text(default=None, help_text=Privacy.REFERENCE.value)
    resource = text(Privacy.REFERENCE)
    verb = text(Privacy.REFERENCE)
    scope = text(Privacy.REFERENCE)
    needs_second = flag(Privacy.REFERENCE)
    id = Text(primary_key=True, default=None, help_text=Privacy.KEY.value)
    known_role = one_of("role", Role)
    known_resource = one_of("resource", Resource)
    known_verb = one_of("verb", Verb)
    known_scope = one_of("scope", Scope)


class AuditEntry(Table, db=EITHER, schema="audit", tablename="entry"):
    """Who did what to which row, and why; written by the database itself, never changed."""

    id = key()
    at = instant(Privacy.RECORD, index=True)
    account_id = loose_id(Privacy.RECORD, null=True, index=True)
    role = text(Privacy.RECORD, null=True)
    act = text(Privacy.RECORD)
    operation = text(Privacy.RECORD)
    resource = text(Privacy.RECORD)
    row_id = text(Privacy.KEY, null=True)
    person_id = loose_id(Privacy.KEY, null=True, index=True)
    reason = text(Privacy.FREE, null=True)
    columns = text_list(Privacy.RECORD, null=True)
    detail = document(Privacy.RECORD, null=True)
    known_operation = one_of(
        "operation", ["insert", "update", "read", "disclose", "refuse", "sign-in", "combine"]
    )


class AuditLink(Table, db=EITHER, schema="audit", tablename="link"):
    """An entry's place in the chain, given at commit."""

    id = key()
    position = big_number(Privacy.KEY, unique=True)
    entry_id: ForeignKey[AuditEntry] = refers_to(AuditEntry)
    hash = secret_bytes(Privacy.KEY)
    link_one_place = Unique([entry_id])


class Submission(Table, db=EITHER, schema="auth", tablename="submission"):
    """A form that has been sent, so that sending it twice is one write."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    went_to = text(Privacy.RECORD)
    sent_at = instant(Privacy.RECORD)


class JobRun(Table, db=EITHER, schema="public", tablename="job_run"):
    """One run of a scheduled job: when, how many, and how it ended."""

    id = key()
    job = text(Privacy.RECORD, index=True)
    started_at = instant(Privacy.RECORD, index=True)
    ended_at = instant(Privacy.RECORD, null=True)
    done = number(Privacy.RECORD, default=0)
    failed = number(Privacy.RECORD, default=0)
    outcome = text(Privacy.RECORD)
    known_outcome = one_of("outcome", ["running", "done", "partly failed", "failed"])


class ImportBatch(Table, db=EITHER, schema="public", tablename="import_batch"):
    """One workbook that was imported, known by its hash."""

    id = key()
    file_hash = text(Privacy.RECORD)
    imported_at = instant(Privacy.RECORD)
    imported_by = loose_id(Privacy.RECORD)
    rows_new = number(Privacy.RECORD)
    rows_changed = number(Privacy.RECORD)


class ImportedRow(Table, db=EITHER, schema="public", tablename="imported_row"):
    """A row of a workbook by its refs, and a keyed hash of what it said when it was last imported.

    By it a row that has not changed is left alone, whatever was decided here since.
    """

    id = key()
    sheet = text(Privacy.KEY)
    row_key = text(Privacy.KEY)
    fingerprint = secret_bytes(Privacy.KEY)
    batch_id: ForeignKey[ImportBatch] = refers_to(ImportBatch)
    imported_row_once = Unique([sheet, row_key])
