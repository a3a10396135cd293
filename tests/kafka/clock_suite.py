"""A broker whose clock is an hour off, and then as much on the other side: nobody goes by it."""

import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import broker  # noqa: E402
import kafka_suite  # noqa: E402
import nodes_suite  # noqa: E402
import shims  # noqa: E402

OFF_SECONDS = 3_700
HOUR_MS = 3_600_000


def setUpModule():
    missing = broker.missing_tools()
    if missing:
        raise unittest.SkipTest(f"no {' and '.join(missing)}")
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    # What Kafka 4 does by itself: a record of more than an hour ahead is refused.
    kafka_suite.KAFKA = broker.Cluster(
        folder.name, environment=shims.shifted_clock(folder.name, -OFF_SECONDS),
        more={"log.message.timestamp.after.max.ms": HOUR_MS,
              "log.message.timestamp.before.max.ms": HOUR_MS})
    kafka_suite.KAFKA.start()
    unittest.addModuleCleanup(kafka_suite.KAFKA.kill)


class ClockOff(nodes_suite.TwoNodes):
    def hours_off(self):
        """By how many hours the last record's time is."""
        said = subprocess.run(["kcat", "-C", "-e", "-q", "-b", kafka_suite.KAFKA.brokers, "-t",
                               f"{self.prefix}.log", "-p", "0", "-o", "-1", "-f", "%T"],
                              capture_output=True, text=True, check=True, timeout=60).stdout
        return round((int(said) / 1000 - time.time()) / 3600)

    def test_nobody_goes_by_it(self):
        servers = self.serve_all()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        threads = self.visitors(servers["twee"])
        threads[0].join(1)
        self.stop_visitors(threads)
        self.assertEqual(self.hours_off(), -1)
        threads = self.visitors(servers["een"])
        threads[0].join(0.5)
        kafka_suite.KAFKA.kill()
        self.join(threads)
        kafka_suite.KAFKA.environment["SHIFTED_CLOCK_SECONDS"] = str(OFF_SECONDS)
        kafka_suite.KAFKA.start()
        again = [self.remember(one) for one in self.made(60_001, 20)]
        self.until(201, lambda: self.ask(servers["een"], "vitens", "POST", "/v1/vroegsignalen",
                                         again).status)
        self.answered.update(one["id"] for one in again)
        threads = self.visitors(servers["twee"])
        threads[0].join(1)
        self.stop_visitors(threads)
        self.assertEqual(self.hours_off(), 1)
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        self.check_straight(servers)


if __name__ == "__main__":
    unittest.main()
