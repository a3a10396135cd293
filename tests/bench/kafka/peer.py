"""Kafka Streams as a process: its jars (through Maven, checked), its compiled classes, how it runs."""

import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent.parent
sys.path.insert(0, str(TOP / "tests" / "kafka"))
import broker  # noqa: E402
import covenant  # noqa: E402

WORK = TOP / "build" / "kafka-streams"
SOURCES = HERE / "src" / "vroegsein" / "streams"
# The parallel collector costs it least here; the heap is more than it needs.
JAVA = ["java", "-Xmx1g", "-XX:+UseParallelGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
WAIT_SECONDS = 1800
AT_LEAST_ONCE, EXACTLY_ONCE = "at_least_once", "exactly_once_v2"


def missing_tools():
    return [tool for tool in ("java", "javac", "mvn", "kcat") if shutil.which(tool) is None]


def prepare():
    """The class path."""
    jars = broker.fetch(HERE, WORK)
    subprocess.run(["javac", "-Xlint:all", "-Werror", "-cp", jars, "-d", str(WORK / "classes"),
                    *map(str, sorted(SOURCES.glob("*.java")))], check=True)
    return f"{WORK / 'classes'}:{jars}"


class Peer:
    """One process of it. It says on stdout how far it is; a thread reads that."""

    def __init__(self, classpath, folder, brokers, prefix, partitions, *settings):
        self.folder = Path(folder)
        self.done, self.state, self.outcome = 0, "", None
        self.running = threading.Event()
        self.process = subprocess.Popen(
            [*JAVA, "-cp", classpath, "vroegsein.streams.StreamsDesk", f"brokers={brokers}",
             f"prefix={prefix}", f"partners={','.join(covenant.PARTNERS)}", f"partitions={partitions}",
             f"state={self.folder / (prefix + '.state')}", f"areas={self.folder / 'gebieden.csv'}",
             *settings], stdout=subprocess.PIPE, text=True)
        self.measured = covenant.Measured(self.process)
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self):
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "verwerkt":
                self.done = int(rest)
            elif word == "toestand":
                self.state = rest
                if rest == "RUNNING":
                    self.running.set()
            elif word == "uitkomst":
                self.outcome = json.loads(rest)

    def count(self):
        if self.process.poll() is not None:
            raise AssertionError(f"Kafka Streams ended: {self.process.returncode}")
        return self.done

    def stop(self):
        """CPU seconds, seconds and highest memory, its end included."""
        spent = self.measured.ended()
        self.listener.join()
        return spent

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def wait_for(count, wanted):
    """Until `count()` has come to `wanted`; what it came to."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        found = count()
        if found >= wanted:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"never {wanted}: {found}")
        # Each answer costs whoever is measured, ours a round of all its figures.
        time.sleep(0.3)  # style: a process of another makes says how far it is when asked


if __name__ == "__main__":
    # Renews jars.sha256, after a change of pom.xml: python3 tests/bench/kafka/peer.py
    broker.renew(HERE, WORK)
