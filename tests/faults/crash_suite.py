"""kill -9 at random moments, again and again: what was answered is kept, once, and the rest is a prefix.

VROEGSEIN_TEST_LENGTH=long makes 200 rounds in all. The seed is printed; VROEGSEIN_SEED takes it back.
"""

import http.client
import json
import random
import subprocess
import tempfile
import threading
import unittest
from collections import Counter
from pathlib import Path

import program

QUICK_FIX = "(Budget)advies en/of quick fix"


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = self.folder / "data"
        self.seed = program.seed()
        self.chance = random.Random(self.seed)

    def no_case_doubled(self):
        found = program.cases(self.data)
        numbers = [case["zaakId"] for case in found]
        self.assertEqual(len(numbers), len(set(numbers)))
        homes = [case["huishoudenId"] for case in found if case["status"] == "open"]
        self.assertEqual(len(homes), len(set(homes)), "two open cases in one household")
        signals = [program.identity(signal) for case in found for signal in case["signalen"]]
        self.assertEqual(len(signals), len(set(signals)), "a signal counts twice")
        return found


class Import(Folder):
    """A delivery comes in through a pipe, at the pace of the one who writes it."""

    def setUp(self):
        super().setUp()
        self.answered = {}  # partner -> ids with a receipt

    def start(self, partner):
        return subprocess.Popen(
            [program.BINARY, "import", "--data", str(self.data), "--partner", partner, "--now", program.NOW, "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def feed(self, process, text, until):
        """Writes in uneven pieces until everything or `until` characters are in."""
        try:
            at = 0
            while at < min(until, len(text)):
                size = self.chance.randrange(1, 120_000)
                process.stdin.write(text[at:min(at + size, until)])
                process.stdin.flush()
                at += size
            if until >= len(text):
                process.stdin.close()
        except BrokenPipeError:
            pass

    def deliver(self, partner, text, kill):
        """One life of the process; the receipts that came out whole."""
        process = self.start(partner)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
        reader.start()
        until = self.chance.randrange(len(text)) if kill and self.chance.random() < 0.7 else len(text)
        self.feed(process, text, until)
        if kill:
            try:
                process.wait(timeout=self.chance.random() * 0.5)
            except subprocess.TimeoutExpired:
                pass
            process.kill()
        process.wait(timeout=300)
        reader.join(timeout=60)
        process.stdout.close()
        if not process.stdin.closed:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
        return process.returncode, [json.loads(line) for line in lines if line.endswith("\n")]

    def check_receipts(self, partner, receipts):
        """What was answered before is double now, and what is double is a prefix."""
        answered = self.answered.setdefault(partner, set())
        seen, fresh = set(), False
        for receipt in receipts:
            if receipt["status"] == "afgewezen" or receipt["id"] in seen:
                continue
            seen.add(receipt["id"])
            if receipt["id"] in answered:
                self.assertEqual(receipt["status"], "dubbel", f"{receipt['id']} was answered and forgotten")
            double = receipt["status"] == "dubbel"
            self.assertFalse(double and fresh, f"a hole before {receipt['id']}")
            fresh = fresh or not double
        answered.update(seen)

    def texts(self):
        simulated = program.simulate(self.folder / "sim", self.seed, program.rounds(1000, 3000, 3000))
        texts = {}
        # An import answers by the thousand rows: only large deliveries are cut in their middle.
        for partner in ("de-friesland", "essent", "vitens"):
            paths = simulated[partner]
            pieces = [program.rows_of(path) for path in paths]
            if any(header for header, _ in pieces):
                headers = {header for header, _ in pieces}
                self.assertEqual(len(headers), 1)
            texts[partner] = pieces[0][0] + "".join(row for _, rows in pieces for row in rows)
        return texts

    def check_after_kill(self):
        if not (self.data / "db" / "CURRENT").exists():
            return self.assertFalse(any(self.answered.values()))
        program.verify(self.data)
        return self.no_case_doubled()

    def test_what_was_printed_is_kept(self):
        texts = self.texts()
        kills, cut = program.rounds(2, 5, 34), 0
        for partner, text in texts.items():
            for _ in range(kills):
                _, receipts = self.deliver(partner, text, kill=True)
                cut += 0 < len(receipts) < text.count("\n") - 1
                self.check_receipts(partner, receipts)
                self.check_after_kill()
            code, receipts = self.deliver(partner, text, kill=False)
            self.assertEqual(code, 0)
            self.check_receipts(partner, receipts)
        self.assertGreater(cut, 0, "no kill fell within a delivery")
        print(f"{cut} of {3 * kills} kills fell between the answers of one delivery")
        kept = self.no_case_doubled()
        counts = program.verify(self.data)
        self.data = self.folder / "straight"
        for partner, text in texts.items():
            self.assertEqual(self.deliver(partner, text, kill=False)[0], 0)
        self.assertEqual(kept, program.cases(self.data))
        self.assertEqual(counts, program.verify(self.data))


class Work(Folder):
    """Signals and the work on tasks come in over HTTP, from several sides at once."""

    def setUp(self):
        super().setUp()
        if not program.serves():
            self.skipTest("this program does not serve")
        self.lock = threading.Lock()
        self.signals = set()   # (partner, id) with a receipt
        self.attempts = {}     # case -> attempts that were answered
        self.tried = {}        # case -> attempts that were sent
        self.closed = set()    # cases whose outcome was answered

    def hand_in(self, server, chance, deliveries):
        partner, path = chance.choice(deliveries)
        header, rows = program.rows_of(path)
        first = chance.randrange(len(rows))
        body = header + "".join(rows[first:first + chance.randrange(1, 40)])
        status, answer = server.ask(partner, "POST", "/v1/vroegsignalen", body.encode())
        self.assertIn(status, (201, 429), answer)
        if status == 201:
            receipts = next(value for value in answer.values() if isinstance(value, list))
            with self.lock:
                self.signals.update((partner, receipt["id"]) for receipt in receipts
                                    if receipt["status"] != "afgewezen")

    def work_on_one(self, server, chance):
        status, answer = server.ask("coordinator", "GET", "/v1/taken")
        self.assertEqual(status, 200, answer)
        tasks = answer["taken"]
        homes = [task["huishoudenId"] for task in tasks]
        self.assertEqual(len(homes), len(set(homes)), "a task is doubled")
        if not tasks:
            return
        case = chance.choice(tasks)["zaakId"]
        if chance.random() < 0.7:
            self.attempt(server, case)
        else:
            body = json.dumps({"eindresultaat": QUICK_FIX, "datum": "2026-11-20"})
            status, answer = server.ask("coordinator", "POST", f"/v1/zaken/{case}/eindresultaat", body)
            self.assertIn(status, (200, 409), answer)
            if status == 200:
                with self.lock:
                    self.closed.add(case)

    def attempt(self, server, case):
        body = json.dumps({"soort": "Huisbezoek", "datum": "2026-11-20", "bereikt": False})
        with self.lock:
            self.tried[case] = self.tried.get(case, 0) + 1
        status, answer = server.ask("coordinator", "POST", f"/v1/zaken/{case}/contactpogingen", body)
        self.assertIn(status, (200, 409), answer)
        if status == 200:
            with self.lock:
                self.attempts[case] = self.attempts.get(case, 0) + 1

    def visitor(self, server, number, deliveries, failures):
        chance = random.Random(number)
        try:
            while True:
                if chance.random() < 0.4:
                    self.hand_in(server, chance, deliveries)
                else:
                    self.work_on_one(server, chance)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass  # the server is gone: what was under way got no answer
        except AssertionError as failure:
            failures.append(failure)

    def live(self, deliveries):
        server = program.Server(self.data)
        failures = []
        visitors = [threading.Thread(target=self.visitor, daemon=True,
                                     args=(server, self.chance.random(), deliveries, failures))
                    for _ in range(3)]
        for visitor in visitors:
            visitor.start()
        try:
            server.process.wait(timeout=0.2 + self.chance.random() * 1.5)
            failures.append(AssertionError("the server stopped by itself: " + server.said()))
        except subprocess.TimeoutExpired:
            pass
        server.kill()
        for visitor in visitors:
            visitor.join(timeout=90)
            self.assertFalse(visitor.is_alive())
        if failures:
            raise failures[0]

    def check_kept(self):
        program.verify(self.data)
        found = self.no_case_doubled()
        status = {case["zaakId"]: case["status"] for case in found}
        for case in self.closed:
            # A case that has another name since its household was joined: check_with_server() follows it.
            self.assertEqual(status.get(case, "gesloten"), "gesloten",
                             f"the outcome of {case} was answered and is gone")

    def check_attempts(self, server):
        """By what the cases are called now: two of households that were joined can be one."""
        there, answered, sent = {}, Counter(), Counter()
        for case, tries in self.tried.items():
            status, answer = server.ask("coordinator", "GET", f"/v1/zaken/{case}")
            if status == 404:
                self.assertNotIn(case, self.attempts, "worked on and gone")
                continue
            now = answer["zaakId"]
            there[now] = len(answer["contactpogingen"])
            answered[now] += self.attempts.get(case, 0)
            sent[now] += tries
        for case, count in there.items():
            self.assertGreaterEqual(count, answered[case], f"an attempt on {case} is gone")
            self.assertLessEqual(count, sent[case], f"an attempt on {case} counts twice")

    def check_with_server(self, deliveries):
        """Receipts, attempts and outcomes, asked of the next life."""
        server = program.Server(self.data)
        try:
            self.check_attempts(server)
            for case in self.closed:
                status, answer = server.ask("coordinator", "GET", f"/v1/zaken/{case}")
                self.assertEqual(status, 200, f"{case} had an outcome and is gone")
                self.assertEqual(answer["status"], "gesloten", f"the outcome of {case} is gone")
            for partner, path in deliveries:
                header, rows = program.rows_of(path)
                _, answer = server.ask(partner, "POST", "/v1/vroegsignalen", (header + "".join(rows)).encode())
                receipts = next(value for value in answer.values() if isinstance(value, list))
                first = {receipt["id"]: receipt["status"] for receipt in reversed(receipts)}
                for number, status in first.items():
                    if (partner, number) in self.signals:
                        self.assertEqual(status, "dubbel", f"{number} was answered and is gone")
        finally:
            self.assertEqual(server.stop(), 0, server.said())

    def test_what_was_answered_is_kept(self):
        simulated = program.simulate(self.folder / "sim", self.seed, 300, 3)
        deliveries = [(partner, path) for partner, paths in simulated.items() for path in paths]
        for _ in range(program.rounds(3, 7, 100)):
            self.live(deliveries)
            self.check_kept()
        self.assertTrue(self.signals and self.attempts, "nothing was answered: the rounds were too short")
        self.check_with_server(deliveries)
        self.check_kept()


if __name__ == "__main__":
    unittest.main()
