"""Which tests one process runs together when the suite runs on several."""

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

SHARED = (
    "tests/journeys/",
    "tests/wall/",
    "tests/running/",
    "tests/attacks/",
    "tests/benchmarks/",
    "tests/pages/test_report",
)
LONGEST = (
    "tests/journeys/",
    "tests/wall/",
    "tests/pages/test_shell_in_browser.py",
    "tests/running/",
    "tests/attacks/",
)


class ByFile(LoadScopeScheduling):
    """A whole file to one process, and in their order all of those that share a
    demonstration, a seeded home, two worlds, the books of 2018 or a home that is attacked.

    Not `--dist=loadgroup`: its groups go unseen by pytest 9.2, whose node ids cannot be changed.
    """

    def _assign_work_unit(self, node: WorkerController) -> None:
        """The longest go first, so that no process waits at the end while another is busy."""
        longest = next(filter(self.workqueue.__contains__, LONGEST), None)
        if longest is not None:
            self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        for shared in SHARED:
            if nodeid.startswith(shared):
                return shared
        return nodeid.split("::", 1)[0]
