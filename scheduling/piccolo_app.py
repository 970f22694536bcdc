"""What Piccolo needs to know of these tables: their modules and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="scheduling",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        modules=[
            "scheduling.cohorts.tables",
            "scheduling.sessions.tables",
            "scheduling.placement.tables",
            "scheduling.attendance.tables",
            "scheduling.attendance.evening_tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["programmes.piccolo_app"],
    commands=[],
)
