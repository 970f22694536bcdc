"""Who may do what, as data. The guard, the SQL grants and policies, and the tests read it here."""

LEGEND = (
    "R read, W write (and create), C create, A append a correction; ᵒ own: assigned, on the duty "
    "team, or named cover for that date; ² needs a second person. Words are acts of their own."
)

COLUMNS = [
    "facilitator",
    "cara-coordinator",
    "manager",
    "probation",
    "iom",
    "case-owner",
    "survivor-worker",
    "survivor-lead",
    "board",
    "auditor",
    "administrator",
]

ROWS = """
person         | Rᵒ    | C RWᵒ | RW              | C RWᵒ | C RWᵒ | C Rᵒ  | Rᵒ   | –       | – | –  | –
suitability    | Rᵒ    | RWᵒ   | RW              | –     | –     | –     | –    | –       | – | –  | –
contact        | C Rᵒ  | C Rᵒ  | RW              | C Rᵒ  | C Rᵒ  | C Rᵒ  | –    | –       | – | –  | –
risk           | RWᵒ   | Rᵒ    | RW              | RWᵒ   | C Rᵒ  | Rᵒ    | Rᵒ   | –       | – | –  | –
orders         | Rᵒ    | RWᵒ   | RW              | RWᵒ   | RW    | Rᵒ    | Rᵒ   | –       | – | –  | –
order-wording  | –     | –     | R               | RWᵒ   | RW    | –     | Rᵒ   | –       | – | –  | –
protected-place| –     | –     | –               | –     | –     | –     | RWᵒ  | –       | – | –  | –
breach         | C Rᵒ  | C Rᵒ  | RW              | C RWᵒ | C RW  | Rᵒ    | C Rᵒ | –       | – | –  | –
cohorts        | RWᵒ   | RWᵒ   | RW              | Rᵒ    | Rᵒ    | Rᵒ    | Rᵒ   | –       | – | –  | –
associates     | –     | –     | –               | C Rᵒ  | C R   | –     | –    | –       | – | –  | –
placement      | Rᵒ    | Rᵒ    | RW              | –     | –     | –     | –    | –       | – | –  | –
open-register  | RWᵒ   | RWᵒ   | R               | –     | –     | –     | –    | –       | – | –  | –
attendance     | Rᵒ Aᵒ² | Rᵒ Aᵒ² | R A²          | Rᵒ    | Rᵒ    | Rᵒ    | Rᵒ   | –       | – | –  | –
acceptability  | claim Rᵒ | claim Rᵒ | RW         | RWᵒ   | Rᵒ    | RWᵒ   | –    | –       | – | –  | –
notes          | RWᵒ   | RWᵒ   | R               | Rᵒ    | –     | Rᵒ    | Rᵒ   | –       | – | –  | –
survivor       | –     | –     | –               | –     | –     | –     | RWᵒ  | –       | – | –  | –
notice         | Rᵒ    | Rᵒ    | C R             | C Rᵒ  | C Rᵒ  | Rᵒ    | C²   | release | – | –  | –
import         | –     | C²    | C²              | –     | –     | –     | C²   | C²      | – | –  | –
export         | –     | –     | Rᵒ              | Rᵒ    | Rᵒ    | –     | Rᵒ²  | –       | – | –  | –
emergency      | Cᵒ Rᵒ | Cᵒ Rᵒ | R approve       | Cᵒ Rᵒ | Cᵒ Rᵒ | Cᵒ Rᵒ | –    | –       | – | –  | –
management-report | –  | Rᵒ    | R               | –     | –     | –     | –    | –       | – | –  | –
survivor-report | –    | –     | –               | –     | –     | –     | –    | R       | – | –  | –
questionnaire  | –     | –     | –               | –     | –     | –     | R    | C R     | – | –  | –
subject-access | –     | –     | prepare release² | –    | –     | –     | –    | clear²  | – | –  | –
task           | RWᵒ   | RWᵒ   | RW              | RWᵒ   | RW    | RWᵒ   | –    | –       | – | –  | –
outbox         | –     | –     | RW              | –     | –     | –     | –    | –       | – | –  | RW
release        | –     | –     | C² R            | –     | –     | –     | R    | R       | R | R  | –
audit-work     | Rᵒ    | Rᵒ    | R               | Rᵒ    | Rᵒ    | Rᵒ    | –    | –       | Rᵒ | R | Rᵒ
audit-survivor | –     | –     | –               | –     | –     | –     | Rᵒ   | R       | – | R  | Rᵒ
users          | –     | –     | approve²        | –     | –     | –     | –    | approve² | – | – | RW
catalogue      | R     | R     | RW              | R     | R     | R     | R    | R       | – | R  | R
"""

OPERATOR = "C R W A"
"""The command line on the machine itself: everything, named in the audit."""
