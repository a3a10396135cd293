"""The first of the month over nodes that share the partitions: signals of many municipalities, a few
of which have many; and what comes of it is what comes of a straight run.

Short: some municipalities. Long: 100,000 signals of 340 (VROEGSEIN_TEST_LENGTH=long).
"""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import broker  # noqa: E402
import kafka_suite  # noqa: E402
from kafka_suite import LENGTH, run, verify  # noqa: E402
from api_server import Server, a_signal, make_key  # noqa: E402

setUpModule = kafka_suite.setUpModule

SIGNALS, MUNICIPALITIES = (100_000, 340) if LENGTH == "long" else (3_000, 40)
HOUSES = 90_000  # a postcode's
PARTITIONS = 12
CLIENTS = 16
AT_ONCE = 500 if LENGTH == "long" else 50


def write_country(folder, *settings):
    """Municipalities of one team each, one partner; the configuration file and its key."""
    codes = [f"{number:04d}" for number in range(14, 14 + MUNICIPALITIES)]
    (folder / "gebieden.csv").write_text(
        "gemeentecode;postcode_van;postcode_tot;zone;team\n"
        + "".join(f"{code};1000;9999;Wijk;wijk\n" for code in codes), encoding="utf-8")
    (folder / "teams.csv").write_text(
        "gemeentecode;team;naam;capaciteit;specialismen;vangnet;medewerkers\n"
        + "".join(f"{code};wijk;Wijk;300;schuldhulp;ja;a:A\n" for code in codes), encoding="utf-8")
    key, digest = make_key()
    lines = ["gemeenten:"]
    for code in codes:
        lines += [f'  - code: "{code}"', "    gebieden: gebieden.csv", "    teams: teams.csv",
                  f"    beleid: {kafka_suite.TOP}/rules/policies/financieel-fit.dmn"]
    lines += ["partners:", "  - id: vitens", "    soorten: [Water]", f'    sleutels: ["{digest}"]']
    for name, more in (("vroegsein.yaml", settings), ("recht.yaml", ())):
        (folder / name).write_text("\n".join([*more, *lines]) + "\n", encoding="utf-8")
    return str(folder / "vroegsein.yaml"), str(folder / "recht.yaml"), key, codes


def made(codes):
    """The signals, unevenly: half of them of few municipalities. Some are below the threshold, so that
    the partner hears of them at once."""
    chance = random.Random(5)
    for number in range(SIGNALS):
        large = codes[min(len(codes), int(chance.paretovariate(0.8))) - 1]
        code = large if chance.random() < 0.5 else chance.choice(codes)
        yield a_signal(number % HOUSES + 1, id=f"B-{number:06}", klantnummer=f"K{number}",
                       gemeentecode=code, bedragCenten=100 if number % 10 == 0 else 34512,
                       client={"postcode": "8911A" + "AB"[number // HOUSES]})


class Country(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "knooppunten.geheim").write_text("s" * 40 + "\n", encoding="utf-8")
        halves = [list(range(PARTITIONS // 2)), list(range(PARTITIONS // 2, PARTITIONS))]
        settings = [*kafka_suite.kafka_settings(), "  afwezig-seconden: 3", "  checkpoints: checkpoints",
                    "  checkpoint-seconden: 1", "  knooppunten-geheim-bestand: knooppunten.geheim",
                    "  knooppunten:"]
        for name, port, owned, stood_for in zip(("een", "twee"), broker.free_ports(2), halves,
                                                reversed(halves)):
            settings += [f"    - naam: {name}", f"      adres: 127.0.0.1:{port}",
                         f"      eigenaar: {owned}", f"      reserve: {stood_for}"]
        self.topic = settings[2].split()[-1] + ".log"
        self.config, self.straight, self.key, codes = write_country(self.folder, *settings)
        kafka_suite.make_topics(self.config, partitions=PARTITIONS)
        self.rows = {one["id"]: json.dumps(one) for one in made(codes)}

    def serve(self, name, config=None, *arguments):
        server = Server(self.folder / name, "--config", config or self.config, *arguments)
        self.addCleanup(server.stop)
        return server

    def hand_in(self, servers, name, rows):
        """Until it was taken; by another node when this one is gone."""
        for _ in range(200):
            try:
                answer = servers[name].request("POST", "/v1/vroegsignalen", "\n".join(rows).encode(),
                                               self.key)
            except OSError:
                name = {"een": "twee", "twee": "een"}[name]
                time.sleep(0.1)  # style: a node that was killed says nothing when it is back
                continue
            if answer.status == 201:
                self.assertEqual(answer.json["afgewezen"], 0)
                return
            self.assertIn(answer.status, (429, 503), answer.bytes[:2000])
        self.fail("a delivery was never taken")

    def burst(self, servers, meanwhile=lambda: None):
        """Hands everything in, half of it to each node; the seconds that it took."""
        rows = list(self.rows.values())
        parts = [rows[first:first + AT_ONCE] for first in range(0, len(rows), AT_ONCE)]
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = [pool.submit(self.hand_in, servers, ("een", "twee")[number % 2], part)
                    for number, part in enumerate(parts)]
            meanwhile()
            for one in done:
                one.result()
        return time.monotonic() - began

    def in_order(self):
        """The signals as they stand in the log, each once."""
        said = subprocess.run(["kcat", "-C", "-e", "-q", "-b", kafka_suite.KAFKA.brokers, "-t",
                               self.topic, "-f", "%s"], capture_output=True, check=True,
                              timeout=300).stdout
        found = re.findall(rb"B-[0-9]{6}", said)
        return list(dict.fromkeys(one.decode() for one in found))

    def cases(self, folder):
        done = run("cases", "--data", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = map(json.loads, done.stdout.splitlines())
        return {one["zaakId"]: one for one in lines}

    def feedback(self, server):
        found, target = {}, "/v1/terugkoppelingen"
        while target:
            answer = server.request("GET", target, None, self.key)
            self.assertEqual(answer.status, 200, answer.bytes[:2000])
            for one in answer.json["terugkoppelingen"]:
                found[one["gemeentecode"], one["nummer"]] = (one["signaalId"], one["status"])
            more = answer.json["terugkoppelingen"] and answer.json.get("volgende")
            target = f"/v1/terugkoppelingen?vanaf={more}" if more else None
        return found

    def check_straight(self, servers):
        records = self.in_order()
        self.assertEqual(set(records), set(self.rows))
        quiet = self.serve("recht", self.straight)
        for first in range(0, len(records), 5_000):
            body = "\n".join(self.rows[one] for one in records[first:first + 5_000]).encode()
            answer = quiet.request("POST", "/v1/vroegsignalen", body, self.key)
            self.assertEqual(answer.status, 201, answer.bytes[:2000])
        feedback = self.feedback(quiet)
        self.assertEqual(len(feedback), SIGNALS // 10)
        for server in servers.values():
            self.assertEqual(self.feedback(server), feedback)
        self.assertEqual(quiet.stop(), 0)
        expected = self.cases(self.folder / "recht")
        self.assertGreater(len(expected), SIGNALS // 2)
        for name, server in servers.items():
            self.assertEqual(server.stop(), 0, "".join(server.said)[-3000:])
            found = {}
            for partition in range(PARTITIONS):
                found.update(self.cases(self.folder / name / "partities" / f"{partition:03}"))
            self.assertEqual(found.keys(), expected.keys())
            wrong = [one for one in found if found[one] != expected[one]]
            self.assertEqual([(found[one], expected[one]) for one in wrong[:3]], [])
            verify(self.folder / name, self.config, PARTITIONS)

    def serve_both(self):
        with ThreadPoolExecutor(2) as pool:
            return dict(zip(("een", "twee"), pool.map(
                lambda name: self.serve(name, None, "--node", name), ("een", "twee"))))

    def test_a_burst_over_two_nodes(self):
        servers = self.serve_both()
        seconds = self.burst(servers)
        memory = [int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.process.pid}/status")
                                .read_text("utf-8")).group(1)) // 1024 for server in servers.values()]
        print(f"{SIGNALS} signals of {MUNICIPALITIES} municipalities over two nodes: "
              f"{SIGNALS / seconds:.0f} a second, at most {memory} MB")
        self.check_straight(servers)

    def test_a_disk_is_lost_and_a_checkpoint_made_under_load_takes_its_place(self):
        servers = self.serve_both()
        figures = {}

        def lose():
            folder = self.folder / "checkpoints"
            deadline = time.monotonic() + kafka_suite.WAIT_SECONDS
            while not any(one.name.isdigit() for one in folder.glob("00[0-5]/*")):
                self.assertLess(time.monotonic(), deadline, "no checkpoint")
            servers["een"].stop(signal.SIGKILL)
            shutil.rmtree(self.folder / "een")
            began = time.monotonic()
            servers["een"] = self.serve("een", None, "--node", "een")
            figures["seconds"] = time.monotonic() - began

        self.burst(servers, lose)
        restored = [json.loads(line) for line in servers["een"].said if '"hersteld"' in line]
        self.assertTrue(restored)
        offsets = sum(int(one["checkpoint"]) for one in restored)
        print(f"a disk lost during {SIGNALS} signals: serving again {figures['seconds']:.2f} s later, "
              f"from checkpoints of {len(restored)} partitions with {offsets} records")
        self.check_straight(servers)


if __name__ == "__main__":
    unittest.main()
