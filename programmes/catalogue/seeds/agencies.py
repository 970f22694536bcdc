"""The organisations in Leeds that refer people, or make orders on them, with their kind."""

from typing import Final

AGENCIES: Final = {
    "West Yorkshire Police": "police",
    "Integrated Offender Management": "police",
    "National Probation Service": "probation",
    "Community Rehabilitation Company": "probation",
    "Children's Social Work Service": "social work",
    "Youth Justice Service": "youth justice",
    "Front Door Safeguarding Hub": "hub",
    "Early Help Hub": "hub",
    "Family Group Conferencing": "family",
    "Leeds Magistrates' Court": "court",
    "Family Court": "court",
    "Health service": "health",
    "Self": "self",
}
