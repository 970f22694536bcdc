"""Which tests one process runs together when the suite runs on several."""

from xdist.scheduler import LoadScopeScheduling

SHARED = ("tests/journeys/", "tests/benchmarks/", "tests/wall/", "tests/attacks/")


class ByFile(LoadScopeScheduling):
    """A whole file to one process, and in their order all of those that share a
    demonstration, a seeded home, two worlds or a home that is attacked.

    Not `--dist=loadgroup`: its groups go unseen by pytest 9.2, whose node ids cannot be changed.
    """

    def _split_scope(self, nodeid: str) -> str:
        for shared in SHARED:
            if nodeid.startswith(shared):
                return shared
        return nodeid.split("::", 1)[0]
