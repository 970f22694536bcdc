"""The weeks of those who support survivors, and of those who look on."""

from typing import Final

from tests.journeys.weeks.scripts import week

SURVIVOR_WORKER: Final = week("""
Monday | see whom to call first | home > "What needs you now"
Monday | tell her that he left | home > Tell them what changed: Shirin
Monday | see my day | Your day > "Your day"
Monday | see how safe it is to call | Your day > Beatrix Holloway > [Show, and write down]
Monday | read the number | "07700 900101"
Tuesday | read her check-ins | Your day > Beatrix Holloway > Check-ins
Tuesday | write down that nobody answered | Your day > Start check-in with Philippa Stott \
  > [Show, and write down] > (No answer) > [Log the attempt]
Tuesday | record five minutes on the phone | Your day > Start check-in with Philippa Stott \
  > Record the start check-in > (5, best) > [Record the check-in]
Tuesday | see her news | Your day > Oonagh Featherby > News
Tuesday | see risk | Your day > Marguerite Ellershaw > Risk and MARAC
Wednesday | see what support was offered | Your day > Marguerite Ellershaw > Support
Wednesday | see places he may not go | Your day > Marguerite Ellershaw > Places
Wednesday | see notices raised | Your day > Marguerite Ellershaw > Notices
Thursday | take somebody on | Your day > Take a survivor on
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
Tuesday | read the answers of the quarter | home > Read the figures > "How many finished"
Tuesday | look at a picture's figures | +Show “From referral to completion
Tuesday | see how a figure was counted | home > Read the figures > +People and programmes \
  > How was this counted?
Wednesday | find an earlier period | Published figures
Wednesday | see the year behind a quarter | home > Read the figures > All figures for 20
Wednesday | see who could not be helped | "Who could not be helped?"
Wednesday | see what the strategy asks for | "What the strategy asks for"
Wednesday | see what was put right since | "Revisions"
Thursday | read what words mean | home > Your first day > "Words you will meet"
Thursday | take the paper to the meeting | home > Read the figures > Download as a PDF
Thursday | take the tables with me | Download as a spreadsheet
Thursday | know what the figures do not say | home > About > "What to rely on"
Friday | see what I opened | Audit
Friday | see what is kept about me | home > Privacy
Friday | see that it is for everybody | home > Accessibility
""")

AUDITOR: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see who did what | Audit
Monday | look at what was given out | home > Look at what was given out > "Made a statement"
Tuesday | narrow the list down | Audit > [Apply filters]
Tuesday | see what one member of staff did | Audit > Name begins with = sam > [Apply filters] \
  > "Sam Illingworth"
Tuesday | look further back | Audit > Next
Wednesday | read published figures | Published figures
Wednesday | see what was put right in them | Published figures > 20 > "Revisions"
Wednesday | see how one was counted | +Are partners safer > How was this counted?
Thursday | read what to do | home > Your first day
Thursday | read by which rules a programme works | Audit > Programmes > Caring Dads
Thursday | read the law behind an order | Audit > Kinds of order > Conditional caution
Thursday | read what opens a task | Audit > What opens a task
Friday | read about privacy | home > Privacy
Friday | see where I am signed in | home > Your sign-in
""")

ADMINISTRATOR: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see whether all runs | Status > "Jobs"
Monday | see when it was last backed up | home > Last backup
Tuesday | see who may sign in | Accounts
Tuesday | make an account | Accounts > Make an account > Name = Robin Newcomer \
  > Work e-mail address = robin.newcomer@waymark.example > (Auditor) > [Make the account] \
  > "This page is shown once"
Wednesday | see messages held | Outbox
Wednesday | say that one goes again | [Send it again] > "It goes again"
Wednesday | see what was sent | Outbox > Sent
Wednesday | give somebody another role | Accounts > Robin Newcomer > (Board member) > [Save]
Thursday | see other systems | Other systems
Thursday | let one ask | Other systems > Which program is it for? = Court diary \
  > In whose name does it ask? = probation@waymark.example > For how many days? = 30 \
  > (No, only read) > [Ask for the token] > "This page is shown once"
Thursday | read by which rules it works | Status > Programmes > Caring Dads
Friday | see who signed in | Audit
Friday | close the account of somebody who left | Accounts > Robin Newcomer > (No) > [Save]
Friday | see where I am signed in | home > Your sign-in
""")
