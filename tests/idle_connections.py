"""What an idle connection still keeps of those who used it: nothing, ever.

The pools do not reset connections, because all that a request sets is its transaction's own.
"""

from typing import Any

from app.bench.copying import as_superuser
from app.databases import Databases
from programmes.common.db import Side

_KEPT = """
SELECT 'setting ' || name FROM pg_settings
WHERE source = 'session' AND setting IS DISTINCT FROM reset_val
UNION ALL
SELECT 'setting ' || name FROM unnest(
    ARRAY['waymark.sign_in', 'waymark.act', 'waymark.reason', 'waymark.run_by']) AS name
WHERE nullif(current_setting(name, true), '') IS NOT NULL
UNION ALL SELECT 'listening to ' || channel FROM pg_listening_channels() AS channel
UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE name <> ''
UNION ALL SELECT 'own table ' || relname FROM pg_class
WHERE relnamespace = pg_my_temp_schema() AND pg_my_temp_schema() <> 0
UNION ALL SELECT 'another role' WHERE current_user <> session_user
"""


_LOCKS = "SELECT 'advisory lock' FROM pg_locks WHERE locktype = 'advisory' AND pid = ANY ($1)"


async def kept_by_idle_connections(databases: Databases) -> list[str]:
    """Asked of every connection that is open in any pool."""
    await databases.settle()
    found = [await _kept_in(pool) for pool in databases.pools.values()]
    kept, pids = [one for k, _ in found for one in k], [pid for _, pids in found for pid in pids]
    assert databases.server is not None
    async with as_superuser(databases.server, Side.WORK) as connection:
        return kept + [row[0] for row in await connection.fetch(_LOCKS, pids)]


async def _kept_in(pool: Any) -> tuple[list[str], list[int]]:
    """What they keep, and their processes' numbers, by which their locks are found."""
    idle = [await pool.acquire() for _ in range(pool.get_idle_size())]
    try:
        kept = [row[0] for connection in idle for row in await connection.fetch(_KEPT)]
        return kept, [connection.get_server_pid() for connection in idle]
    finally:
        for connection in idle:
            await pool.release(connection)
