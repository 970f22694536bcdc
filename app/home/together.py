"""Tasks that are alike stand on one line, each still one press from being done."""

from app.web.components import Alike, Each, Task

SEVERAL = 3


def together(tasks: list[Task]) -> list[Task]:
    """Three or more of the same become one line, where the first of them stood."""
    kinds: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        if task.alike:
            kinds.setdefault(_kind(task.alike), []).append(task)
    found: list[Task] = []
    for task in tasks:
        same = kinds[_kind(task.alike)] if task.alike else []
        if len(same) < SEVERAL:
            found.append(task)
        elif task is same[0]:
            found.append(_line(same))
    return found


def _kind(alike: Alike) -> tuple[str, str]:
    return alike.together, alike.href


def _line(same: list[Task]) -> Task:
    first = same[0]
    assert first.alike is not None
    return Task(
        text=f"{len(same)} {first.alike.together}",
        href=first.alike.href,
        tag=first.alike.tag or first.tag,
        hint=_hint(same, first.alike),
        each=tuple(_each(task) for task in same),
    )


def _hint(same: list[Task], alike: Alike) -> str:
    """What holds for all of them, or for the first, who is named then."""
    hint = same[0].hint
    if not hint or all(task.hint == hint for task in same):
        return hint
    return f"The first, {alike.name}: {hint}"


def _each(task: Task) -> Each:
    assert task.alike is not None
    name = task.alike.name
    return Each(task.text.removesuffix(name), name, task.href)
