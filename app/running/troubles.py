"""What the machine or a database says no to, in a sentence for whoever runs a command."""

import socket

_LOOK = "python3 run.py check says what is wrong and how to mend it."


def in_words(trouble: Exception) -> str | None:
    """None for a fault of ours, whose places must be seen to be mended."""
    if isinstance(trouble, ConnectionError | TimeoutError | socket.gaierror):
        return f"The database, or another machine, cannot be reached: {trouble}. {_LOOK}"
    if isinstance(trouble, OSError):
        place = "" if trouble.filename is None else f"{trouble.filename}: "
        return f"{place}{trouble.strerror or trouble}."
    return _of_the_database(trouble)


def _of_the_database(trouble: Exception) -> str | None:
    """Without the details of a refused row: they may hold people's names."""
    import asyncpg  # not before there is trouble: some commands need no database

    if isinstance(trouble, asyncpg.UndefinedTableError | asyncpg.InvalidSchemaNameError):
        return "The tables are not at this version. Run: python3 run.py migrate"
    of_the_connection = (
        asyncpg.InterfaceError,
        asyncpg.PostgresConnectionError,
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.OperatorInterventionError,
        asyncpg.InsufficientResourcesError,
        asyncpg.ReadOnlySQLTransactionError,
    )
    if not isinstance(trouble, of_the_connection):
        return None
    return f"The database cannot be used: {trouble.args[0]}. {_LOOK}"
