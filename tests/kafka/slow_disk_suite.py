"""A disk that is slow: the intake slows down with it, by HTTP (429) and from topics, in bounded memory,
and nothing is lost.
"""

import re
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import kafka_suite  # noqa: E402
import shims  # noqa: E402
from kafka_suite import over_two_municipalities  # noqa: E402
from api_server import Server  # noqa: E402

setUpModule = kafka_suite.setUpModule

CLIENTS, ROWS = 8, 1_000
OVER_TOPIC = 12_000
SYNC_SECONDS = 4  # less than a request waits: a round of the intake ends with its sync, not without
MEMORY_MB_MAX = 512
INTAKE_BATCH = 2_000  # alerts/topics/topic_intake.cpp


class SlowDisk(kafka_suite.Nodes):
    settings = ("verzoek-seconden: 5",)

    def in_log(self, pattern):
        """The ids of that shape in the log."""
        said = subprocess.run(["kcat", "-C", "-e", "-q", "-b", kafka_suite.KAFKA.brokers, "-t",
                               f"{self.prefix}.log", "-f", "%s"], capture_output=True, check=True,
                              timeout=60).stdout
        return set(re.findall(pattern, said))

    def memory_mb(self, server):
        status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024

    def hand_in(self, server, signals):
        return self.ask(server, "vitens", "POST", "/v1/vroegsignalen", signals)

    def test_everybody_waits_and_nothing_is_lost(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        disk = shims.SlowDisk(folder.name)
        server = Server(self.folder / "data", "--config", self.config, env=disk.environment)
        self.addCleanup(server.stop)
        self.deliver(server, *over_two_municipalities(1, 20))
        by_topic = [dict(one, id=f"T-{number:05}")
                    for number, one in enumerate(over_two_municipalities(10_000, OVER_TOPIC))]
        by_http = [over_two_municipalities(20_000 + part * ROWS, ROWS) for part in range(CLIENTS)]
        most, enough = [0], threading.Event()

        def watch():
            while not enough.wait(0.05):
                most[0] = max(most[0], self.memory_mb(server))

        watcher = threading.Thread(target=watch)
        watcher.start()
        self.addCleanup(enough.set)
        began = time.monotonic()
        disk.slow(SYNC_SECONDS * 1000)
        self.produce("in.vitens", map(kafka_suite.bare, by_topic))
        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = list(pool.map(lambda part: self.hand_in(server, part), by_http))
        self.assertIn(429, {answer.status for answer in answers})
        for answer in answers:
            self.assertIn(answer.status, (201, 429))
            if answer.status == 429:
                self.assertIn("Retry-After", answer.headers)
        # The rest waits on the brokers: a round is taken when the one before it is on the disk.
        taken = len(self.in_log(rb"T-[0-9]{5}"))
        rounds = 1 + int((time.monotonic() - began) / SYNC_SECONDS)
        self.assertLessEqual(taken, rounds * INTAKE_BATCH)
        disk.well()
        self.until(OVER_TOPIC, lambda: len(self.in_log(rb"T-[0-9]{5}")))
        enough.set()
        watcher.join()
        print(f"a sync of {SYNC_SECONDS} s: {sum(one.status == 429 for one in answers)} of {CLIENTS} "
              f"deliveries heard 429, {taken} of {OVER_TOPIC} taken from the topic in {rounds} rounds, "
              f"at most {most[0]} MB")
        self.assertLess(most[0], MEMORY_MB_MAX)
        for part in by_http:
            self.until(201, lambda part=part: self.hand_in(server, part).status)
            self.assertEqual(set(self.deliver(server, *part)), {"dubbel"})
        self.until({"dubbel"}, lambda: set(self.deliver(server, *by_topic[:ROWS])))
        self.assertEqual(set(self.deliver(server, *by_topic[ROWS:])), {"dubbel"})
        self.stop_and_verify(data=server)


if __name__ == "__main__":
    unittest.main()
