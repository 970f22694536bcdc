"""The weeks of those who support survivors, and of those who look on."""

from typing import Final

from tests.journeys.weeks.scripts import week

SURVIVOR_WORKER: Final = week("""
Monday | see whom to call first | home > "What needs you now"
Monday | tell her that he left | home > Tell Shirin
Monday | see my day | Survivors > "Your day"
Monday | see how safe it is to call | Survivors > Beatrix Holloway > [Show, and write down]
Monday | read the number | "07700 900101"
Tuesday | read her check-ins | Survivors > Beatrix Holloway > Check-ins
Tuesday | write down that nobody answered | Survivors > Start check-in with Philippa Stott \
  > [Show, and write down] > (No answer) > [Log the attempt]
Tuesday | record five minutes on the phone | Survivors > Start check-in with Philippa Stott \
  > Record the start check-in > (5, best) > [Record the check-in]
Tuesday | see her news | Survivors > Oonagh Featherby > News
Tuesday | see risk | Survivors > Marguerite Ellershaw > Risk and MARAC
Wednesday | see what support was offered | Survivors > Marguerite Ellershaw > Support
Wednesday | see places he may not go | Survivors > Marguerite Ellershaw > Places
Wednesday | see notices raised | Survivors > Marguerite Ellershaw > Notices
Thursday | take somebody on | Survivors > Take a survivor on
Thursday | see messages that went wrong | Messages
Friday | read published figures | Published figures
Friday | see what I did | Audit
""")

SURVIVOR_LEAD: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | read a notice before it goes | home > Risk raised
Tuesday | see who supports whom | Caseloads
Tuesday | see who may not see which record | Caseloads > Who may not see
Wednesday | read a bundle before it goes out | Access requests
Wednesday | see how safe they say they are | Report
Wednesday | see what is asked | Report > What survivors are asked
Thursday | read published figures | Published figures
Thursday | see notices | Notices
Friday | read who read what | Audit
Friday | read what to do in a week | home > Your first day
Friday | see the law of the pages | home > Accessibility
""")

BOARD: Final = week("""
Monday | see what is new | home > "What needs you now"
Tuesday | read the quarter | Published figures
Wednesday | read what words mean | home > Your first day
Thursday | see that it is for everybody | home > Accessibility
Friday | see what I opened | Audit
""")

AUDITOR: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see who did what | Audit
Tuesday | narrow the list down | Audit > [Apply filters]
Wednesday | read published figures | Published figures
Thursday | read what to do | home > Your first day
Friday | read about privacy | home > Privacy
""")

ADMINISTRATOR: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see whether all runs | Status
Tuesday | make an account | Accounts > Make an account
Tuesday | look at an account | Accounts > Alex Gledhill
Wednesday | see messages held | Outbox
Thursday | see other systems | Other systems
Friday | see who signed in | Audit
""")
