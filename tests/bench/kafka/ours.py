"""Our side of the benches here: the program of preset release, unless VROEGSEIN_BINARY names another."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent.parent
RELEASE = TOP / "build" / "release" / "vroegsein"
os.environ.setdefault("VROEGSEIN_BINARY", str(RELEASE))
sys.path[:0] = [str(TOP / "tests" / "api")]
from api_server import BINARY, Server  # noqa: E402
import covenant  # noqa: E402

__all__ = ["BINARY", "Server", "all_told", "applied", "build_release", "settled"]


def build_release():
    if BINARY != str(RELEASE):
        return
    for command in (["--preset", "release"], ["--build", "--preset", "release", "--target", "vroegsein"]):
        subprocess.run(["cmake", *command], cwd=TOP, check=True, stdout=subprocess.DEVNULL)


def applied(server):
    """How many signals its desks have applied since it began."""
    text = server.request("GET", "/metrics", management=True).text
    return int(sum(map(float, re.findall(
        r'^vroegsein_desk_events_total\{soort="signaal"\} (\S+)$', text, re.M))))


def settled(count):
    """Waits: what goes in rounds is done when one brings nothing."""
    before = -1
    while (now := count()) != before:
        before = now
        time.sleep(0.5)  # style: nobody says that there will be no more


def all_told(kafka, prefix):
    """Waits until no more tasks go out."""
    settled(lambda: covenant.records_on(kafka.brokers, f"{prefix}.taken"))
