"""What a page of the survivor side needs beside its transaction: keys, and the bridge to `work`."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from litestar import Request

from app.databases import Databases
from app.safekeeping.sealing import SurvivorSealing


@dataclass(frozen=True)
class HerSide:
    databases: Databases
    sealing: SurvivorSealing

    def bridge(self) -> AbstractAsyncContextManager[Any]:
        """A transaction in `work` as the login that may read a few columns, and write nothing."""
        return self.databases.transaction("work_bridge_reader")

    def bridge_for_notices(self) -> AbstractAsyncContextManager[Any]:
        """A transaction in `work` as the login that may add a notice, and read nothing."""
        return self.databases.transaction("work_bridge_writer")


def her_side(request: Request[Any, Any, Any]) -> HerSide:
    state = request.app.state
    return HerSide(state.databases, SurvivorSealing(state.settings.home))
