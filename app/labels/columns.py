"""What every field that may change is called in the audit, which names fields and no contents."""

from collections.abc import Iterable
from typing import Final

from app import present

COLUMNS: Final = {
    name: words
    for name, _, words in (
        line.partition(" | ")
        for line in """
account | account of what happened
acknowledged_at | when it was taken in hand
acknowledged_by | who took it in hand
address | address or number
against | what speaks against it
agency_id | agency
agreed_at | when it was agreed
agreed_by | who agreed
answer | answer
answered_at | when it was answered
answered_by | who answered
answered_on | day of the answer
answers | answers
applied_at | when it was taken in
approved_at | when it was approved
approved_by | who approved it
arrested_at | time of the arrest
asked | what was asked
asked_on | day of the questions
attempts | tries so far
before | what stood there before
bundle | what was gathered
cancelled_because | why it was cancelled
cannot_attend | times when they cannot come
capacity | number of places
cells | what the row says
channel | way it is sent
choice | choice
chosen_at | when it was chosen
claimed_reason | reason they gave
consent_withdrawn_at | when consent was taken back
consent_withdrawn_by | who wrote down that consent was taken back
contact_with_child | contact with the child
corrected_because | why it was corrected
court_at | when it is at court
date_of_birth | date of birth
deadline_on | deadline
decided_at | when it was decided
decided_by | who decided
decision | decision
destroyed_at | when it was destroyed
disability | disability
discarded_at | when it was thrown away
done_at | when it was done
done_by | who did it
due_at | when it is due
end_reason | why it ended
ended_at | when it ended
ended_because | why it ended
ended_on | day it ended
ends_at | when it ends
ends_on | day it ends
escalated_at | when it was passed on
ethnic_group | ethnic group
evidence | evidence
expires_at | when it is too late to send
facilitators | facilitators
first_language | first language
first_name | first name
first_on | first day
free_times | times when they can come
given_up_at | when it was cancelled
hearing_at | when it is heard
interpreter_language | language of the interpreter
interpreter_needed | whether an interpreter is needed
interpreters | interpreters
is_active | whether the account is open
is_agreed | whether it was agreed
is_current | whether it still stands
issued_by | who issued it
languages | languages
last_moment | last time it was shown
last_name | last name
last_on | last day
last_used_at | when it was last used
lease_by | which process is sending it
lease_until | until when it is being sent
left_out | what was left out
lifted_by | who lifted it
lives_with | with whom the child lives
merged_into | record it was joined to
met | whether it is met
module | subject of the session
name | name
name_key | name as it is searched
needs | needs
needs_note | note on needs
next_try_at | when it is tried again
note | note
notice_id | notice it became
notified_at | when the address was notified
outcome | outcome
outcome_on | day of the outcome
over_at | when that was over
override_reason | why an exception was made
password_hash | password
password_is_first | whether the password must be changed
police_called | whether the police were called
postcode_district | postcode district
prepared_by | who prepared it
prosecution_limit_on | last day to prosecute
provider_reference | reference of the provider
published_at | when it was published
published_by | who published it
reacted_at | when it was acted on
reason | reason
referral_id | referral
referring_worker | worker who referred
relationship | relationship
released_at | when it was released
released_by | who released it
religion | religion
removed_at | when it was removed
response | response
responsible_person | who is responsible
reviewed_at | when it was reviewed
reviewed_by | who reviewed it
revoked_at | when it was closed
risk_level | risk
role | role
room_id | room
route | route
sanction | sanction
saved_at | when it was saved
says | what it says
sealed_name | name, sealed
seats | seats
seen_at | when it was looked at
seen_by | who looked at it
seen_words | what was said of it
sent_at | when it was sent
served_at | when it was served
settled_at | when it was settled
settled_by | who settled it
settlement | how it was settled
sex | sex
sexual_orientation | sexual orientation
show_from_at | when it is shown
sign_count | how often it was used
signed_off_at | when it was signed off
signed_off_by | who signed it off
slots | days and times
source_ref | reference in another system
stage | stage
starts_at | when it starts
state | status
status | status
taken_at | when it was taken away
totp_last_step | last code used
totp_secret | secret for codes
trouble | what went wrong
undone_at | when it was undone
undone_by | who undid it
undone_reason | why it was undone
unlinked_on | day the link ended
until_on | last day
value | answer
version | number of changes
what | what was written
whom | who was told
withdrawn_at | when it was taken back
withdrawn_by | who took it back
wording | wording
worker_email | e-mail of the worker
wrapped | key as it is kept
wrapped_with | key it is kept under
year_of_birth | year of birth
""".strip().splitlines()
    )
}


def columns_in_words(names: Iterable[str]) -> str:
    """As one list. A newer version's are said as they are called."""
    words = (COLUMNS.get(name) or name.replace("_", " ") for name in names)
    return present.sentence(", ".join(dict.fromkeys(words)))
