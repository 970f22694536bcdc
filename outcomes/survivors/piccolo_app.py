"""What Piccolo needs to know of these tables: their modules and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="survivors",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        modules=[
            "outcomes.survivors.exclusion_tables",
            "outcomes.survivors.questionnaire_tables",
            "outcomes.survivors.support_tables",
            "outcomes.survivors.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["programmes.common.piccolo_app"],
    commands=[],
)
