"""What every act is called in the audit: said of somebody, who "made a statement"."""

from typing import Final

from app import present
from app.labels.jobs import JOB_WORDS
from app.labels.records import record_in_words

_OF_PEOPLE: Final = """
add-person | Added a person
add-absence-evidence | Added evidence of an absence
add-contact-point | Added a way to reach somebody
answer-offer | Wrote down the answer to an offer
apply-proposal | Took proposed places over
assign-person | Gave a person to a worker or a team
approve-referral-list | Approved a list of referrals
begin-referral-draft | Began a referral
change-by-import-row | Changed a person by a row of a workbook
decide-import-row | Decided on a row of a list of referrals
decide-suitability | Decided on suitability
discard-referral-draft | Threw the draft of a referral away
discard-referral-list | Threw a list of referrals away
erase-person | Erased a person
find-audited-person | Asked the audit about one person
found-nobody-in-emergency | Named nobody on record in an emergency
gather-access | Gathered what is held about somebody
hand-caseload-over | Handed a caseload over
hold-person | Held a record back from erasure
import-workbook | Imported a workbook
keep-apart | Noted who may not be in one group
keep-typed-in-draft | Kept what was typed of a referral
let-meet | Took back that two may not be in one group
lift-person-hold | Let a record be erased again
look-at-emergency | Looked at a record opened in an emergency
merge-people | Joined two records of one person
move-referral | Moved a referral on
note-not-offered | Noted what is not to be offered
open-in-emergency | Opened a record in an emergency
prepare-access | Began an answer to an access request
clear-access | Read an answer to an access request
receive-referral | Received a referral
record-contact | Wrote a contact down
refer-onward | Referred somebody to other help
release-access | Released an answer to an access request
save-referral-draft | Saved the draft of a referral
send-access-on | Sent an answer on to its next reader
send-referral | Sent a referral in
send-referral-draft | Sent the draft of a referral in
send-referral-list | Sent a list of referrals in
settle-onward-referral | Wrote down what became of other help
settle-override | Settled an exception to suitability
take-access-bundle | Took the answer to an access request out
take-import-row | Took a row of a list of referrals in
take-referral-in | Took a referral in
tell-by-telephone | Told an outcome by telephone
undo-import-row | Took a row of a list of referrals back
undo-referral-list | Took a list of referrals back
unmerge-people | Parted two records again
withdraw-access | Withdrew an access request
withdraw-referral-consent | Took consent to a referral back
"""
_OF_GROUPS: Final = """
accredit-staff | Accredited a member of staff
add-accreditation | Added an accreditation
add-busy-time | Added when somebody cannot come
add-closure | Added closed days
add-interpreter | Added an interpreter
add-leave | Added leave
add-programme | Added a programme
add-programme-version | Added a version of a programme
add-room | Added a room
add-training | Added a training
add-consultation | Added a consultation
add-unlisted-arrival | Noted somebody who came unbooked
add-venue | Added a venue
agree-to-correction | Agreed to a correction
answer-concern | Answered a worry
ask-for-correction | Asked to correct a mark
ask-for-feedback | Asked what somebody thought
begin-and-finish-cohorts | Began and finished groups by their dates
book-catch-up | Booked a catch-up
book-individual-session | Booked an individual session
cancel-individual-session | Cancelled an individual session
change-programme-status | Changed how a programme stands
change-series | Changed the sessions of a group
decide-completion | Decided on completion
decline-correction | Declined a correction
end-accreditation | Ended an accreditation
end-place | Ended a place in a group
enrol | Gave somebody a place in a group
give-feedback | Said what they thought
join-team | Put somebody into a team
judge-absence | Judged an absence
make-calendar-feed | Made a calendar feed
note-corrections | Noted corrections to published figures
note-participation | Noted how people took part
notice-who-cannot-finish | Found who can no longer finish
open-evidence | Opened evidence of an absence
print-register-sheet | Printed a register
raise-concern | Raised a worry
repeat-pair | Repeated both workshops
revoke-calendar-feed | Closed a calendar feed
save-mark | Saved a mark
save-marks | Saved a register
set-staff-profile | Changed what a member of staff may lead
set-standard | Changed our standard
settle-arrival | Settled who came unbooked
sign-off-register | Signed a register off
start-cohort | Planned a group
transfer-place | Moved a place to another group
undo-change | Took a change of a group back
withdraw-busy-time | Took back when somebody cannot come
withdraw-closure | Took closed days back
withdraw-leave | Took leave back
write-session-note | Wrote the note of a session
"""
_OF_ORDERS_AND_TASKS: Final = """
acknowledge-task | Took a task in hand
add-order-kind | Added a version of a kind of order
add-reaction-rule | Changed what opens a task
change-order | Changed an order
choose-telling | Chose how to hear of tasks
decide-stay | Decided whether somebody stays in a group
enter-order | Entered an order
escalate-overdue-tasks | Passed overdue tasks on
finish-task | Finished a task
look-for-tasks | Looked for tasks to open
make-breach-pack | Made a breach pack
make-statement | Made a statement
move-breach | Moved a breach on
print-statement | Printed a statement
react-to-facts | Opened tasks and notices
recall-notice | Took a notice back
raise-notice | Raised a notice
record-breach | Recorded a breach
"""
_OF_FIGURES: Final = """
compute-release | Computed figures to publish
download-report | Took the report away
enter-cost | Entered a cost
enter-partner-figure | Entered a partner's figure
freeze-release | Froze figures to publish
propose-release | Proposed figures to publish
publish-release | Published figures
report | Read the management report
survivor-report | Read the survivors' report
withdraw-cost | Took a cost back
withdraw-partner-figure | Took a partner's figure back
agree-export | Agreed that a list leaves
ask-export | Asked for a list to take away
take-export | Took a list away
"""
_OF_SURVIVORS: Final = """
add-questionnaire | Changed what survivors are asked
ask-for-message | Asked for a message to a survivor
ask-for-notice | Asked for a safety notice
claim-her-message | Took a message to a survivor up to send
decline-notice | Declined a safety notice
destroy-data-key | Destroyed the key of a record
end-held-elsewhere | Ended what is held elsewhere
end-protected-place | Ended a survivor's place
end-veto | Ended a veto
exclude-worker | Kept a worker out of a record
hand-over | Handed a record over
leave-her-message | Left a message to a survivor unsent
lift-exclusion | Let a worker into a record again
link-person | Linked a survivor to a person
look-person-up | Looked a person up on the other side
look-for-her-messages | Looked for messages to survivors
offer-support | Offered support
record-attempt | Wrote an attempt to call down
record-check-in | Recorded a check-in
record-consent | Recorded a consent
record-dash | Recorded a DASH assessment
record-held-elsewhere | Recorded what is held elsewhere
record-protected-place | Recorded a survivor's place
record-safe-contact | Recorded a safe contact
release-notice | Released a safety notice
review-notice | Reviewed a released notice
send-her-message | Sent a message to a survivor
send-her-message-again | Sent a message to a survivor again
settle-news | Settled what a survivor was told
show-safe-contact | Looked at a safe contact
step-back | Stepped back from a record
sweep-her-messages | Held messages to survivors that may have gone
lift-hold | Let a survivor's record be erased again
place-hold | Held a survivor's record back from erasure
take-survivor-on | Took a survivor on
unlink-person | Ended a link
veto-place | Vetoed a place
withdraw-consent | Took a consent back
"""
_OF_THE_SERVICE: Final = """
add-agency | Added an agency
add-passkey | Added a passkey
approve-token | Approved another system
ask-for-token | Asked to let another system ask
begin-installation | Made the first accounts
change-account | Changed an account
change-own-password | Changed their own password
claim-message | Took a message up to send
create-account | Made an account
create-demo-accounts | Made the demonstration's accounts
create-tokens | Let another system ask by command
disable-account | Closed an account
enable-account | Opened an account again
end-linked-sign-in | Ended the link to a sign-in provider
end-own-sign-ins | Ended their other sign-ins
leave-message | Left a message unsent
link-sign-in | Linked an account to a sign-in provider
list-accounts | Listed the accounts
list-tokens | Listed the other systems
look-whether-empty | Looked whether anything is kept
migrate | Brought the database up to date
plant-catalogue | Planted the programmes
plant-order-kinds | Planted the kinds of order
plant-questionnaires | Planted the questionnaires
plant-reaction-rules | Planted what opens a task
plant-teams | Planted the teams
read-status | Looked how the service does
refuse-token | Refused another system
refused-sign-in | Was refused at the door
remove-passkey | Removed a passkey
reset-account | Gave an account a new sign-in
look-for-retention | Looked for records past their time
retention | Looked for records past their time by command
revoke-token | Shut another system out
revoke-tokens | Shut another system out by command
rotate-keys | Changed the keys
send-message | Sent a message
send-message-again | Sent a message again
set-right-after-restore | Set right what a restore brought back
sign-in | Signed in
sweep-outbox | Held messages that may have gone
verify-audit | Checked the audit
write-messages | Wrote messages
"""
_REFUSED: Final = {"get": "Was refused a page", "post": "Was refused a change"}


def _read(*tables: str) -> dict[str, str]:
    lines = (line for table in tables for line in table.strip().splitlines())
    return {act: words for act, _, words in (line.partition(" | ") for line in lines)}


ACTS: Final = _read(
    _OF_PEOPLE, _OF_GROUPS, _OF_ORDERS_AND_TASKS, _OF_FIGURES, _OF_SURVIVORS, _OF_THE_SERVICE
)


def act_in_words(act: str) -> str:
    """What is of a kind is said by its kind. A newer version's act is said as it is called."""
    if act in ACTS:
        return ACTS[act]
    kind, _, rest = act.partition("-")
    if kind == "read":
        return f"Read {present.mid_sentence(record_in_words(rest))}"
    if kind == "job":
        return f"Ran a job: {present.mid_sentence(JOB_WORDS.get(rest, rest))}"
    if kind == "refused":
        return _REFUSED.get(rest, f"Was refused: {rest}")
    if kind == "load":
        return f"Loaded the demonstration: {rest.removeprefix('demo').strip('-') or 'all'}"
    return present.sentence(act.replace("-", " "))
