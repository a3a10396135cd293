"""An owner that hangs without dying: another takes over, and who wakes up does nothing as the owner.

The log is the judge: an event counts where it stands in it, whoever put it there (nodes_suite.py).
"""

import http.client
import json
import re
import signal
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import kafka_suite  # noqa: E402
import nodes_suite  # noqa: E402
import shims  # noqa: E402
from frozen import Frozen  # noqa: E402

setUpModule = kafka_suite.setUpModule

BEHIND_MAX = 5_000  # alerts/nodes/comeback.h
KEY = {"Idempotency-Key": "een-poging"}


class Hanging(nodes_suite.TwoNodes):
    more = (*nodes_suite.TwoNodes.more, "  vast-seconden: 2")

    def ask_in_vain(self, server, who, target, body, headers=None):
        """A request to somebody who does not answer; nobody waits for it any more."""
        connection = http.client.HTTPConnection(*server.public, timeout=1)
        try:
            connection.request("POST", target, json.dumps(body).encode() if body else None,
                               {"Authorization": f"Bearer {self.keys[who]}", **(headers or {})})
            with self.assertRaises(TimeoutError):
                connection.getresponse()
        finally:
            connection.close()

    def try_again(self, server, who, target, body):
        return self.ask(server, who, "POST", target, body, KEY).status

    def claim(self, server, who, case):
        return self.ask(server, who, "POST", f"/v1/zaken/{case}/oppakken").status

    def test_who_wakes_up_is_not_the_owner(self):
        servers = self.serve_all()
        first, second = servers.values()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        signals = self.fresh(12)
        self.assertEqual(self.deliver(second, *signals), ["aanvaard"] * 12)
        self.answered = {one["id"] for one in signals}
        case, other = self.tasks(second)[:2]
        threads = self.visitors(second)
        threads[0].join(0.5)
        first.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        self.until(3, lambda: self.owned(second))
        print(f"an owner that hangs: taken over after {time.monotonic() - began:.2f} s "
              "(of which afwezig-seconden: 3)")
        # What it still gets meanwhile comes into the log after what the other did, and is judged there.
        late = self.fresh(2)[1]
        self.ask_in_vain(first, "vitens", "/v1/vroegsignalen", [late])
        self.ask_in_vain(first, "anneke", f"/v1/zaken/{case}/oppakken", None)
        attempt = {"soort": "Huisbezoek", "datum": late["signaaldatum"], "bereikt": False}
        tried = ("anneke", f"/v1/zaken/{other}/contactpogingen", attempt)
        self.ask_in_vain(first, *tried, KEY)
        self.assertEqual(self.deliver(second, late), ["aanvaard"])
        self.assertEqual(self.claim(second, "carel", case), 200)
        self.assertEqual(self.claim(second, "anneke", other), 200)
        self.assertEqual(self.try_again(second, *tried), 200)
        threads[0].join(0.5)
        lines = len(first.said)
        first.process.send_signal(signal.SIGCONT)
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        self.until(True, lambda: any('"eigenaar"' in line for line in first.said[lines:]))
        self.stop_visitors(threads)
        self.assertEqual(self.deliver(first, late), ["dubbel"])
        found = self.ask(first, "carel", "GET", f"/v1/zaken/{case}").json
        self.assertEqual(found["behandelaar"], "carel", found)
        # Sent twice, since the first answer never came: it counts once.
        found = self.ask(second, "carel", "GET", f"/v1/zaken/{other}").json
        self.assertEqual(len(found["contactpogingen"]), 1, found)

        def as_well(quiet):
            self.assertEqual(self.claim(quiet, "carel", case), 200)
            self.assertEqual(self.claim(quiet, "anneke", other), 200)
            self.assertEqual(self.try_again(quiet, *tried), 200)

        self.check_straight(servers, as_well)

    def test_who_wakes_up_a_little_behind_shows_nothing_old(self):
        disk = shims.SlowDisk(self.folder)
        first, second = self.serve("een", env=disk.environment), self.serve("twee")
        servers = {"een": first, "twee": second}
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        signals = self.fresh(12)
        self.assertEqual(self.deliver(second, *signals), ["aanvaard"] * 12)
        self.answered = {one["id"] for one in signals}
        case = self.tasks(second)[0]
        self.until([], lambda: self.worker_of(first, case))
        first.process.send_signal(signal.SIGSTOP)
        self.until(3, lambda: self.owned(second))
        self.assertEqual(self.claim(second, "carel", case), 200)
        disk.slow(2_000)
        first.process.send_signal(signal.SIGCONT)
        # At once, when it has heard that it missed something, and while it applies that.
        until = time.monotonic() + 3
        while time.monotonic() < until:
            self.assertEqual(self.worker_of(first, case), ["carel"])
        disk.well()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        self.check_straight(servers, lambda quiet: self.assertEqual(self.claim(quiet, "carel", case), 200))

    def worker_of(self, server, case):
        """Empty when nobody has it yet."""
        found = self.ask(server, "carel", "GET", f"/v1/zaken/{case}")
        self.assertEqual(found.status, 200, found.bytes)
        return [found.json["behandelaar"]] if found.json.get("behandelaar") else []

    def test_who_wakes_up_far_behind_catches_up_before_it_owns(self):
        disk = shims.SlowDisk(self.folder)
        first, second = self.serve("een", env=disk.environment), self.serve("twee")
        servers = {"een": first, "twee": second}
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        first.process.send_signal(signal.SIGSTOP)
        self.until(3, lambda: self.owned(second))
        signals = [self.remember(one) for one in self.made(1, 3 * BEHIND_MAX)]
        self.assertEqual(set(self.deliver(second, *signals)), {"aanvaard"})
        self.answered = {one["id"] for one in signals}
        disk.slow(2_000)
        lines = len(first.said)
        first.process.send_signal(signal.SIGCONT)
        self.until(True, lambda: self.waiting(first) > BEHIND_MAX)
        self.until(503, lambda: first.request("GET", "/readyz", management=True).status)
        case = self.answers_as_who_has_it_all(first, second)
        self.until(True, lambda: self.no_longer_behind(first, lines))
        disk.well()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        self.until(200, lambda: first.request("GET", "/readyz", management=True).status)
        self.check_straight(servers, lambda quiet: self.assertEqual(self.claim(quiet, "carel", case), 200))

    def answers_as_who_has_it_all(self, behind, other):
        """Nobody sees the old copy of who is behind; what is done there counts, and is seen at once.
        The case of which something was done."""
        lists = [self.tasks(server) for server in (behind, other)]
        self.assertEqual(lists[0], lists[1])
        case = lists[0][0]
        self.assertEqual(self.claim(behind, "carel", case), 200)
        for server in (behind, other):
            found = self.ask(server, "carel", "GET", f"/v1/zaken/{case}").json
            self.assertEqual(found["behandelaar"], "carel", found)
        self.assertGreater(self.waiting(behind), BEHIND_MAX)
        return case

    def no_longer_behind(self, server, lines):
        """Before, it owns nothing."""
        owned = [json.loads(line)["partities"] for line in server.said[lines:] if '"eigenaar"' in line]
        if self.waiting(server) <= BEHIND_MAX:
            return True
        self.assertLessEqual(set(owned), {"0"})
        return False

    def waiting(self, server):
        text = server.request("GET", "/metrics", management=True).text
        return int(float(re.search(r"^vroegsein_log_waiting_events (\S+)$", text, re.M).group(1)))

    def test_a_desk_that_is_stuck_gives_its_partitions_up(self):
        servers = self.serve_all()
        first, second = servers.values()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        threads = self.visitors(second)
        threads[0].join(0.5)
        try:
            with Frozen(first.process.pid, "balie-000"):
                began = time.monotonic()
                self.until(3, lambda: self.owned(second))
                print(f"a desk that is stuck: taken over after {time.monotonic() - began:.2f} s "
                      "(of which vast-seconden: 2)")
                self.until(True, lambda: any('"balie-staat-stil"' in line for line in first.said))
                self.until(503, lambda: first.request("GET", "/readyz", management=True).status)
                signals = self.fresh(12)
                self.until(201, lambda: self.ask(second, "vitens", "POST", "/v1/vroegsignalen",
                                                 signals).status)
                self.answered.update(one["id"] for one in signals)
                self.assertEqual(self.tasks(first), self.tasks(second))
                more = self.fresh(12)
                self.assertEqual(self.deliver(first, *more), ["aanvaard"] * 12)
                self.answered.update(one["id"] for one in more)
        except PermissionError:
            self.skipTest("ptrace is not allowed here")
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        self.stop_visitors(threads)
        self.until(200, lambda: first.request("GET", "/readyz", management=True).status)
        self.check_straight(servers)


if __name__ == "__main__":
    unittest.main()
