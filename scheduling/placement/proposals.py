"""Proposes who goes where: begins with the best greedy, and has a worker process better it in time.

Whatever becomes of the worker, there is an answer, and it keeps every rule.
"""

import time

from scheduling.placement.greedy import best_greedy, polished
from scheduling.placement.messages import News, Task
from scheduling.placement.reasons import in_words, reasons_not_placed
from scheduling.placement.rules import certain_bound, objective, reasons_not_allowed
from scheduling.placement.solver_process import SolverDied, news_of
from scheduling.placement.words import Answer, Instance, Placements

DIED = "The solver ended early; this is the best that it had found."
OVERDUE = "The solver did not keep to its time; this is the best that it had found."


def propose(instance: Instance, *, seconds: float) -> Answer:
    """The best arrangement found within `seconds` of solving, and how good any could be.

    It waits for that long: a page calls it in a thread.
    """
    begun = time.monotonic()
    best = Best(instance, best_greedy(instance))
    spent, note = time.monotonic() - begun, ""
    if not best.is_proven:
        left = max(0.0, seconds - spent)
        note = _improve(best, Task(instance=instance, start=best.placements, seconds=left))
        spent += best.seconds
    return Answer(
        placements=best.placements,
        objective=best.objective,
        bound=best.bound,
        proven=best.is_proven,
        seconds=round(spent, 3),
        not_placed=in_words(reasons_not_placed(instance, best.placements)),
        note=note,
    )


class Best:
    """The best arrangement so far. What the worker says is checked before it is believed."""

    def __init__(self, instance: Instance, start: Placements) -> None:
        self.instance = instance
        self.placements, self.objective = start, objective(instance, start)
        self.bound = certain_bound(instance)
        self.seconds = 0.0

    @property
    def is_proven(self) -> bool:
        return self.objective == self.bound

    def hear(self, news: News) -> None:
        if news.placements is not None:
            self.take(news.placements)
        if news.bound is not None and news.bound >= self.objective:
            self.bound = min(self.bound, news.bound)
        if news.seconds is not None:
            self.seconds = news.seconds

    def take(self, placements: Placements) -> None:
        if reasons_not_allowed(self.instance, placements):
            return
        worth = objective(self.instance, placements)
        if worth > self.objective:
            self.placements, self.objective = placements, worth
            self.bound = max(self.bound, worth)


def _improve(best: Best, task: Task) -> str:
    """A note where the worker ended otherwise than by finishing."""
    begun, note = time.monotonic(), ""
    try:
        for news in news_of(task):
            best.hear(news)
    except SolverDied:
        note = DIED
    except TimeoutError:
        note = OVERDUE
    best.seconds = best.seconds or time.monotonic() - begun
    if not best.is_proven and best.placements != task.start:
        best.take(polished(best.instance, best.placements))
    return note
