"""A process of its own that holds a home's server until its standard input ends."""

import signal
import sys
from pathlib import Path

from app.embedded import EmbeddedServer
from app.running.endings import end_on_signals

# Under nohup, a closed terminal is ignored by whoever is started.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
end_on_signals()
with EmbeddedServer(Path(sys.argv[1])):
    print("holding", flush=True)
    sys.stdin.read()
