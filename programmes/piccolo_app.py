"""What Piccolo needs to know of these tables: their modules and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="programmes",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        modules=[
            "programmes.people.tables",
            "programmes.catalogue.tables",
            "programmes.catalogue.around_tables",
            "programmes.referrals.tables",
            "programmes.referrals.import_tables",
            "programmes.referrals.export_tables",
            "programmes.orders.tables",
            "programmes.facts.tables",
            "programmes.contacts.tables",
            "programmes.tokens.tables",
            "programmes.emergencies.tables",
            "programmes.linked_sign_ins.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["programmes.common.piccolo_app"],
    commands=[],
)
