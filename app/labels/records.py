"""What every kind of record is called in the audit: a table, or what was read or given out."""

from typing import Final

from app import present

_KEPT: Final = """
account | Account
api_token | Other system
contact_point | Way to reach somebody
import_batch | Imported workbook
linked_sign_in | Link to a sign-in provider
message | Message
passkey | Passkey
sign_in | Sign-in
telling_choice | How somebody hears of tasks

assignment | Whose person it is
child | Child
contact_entry | Contact
cover | Cover for somebody absent
emergency_opening | Record opened in an emergency
exclusion | Who may not see a record
export_ask | List to take away
fact | Fact to act on
onward_referral | Other help
person | Person
person_child | Child of a person
person_equality | Equality answers
person_merge | Joined records
referral | Referral
referral_detail | Details of a referral
referral_draft | Draft of a referral
referral_import | List of referrals
referral_import_row | Row of a list of referrals
referral_move | Move of a referral
referral_request | Referral from another system
suitability_decision | Decision on suitability
suitability_finding | Finding on suitability
suitability_override | Exception to suitability
team | Team
team_member | Member of a team
outcome_told | Outcome told to a referrer
referrer_told | Outcome told to a referrer

accreditation | Accreditation of a programme
agency | Agency
consultation | Consultation
programme | Programme
programme_cost | Cost
programme_move | Move of a programme
programme_version | Version of a programme
service_standard | Our standard
training | Training

breach | Breach
breach_move | Move of a breach
order_change | Change of an order
order_condition | Condition of an order
order_kind | Kind of order
order_wording | Wording of an order
protective_order | Order
reaction_rule | What opens a task
statement | Statement
stay_decision | Decision on staying
task | Task

absence_evidence | Evidence of an absence
acceptability | Judgement of an absence
appointment | Individual session
attendance_mark | Mark
booking | Booking
busy_time | When somebody cannot come
calendar_feed | Calendar feed
closure | Closed days
cohort | Group
cohort_pause | Pause of a group
cohort_staff | Who leads a group
completion_decision | Decision on completion
concern | Worry
enrolment | Place in a group
enrolment_move | Move of a place
feedback_invitation | Invitation to say something
finish_lost | Who can no longer finish
interpreter | Interpreter
kept_apart | Who may not be in one group
mark_correction | Correction of a mark
not_offered | What is not to be offered
participation | How somebody took part
register | Register
room | Room
series_change | Change of a group
session | Session
session_note | Note of a session
staff_accreditation | Accreditation of a member of staff
staff_leave | Leave
staff_profile | What a member of staff may lead
unlisted_arrival | Somebody who came unbooked
venue | Venue

legal_hold | Hold against erasure
notice | Notice
partner_figure | Partner's figure
person_erased | Erased person
release | Published figures
release_correction | Correction of published figures
subject_access | Access request
subject_access_clearance | Access request

attempt | Attempt to call
check_in | Check-in
check_in_answer | Answer of a check-in
consent | Consent
dash | DASH assessment
data_key | Key of a record
held_elsewhere | What is held elsewhere
her_message | Message to a survivor
hold | Hold against erasure
idva_offer | Offer of support
link | Link
news_told | What a survivor was told
notice_request | Safety notice
protected_place | Survivor's place
questionnaire | What survivors are asked
safe_contact | Safe contact
survivor | Survivor
survivor_exclusion | Who may not see a record
veto | Veto
veto_handed_over | Veto handed over
worker_assignment | Who supports a survivor
"""
_READ_OR_GIVEN_OUT: Final = """
access-request | Answer to an access request
access-requests | Access requests
assignments | Who works with a person
attendance | Attendance
audit | Audit
check-ins | Check-ins
completion | Completion
consents | Consents
contacts | Contacts
his-side | What the other side holds
legal-holds | Holds against erasure
notice-requests | Safety notices on their way
notices | Safety notices
onward-referrals | Other help
order | Order
order-wording | Wording of an order
orders | Orders
page | Page
people | People
protected-place | Survivor's place
referral-import | List of referrals
referrals | Referrals
reminders | Reminders
report | Management report
risk | Risk
statements | Statements
suitability | Suitability
timeline | Timeline
vetoes | Vetoes
waiting | Waiting list
"""


def _read(table: str) -> dict[str, str]:
    lines = (line for line in table.strip().splitlines() if line)
    return {name: words for name, _, words in (line.partition(" | ") for line in lines)}


RECORDS: Final = _read(_KEPT) | _read(_READ_OR_GIVEN_OUT)


def record_in_words(name: str) -> str:
    return RECORDS.get(name) or present.sentence(name.replace("_", " ").replace("-", " "))
