"""Piccolo's entry: the engine that routes to the open transaction, and the registered tables."""

from piccolo.conf.apps import AppRegistry

from programmes.common.db import EITHER, Side

DB = EITHER

APPS_OF = {
    Side.WORK: ("common", "programmes", "scheduling", "outcomes"),
    Side.SURVIVOR: ("common", "survivors"),
}
"""Which sets of tables live in which side's database, in the order they are made."""

APP_REGISTRY = AppRegistry(
    apps=[
        "programmes.common.piccolo_app",
        "programmes.piccolo_app",
        "scheduling.piccolo_app",
        "outcomes.piccolo_app",
        "outcomes.survivors.piccolo_app",
    ]
)
