"""The routes of tasks and their rules: pages, then their JSON twins."""

from typing import Any

from app.api import tasks as api_tasks
from app.pages import stay, task_rules, tasks

TASK_PAGES: tuple[Any, ...] = (
    tasks.tasks_page,
    tasks.task_page,
    tasks.acknowledge,
    tasks.done,
    task_rules.rules_page,
    task_rules.new_rule_page,
    task_rules.add_rule,
    stay.stay_page,
    stay.decide,
)
TASK_API: tuple[Any, ...] = (
    api_tasks.api_tasks,
    api_tasks.api_task,
    api_tasks.api_acknowledge,
    api_tasks.api_done,
    api_tasks.api_rules,
    api_tasks.api_add_rule,
    api_tasks.api_stay,
    api_tasks.api_decide_stay,
)
