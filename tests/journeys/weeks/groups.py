"""The weeks of those who run the groups: facilitator, CARA co-ordinator, programme manager."""

from typing import Final

from tests.journeys.weeks.scripts import week

FACILITATOR: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | look who comes tonight | home > Coming
Monday | read what to do in a week | home > Your first day > "What you do in a week"
Monday | see what is to be done by me | Tasks > Send the final report > Attendance
Tuesday | take a task in hand | Tasks > Send the final report > [I have it in hand]
Tuesday | say that it is done | What was done? = Sent, and read by phone > [It is done]
Tuesday | see who missed sessions | Caseload > Absences to judge
Wednesday | see last week's register | Groups > 27 > Session 1
Wednesday | see who could catch up | Groups > Catch-up
Wednesday | see the month of sessions | Groups > Calendar > One week
Thursday | see how far somebody has come | Caseload > Ryan Armitage > Contacts
Thursday | see which contacts I owe a referrer | Groups > Contacts with referrers
Thursday | see where corrections stand | Groups > Corrections
Friday | read what opens a task | Tasks > What opens a task
Friday | see breaches of people in my group | Breaches
Friday | see what I did this week | Audit
""")

CARA: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | see who waits for a pair | Referrals > CARA
Monday | take a referral in | Referrals > Take a referral in > [Begin a referral] > The person
Tuesday | tell the police of a missed workshop | home > Tell the police > [I have it in hand]
Tuesday | say that it is done | What was done? = Told of the attendance only > [It is done]
Tuesday | see the next pair | Groups > 30
Wednesday | see the month | Groups > Calendar
Wednesday | plan another pair | Groups > Plan a group
Wednesday | see what ends | Orders > What ends
Thursday | see who came unbooked | Groups > Who came unbooked
Thursday | see corrections | Groups > Corrections
Thursday | find somebody | People
Friday | read the figures | Management report > Waits, capacity
Friday | see what I did | Audit
""")

MANAGER: Final = week("""
Monday | see what waits | home > "What needs you now"
Monday | open a new referral | Referrals > Jamie Laycock > Decide on suitability
Monday | read the worries | Groups > Worries
Monday | answer one | What was done? = Rang him today; safe > [Record what was done]
Tuesday | find people for the group to come | Placement > Who to offer a place next
Tuesday | see places against demand | Placement > Places against demand
Tuesday | see who may lead | Placement > Who leads
Wednesday | see a week of rooms | Groups > Calendar > One week
Wednesday | see rooms and closed days | Groups > Rooms
Wednesday | settle corrections | Groups > Corrections
Wednesday | see who came unbooked | Groups > Who came unbooked
Thursday | see what ends and what follows | Orders > What ends
Thursday | see which need no programme meets | Referrals > Unmet need
Thursday | see who asked what is held | More > Access requests
Friday | read the figures of the quarter | Management report > Drop-out and endings
Friday | see what the board reads | More > Published figures
Friday | see messages that wait | More > Outbox
Friday | see who read what | Audit
""")
