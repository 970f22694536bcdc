"""What Piccolo needs to know of these tables: their modules and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="outcomes",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        modules=[
            "outcomes.notices.tables",
            "outcomes.subject_access.tables",
            "outcomes.completion.tables",
            "outcomes.feedback.tables",
            "outcomes.releases.tables",
            "outcomes.tasks.tables",
            "outcomes.messages.tables",
            "outcomes.statements.tables",
            "outcomes.reports.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["scheduling.piccolo_app"],
    commands=[],
)
