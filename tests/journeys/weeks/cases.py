"""The weeks of those whose people they are: probation, IOM and DVPO team, social work."""

from typing import Final

from tests.journeys.weeks.scripts import week

PROBATION: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see whether somebody attends | Caseload > Daniel Murgatroyd > "does not show that risk"
Monday | see whether he can still finish | Completion
Tuesday | see what is to be done by me | Tasks
Tuesday | see his path | Caseload > Daniel Murgatroyd > Timeline
Wednesday | judge absences | Caseload > Absences to judge
Wednesday | see the group's sessions | Groups
Wednesday | see orders in force | Orders > Running clocks
Thursday | see what ends | Orders > What ends
Thursday | see breaches | Breaches > All that were recorded
Thursday | take a statement to court | Caseload > Daniel Murgatroyd > Statements
Friday | see my referrals | Referrals
Friday | see what I did | Audit
""")

IOM: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see which clocks run | Orders > Running clocks
Monday | see what ends this week | Orders > What ends
Tuesday | read a breach | home > Read a breach: Fergus > [I have it in hand]
Tuesday | say that it is read | What was done? = Read; officer told > [It is done]
Tuesday | enter an order | Orders > Enter an order
Wednesday | see breaches without an outcome | Breaches > Conrad Brearley
Wednesday | see what was proved | Breaches > Admitted or proved
Wednesday | see orders that ended | Orders > Ended, nothing follows
Thursday | read the law of a kind | Orders > Kinds of order
Thursday | work a deadline out | Orders > Running clocks
Thursday | find somebody | People
Friday | see whether my people attend | Caseload
Friday | see what I did | Audit
""")

CASE_OWNER: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | refer somebody | Referrals > Take a referral in > [Begin a referral] > The person
Monday | see who attends | Caseload
Tuesday | see what is to be done by me | Tasks
Tuesday | judge an absence | Caseload > Absences to judge > Yusuf Abdi
Wednesday | see an outcome | Caseload > Ryan Armitage > Completion
Wednesday | see his path | Caseload > Ryan Armitage > Timeline
Wednesday | see contacts | Caseload > Ryan Armitage > Contacts
Thursday | see orders on my people | Orders
Thursday | see breaches | Breaches
Thursday | see sessions to come | Groups
Friday | see where my referrals stand | Referrals
Friday | see what I did | Audit
""")
