"""Nodes that share the partitions of a log on a real broker: each answers for every municipality.

0080 is in the first partition, 0090 in the second, nobody in the third (kafka_suite.py).
"""

import http.client
import json
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
from kafka_suite import LENGTH, ROUNDS, over_two_municipalities, verify  # noqa: E402
from api_server import Server, a_signal  # noqa: E402

setUpModule = kafka_suite.setUpModule
ABSENT_SECONDS = 3
STOP_SECONDS = 25
GONE_SECONDS = 60 if LENGTH == "long" else 10


class Shared(kafka_suite.Nodes):
    """Three nodes; `places`: name -> (partitions that it owns, those that it stands by for)."""

    places = {"een": ([0], []), "twee": ([1], []), "drie": ([2], [])}
    more = ()

    def setUp(self):
        ports = broker.free_ports(len(self.places))
        self.kafka_more = [*self.more, "  knooppunten-geheim-bestand: knooppunten.geheim", "  knooppunten:"]
        for (name, (owned, stood_for)), port in zip(self.places.items(), ports):
            self.kafka_more += [f"    - naam: {name}", f"      adres: 127.0.0.1:{port}",
                                f"      eigenaar: {owned}", f"      reserve: {stood_for}"]
        super().setUp()
        self.ports = dict(zip(self.places, ports))

    def serve(self, name, **more):
        server = Server(self.folder / name, "--config", self.config, "--node", name, **more)
        self.addCleanup(server.stop)
        return server

    def serve_all(self):
        with ThreadPoolExecutor(len(self.places)) as pool:
            return dict(zip(self.places, pool.map(self.serve, self.places)))

    def stop_all_and_verify(self, servers):
        """Every node has what its places say, and that is what its log says."""
        for name, server in servers.items():
            self.assertEqual(server.stop(), 0, "".join(server.said))
            held = sorted(sum(self.places[name], []))
            folders = sorted(int(path.name) for path in (self.folder / name / "partities").iterdir())
            self.assertEqual(folders, held)
            verify(self.folder / name, self.config, sum(1 for one in held if one < 2))

    def in_log(self):
        return subprocess.run(
            ["kcat", "-C", "-e", "-q", "-b", self.brokers(), "-t", f"{self.prefix}.log",
             "-f", "%s"], capture_output=True, check=True, timeout=120).stdout.decode(errors="replace")


class Forwarding(Shared):
    """Partitions spread, none of them on two nodes."""

    def test_every_node_answers_for_every_municipality(self):
        servers = self.serve_all()
        first = 1
        for server in servers.values():
            signals = over_two_municipalities(first, 20)
            self.assertEqual(self.deliver(server, *signals), ["aanvaard"] * 20)
            self.assertEqual(self.deliver(servers["drie"], *signals), ["dubbel"] * 20)
            first += 20
        lists = [self.tasks(server) for server in servers.values()]
        self.assertEqual(len(lists[0]), 30)
        self.assertEqual(lists, [lists[0]] * 3)
        case = lists[0][0]
        for count, server in enumerate(servers.values(), 1):
            attempt = {"soort": "Huisbezoek", "datum": a_signal(1)["signaaldatum"], "bereikt": False}
            answer = self.ask(server, "anneke", "POST", f"/v1/zaken/{case}/contactpogingen", attempt)
            self.assertEqual((answer.status, len(answer.json["contactpogingen"])), (200, count))
        found = self.ask(servers["drie"], "carel", "POST", "/v1/taken/zoeken", {"zoek": "8911AA"})
        self.assertLess(found.status, 500, found.bytes[:2000])
        report = [self.ask(server, "dirk", "GET", "/v1/werkvoorraad").bytes
                  for server in servers.values()]
        self.assertEqual(report, [report[0]] * 3)
        self.stop_all_and_verify(servers)

    def test_without_its_only_node_a_municipality_has_to_wait(self):
        servers = self.serve_all()
        self.assertEqual(self.deliver(servers["twee"], *over_two_municipalities(1, 10)),
                         ["aanvaard"] * 10)
        servers["een"].stop(signal.SIGKILL)
        gone = self.ask(servers["twee"], "carel", "GET", "/v1/taken")
        self.assertEqual(gone.status, 503)
        self.assertIn("Retry-After", gone.headers)
        refused = self.ask(servers["twee"], "vitens", "POST", "/v1/vroegsignalen", [a_signal(21)])
        self.assertIn(refused.status, (429, 503))
        self.assertIn("Retry-After", refused.headers)
        # The others' work goes on.
        self.assertEqual(self.ask(servers["drie"], "hans", "GET", "/v1/taken").status, 200)
        servers["een"] = self.serve("een")
        self.assertEqual(self.deliver(servers["drie"], *over_two_municipalities(1, 10)),
                         ["dubbel"] * 10)
        self.stop_all_and_verify(servers)

    def test_what_waits_on_topics_for_one_municipality_keeps_nobody_else_waiting(self):
        servers = self.serve_all()
        both = over_two_municipalities(1, 20)
        self.produce("in.vitens", map(kafka_suite.bare, both))
        self.until([10, 10], lambda: self.tasks_of(servers["twee"], "carel", "hans"))
        servers["een"].stop(signal.SIGKILL)
        more = over_two_municipalities(21, 360)
        for first in range(0, len(more), 60):
            self.produce("in.vitens", map(kafka_suite.bare, more[first:first + 60]))
            self.until([10 + (first + 60) // 2], lambda: self.tasks_of(servers["twee"], "hans"))
        self.assertTrue(any("waits, and the rest goes on" in line for name in ("twee", "drie")
                            for line in servers[name].said))
        servers["een"] = self.serve("een")
        self.until([190, 190], lambda: self.tasks_of(servers["twee"], "carel", "hans"))
        # Not again and again meanwhile: only what is behind the first that waits, when its topic's
        # partition goes from one node to another.
        self.assertLess(self.in_log().count("WS-"), 5 * 380)
        self.assertEqual(self.deliver(servers["drie"], *both, *more), ["dubbel"] * 380)
        self.stop_all_and_verify(servers)

    def tasks_of(self, server, *who):
        lists = [self.ask(server, one, "GET", "/v1/taken?aantal=200") for one in who]
        return [len(answer.json["taken"]) for answer in lists]

    def test_a_screen_on_one_node_hears_what_happens_on_another(self):
        servers = self.serve_all()
        connection = http.client.HTTPConnection(*servers["drie"].public, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", "/v1/gebeurtenissen",
                           headers={"Authorization": f"Bearer {self.keys['carel']}"})
        stream = connection.getresponse()
        self.assertEqual(stream.status, 200)
        heard = {}
        for number in range(1, 200):
            self.assertEqual(self.deliver(servers["twee"], a_signal(number)), ["aanvaard"])
            line = stream.readline()
            while not line.startswith(b"event: "):
                line = stream.readline()
            data = json.loads(stream.readline().removeprefix(b"data: "))
            heard[line] = data
            if b"gewijzigd" in line:
                break
        self.assertIn(data["zaakId"], self.tasks(servers["een"]))

    def test_only_nodes_may_ask(self):
        self.serve_all()
        connection = http.client.HTTPConnection("127.0.0.1", self.ports["een"], timeout=60)
        self.addCleanup(connection.close)
        for headers in ({}, {"Authorization": "Bearer " + "t" * 40},
                        {"Authorization": f"Bearer {self.keys['carel']}"}):
            connection.request("POST", "/lees", b"", headers)
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 401)

    def test_a_node_that_has_no_place_does_not_start(self):
        config = Path(self.config)
        for wrong, right in (("naam: drie", "naam: vier"), ("eigenaar: [2]", "eigenaar: [3]"),
                             ("eigenaar: [2]", "eigenaar: [1, 2]")):
            text = config.read_text("utf-8")
            config.write_text(text.replace(wrong, right), "utf-8")
            refused = kafka_suite.run("serve", "--data", self.folder / "drie", "--node", "drie",
                                      "--config", self.config)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            config.write_text(text, "utf-8")


class TwoNodes(Shared, kafka_suite.Rough):
    """Two nodes: each owns a municipality, and stands by for the other's. What comes of it is held
    against a straight run."""

    places = {"een": ([0, 2], [1]), "twee": ([1], [0, 2])}
    more = (f"  afwezig-seconden: {ABSENT_SECONDS}", "  bron: urn:nld:oin:00000001234567890000:systeem:proef",
            "  checkpoints: checkpoints", "  checkpoint-seconden: 1")
    test_killed_again_and_again = None
    test_the_broker_is_killed_and_comes_back = None

    def setUp(self):
        super().setUp()
        text = Path(self.config).read_text("utf-8")
        self.embedded = str(self.folder / "zonder-kafka.yaml")
        Path(self.embedded).write_text(
            text[:text.index("kafka:")] + text[text.index("gemeenten:"):], "utf-8")
        self.on_topic = set()

    def put_on_topic(self):
        """Some signals as a partner puts them on its own topic: none may be lost."""
        signals = self.fresh(15)
        self.produce("in.vitens", map(kafka_suite.bare, signals))
        self.on_topic.update(one["id"] for one in signals)
        return {one["id"] for one in signals if one["bedragCenten"] == 100}

    @staticmethod
    def made(first, count):
        """Some of them partners hear of at once, and some are of one household."""
        signals = over_two_municipalities(first, count)
        for number, one in enumerate(signals, first):
            one["client"]["huisnummer"] = str(number // 6 % 99_999 + 1)
        return [dict(one, bedragCenten=100) if number % 3 == 0 else one
                for number, one in enumerate(signals)]

    def remember(self, one):
        self.sent[one["id"]] = one
        return one

    def owned(self, server):
        """How many partitions the node said that it owns, last."""
        said = [line for line in server.said if '"eigenaar"' in line]
        return int(json.loads(said[-1])["partities"]) if said else 0

    def records(self):
        """The ids of the signals in the log, in its order, each once."""
        return list(dict.fromkeys(re.findall(r"WS-[0-9]+", self.in_log())))

    def cases(self, folder):
        done = kafka_suite.run("cases", "--data", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = map(json.loads, done.stdout.splitlines())
        return {one["zaakId"]: {name: value for name, value in one.items() if name != "deadline"}
                for one in lines}

    def check_straight(self, servers, then=lambda quiet: None):
        """Signals, cases, tasks and feedback are those of one server with a log of its own that was
        handed the same records in the same order, and left in peace; `then` does what was done
        besides."""
        self.until(set(), lambda: self.on_topic - set(self.records()))
        records = self.records()
        self.assertLessEqual(self.answered, set(records))
        if self.notes:
            self.check_notes(servers)
        quiet = Server(self.folder / "recht", "--config", self.embedded)
        self.addCleanup(quiet.stop)
        self.deliver(quiet, *(self.sent[one] for one in records))
        then(quiet)
        for server in servers.values():
            self.assertEqual(self.tasks(server), self.tasks(quiet))
            self.assertEqual(self.feedback(server), self.feedback(quiet))
        heard = self.feedback(quiet)
        self.assertEqual(quiet.stop(), 0)
        expected = self.cases(self.folder / "recht")
        self.until({f"{code}/vitens/{number}" for code, number, *_ in heard},
                   lambda: set(self.told()[0]))
        self.until({case for case, one in expected.items() if one["status"] == "open"},
                   self.open_on_topic)
        self.check_ids()
        self.stop_all_and_verify(servers)
        for name in servers:
            found = {}
            for partition in (0, 1):
                found.update(self.cases(self.folder / name / "partities" / f"{partition:03}"))
            self.assertEqual(found, expected)

    def open_on_topic(self):
        """The cases that have an open task, as the topic tells it."""
        last = {}
        for number, (_, _, event) in self.told("taken")[0].items():
            case, _, change = number.rpartition("/")
            last[case] = max(last.get(case, (0, "")), (int(change), event["data"]["status"]))
        return {case for case, (_, status) in last.items() if status != "vervallen"}

    def check_notes(self, servers):
        """What a worker was answered is there once; what was not answered at most once, and once when
        it comes again."""
        self.assertGreater(sum(answered for _, answered in self.notes.values()), 0)
        for text, (case, answered) in sorted(self.notes.items()):
            for server in servers.values():
                self.assertIn(self.times(server, case, text), (1,) if answered else (0, 1), text)
            if not answered:
                self.assertEqual(self.note(next(iter(servers.values())), case, text), 200)
        for text, (case, _) in sorted(self.notes.items()):
            self.until([1] * len(servers),
                       lambda: [self.times(one, case, text) for one in servers.values()])  # noqa: B023

    def times(self, server, case, text):
        found = self.ask(server, "carel", "GET", f"/v1/zaken/{case}")
        self.assertEqual(found.status, 200, found.bytes[:2000])
        return [note["tekst"] for note in found.json["notities"]].count(text)

    def check_ids(self):
        """What is on the topics under one id says one thing."""
        for topic in ("taken", "terugkoppelingen"):
            said = subprocess.run(
                ["kcat", "-C", "-e", "-q", "-b", self.brokers(), "-t",
                 f"{self.prefix}.{topic}", "-f", "%s\n"], capture_output=True, text=True, check=True,
                timeout=60).stdout
            first = {}
            for event in map(json.loads, said.splitlines()):
                self.assertEqual(first.setdefault(event["id"], event["data"]), event["data"])

    def feedback(self, server):
        found, target = [], "/v1/terugkoppelingen"
        while target:
            answer = self.ask(server, "vitens", "GET", target)
            self.assertEqual(answer.status, 200, answer.bytes[:2000])
            found += answer.json["terugkoppelingen"]
            more = answer.json["terugkoppelingen"] and answer.json.get("volgende")
            target = f"/v1/terugkoppelingen?vanaf={more}" if more else None
        return sorted((one["gemeentecode"], one["nummer"], one["signaalId"], one["status"])
                      for one in found)


class Standby(TwoNodes):
    def test_the_owner_is_killed_under_load(self):
        servers = self.serve_all()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        threads = self.visitors(servers["twee"])
        threads[0].join(1)
        servers["een"].stop(signal.SIGKILL)
        began = time.monotonic()
        self.until(201, lambda: self.ask(servers["twee"], "vitens", "POST", "/v1/vroegsignalen",
                                         self.fresh(2)).status)
        answered = time.monotonic() - began
        self.until(3, lambda: self.owned(servers["twee"]))
        owned = time.monotonic() - began
        print(f"taken over: answered after {answered:.2f} s, owner after {owned:.2f} s "
              "(of which afwezig-seconden: 3)")
        self.assertLess(owned, 5 if LENGTH != "short" else kafka_suite.WAIT_SECONDS)
        threads[0].join(1)
        servers["een"] = self.serve("een")
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        threads += self.visitors(servers["een"])
        threads[0].join(1)
        self.stop_visitors(threads)
        self.check_straight(servers)

    def test_a_node_that_lost_its_disk_goes_on_from_a_checkpoint(self):
        servers = self.serve_all()
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])
        threads = self.visitors(servers["twee"])
        made = self.folder / "checkpoints" / "000"
        self.until(True, lambda: made.is_dir() and any(one.name.isdigit() for one in made.iterdir()))
        servers["een"].stop(signal.SIGKILL)
        shutil.rmtree(self.folder / "een")
        threads[0].join(0.5)
        servers["een"] = self.serve("een")
        restored = [json.loads(line) for line in servers["een"].said if '"hersteld"' in line]
        self.assertEqual({int(one["partitie"]) for one in restored} & {0}, {0})
        self.assertGreater(int(restored[0]["checkpoint"]), 0)
        self.stop_visitors(threads)
        self.check_straight(servers)

    def test_nodes_come_and_go_under_load(self):
        servers = self.serve_all()
        for number in range(ROUNDS if LENGTH == "long" else 2):
            goes, stays = (("een", "twee"), ("twee", "een"))[number % 2]
            threads = self.visitors(servers[stays])
            threads[0].join(0.5)
            self.put_on_topic()
            self.assertEqual(servers[goes].stop(), 0, "".join(servers[goes].said))
            self.put_on_topic()
            threads[0].join(0.5)
            servers[goes] = self.serve(goes)
            threads += self.visitors(servers[goes])
            threads[0].join(0.5)
            self.stop_visitors(threads)
        self.check_straight(servers)

    @unittest.skipUnless(LENGTH == "long", "the long form")
    def test_owners_are_killed_in_turn_under_load(self):
        servers = self.serve_all()
        for number in range(ROUNDS):
            goes, stays = (("een", "twee"), ("twee", "een"))[number % 2]
            threads = self.visitors(servers[stays]) + self.visitors(servers[goes])
            threads[0].join(0.3 + self.chance.random())
            self.put_on_topic()
            servers[goes].stop(signal.SIGKILL)
            self.put_on_topic()
            threads[0].join(0.3 + self.chance.random())
            servers[goes] = self.serve(goes)
            self.stop_visitors(threads)
        self.check_straight(servers)

    def test_what_partners_send_twice_and_out_of_order_counts_once(self):
        servers = self.serve_all()
        signals = [self.remember(one) for one in self.made(1, 200)]
        again = signals * 2
        self.chance.shuffle(again)
        records = [kafka_suite.bare(one) for one in again]
        self.produce("in.vitens", records[:200])
        self.answered = {one["id"] for one in signals}
        servers["twee"].stop(signal.SIGKILL)
        self.produce("in.vitens", records[200:])
        servers["twee"] = self.serve("twee")
        self.until(True, lambda: self.answered <= set(self.records()))
        self.check_straight(servers)

    def last_of_0080(self):
        """A signal as it stands in the log, with an id of two digits."""
        said = subprocess.run(
            ["kcat", "-C", "-e", "-q", "-b", self.brokers(), "-t", f"{self.prefix}.log", "-p", "0", "-f",
             "%S\n%s"], capture_output=True, check=True, timeout=120).stdout
        found = None
        while said:
            size, _, said = said.partition(b"\n")
            one, said = said[:int(size)], said[int(size):]
            if re.search(rb"WS-\d\d", one):
                found = one
        return found

    def produce_one(self, topic, record, *options):
        """A record of any bytes."""
        path = self.folder / "record"
        path.write_bytes(record)
        subprocess.run(["kcat", "-P", "-b", self.brokers(), "-t", f"{self.prefix}.{topic}", *options, path],
                       check=True, timeout=60)

    def test_a_record_of_a_newer_version_stops_whoever_has_that_partition(self):
        servers = self.serve_all()
        for one in self.made(1, 20):
            self.assertEqual(self.deliver(servers["twee"], self.remember(one)), ["aanvaard"])
            self.answered.add(one["id"])
        quiet = Server(self.folder / "recht", "--config", self.embedded)
        self.addCleanup(quiet.stop)
        self.deliver(quiet, *self.sent.values())
        heard = {f"{code}/vitens/{number}" for code, number, *_ in self.feedback(quiet)}
        self.assertEqual(quiet.stop(), 0)
        expected = self.cases(self.folder / "recht")
        self.until((heard, set(expected)), lambda: (set(self.told()[0]), self.open_on_topic()))
        signal_of_0080 = self.last_of_0080()
        self.produce("log", [b"\x08\x63"], "-p", "0", "-k", "0080")  # version 99
        # Behind it one that is right, of somebody new: applied, it would be a case.
        self.produce_one("log", re.sub(rb"WS-\d\d", b"WS-99", signal_of_0080), "-p", "0", "-k", "0080")
        for name, server in servers.items():
            self.assertEqual(server.process.wait(kafka_suite.WAIT_SECONDS), 1)
            self.assertEqual(server.stop(), 1)
            self.assertIn("newer version", "".join(server.said))
            verify(self.folder / name, self.config)
            # All that came before it was applied, as in a straight run; nothing after it.
            found = {}
            for partition in (0, 1):
                found.update(self.cases(self.folder / name / "partities" / f"{partition:03}"))
            self.assertEqual(found, expected)


class ThreeBrokers(TwoNodes):
    """A cluster that keeps three copies, of which it loses one, and all of them."""

    replicas = 3

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.kafka = broker.Cluster(folder.name, 3)
        cls.kafka.start()
        cls.addClassCleanup(cls.kafka.kill)

    def leader(self):
        """The broker that leads the partition of 0080."""
        said = subprocess.run(["kcat", "-L", "-b", self.brokers(), "-t", f"{self.prefix}.log"],
                              capture_output=True, text=True, check=True, timeout=60).stdout
        number = int(re.search(r"partition 0, leader (\d+)", said).group(1))
        return next(node for node in self.kafka.nodes if node.number == number)

    def served(self, server):
        self.until(201, lambda: self.ask(server, "vitens", "POST", "/v1/vroegsignalen",
                                         self.fresh(2)).status)

    def own(self, servers):
        self.until([2, 1], lambda: [self.owned(server) for server in servers.values()])

    def test_each_is_killed_in_turn_under_load(self):
        servers = self.serve_all()
        self.own(servers)
        others = [node for node in self.kafka.nodes if node is not self.leader()]
        for node in (self.leader(), *others):
            threads = self.visitors(servers["een"]) + self.visitors(servers["twee"])
            threads[0].join(0.5)
            node.kill()
            told = self.put_on_topic()
            self.served(servers["een"])
            # Whoever would lapse by it has lapsed by then; what it owns it owns without that broker.
            time.sleep(ABSENT_SECONDS)  # style: this is what is tried
            self.own(servers)
            self.until(set(), lambda: told - {one[2] for one in self.feedback(servers["een"])})  # noqa: B023
            node.start()
            node.wait()
            self.stop_visitors(threads)
        self.check_straight(servers)

    def test_all_are_gone_for_a_while(self):
        servers = self.serve_all()
        self.own(servers)
        threads = self.visitors(servers["een"]) + self.visitors(servers["twee"])
        threads[0].join(0.5)
        self.put_on_topic()
        self.kafka.kill()
        self.join(threads)
        time.sleep(GONE_SECONDS)  # style: this is what is tried
        # Who has to stop meanwhile stops: nothing waits for brokers without end.
        began = time.monotonic()
        self.assertEqual(servers["een"].stop(), 0, "".join(servers["een"].said))
        self.assertLess(time.monotonic() - began, STOP_SECONDS)
        self.kafka.start()
        servers["een"] = self.serve("een")
        self.put_on_topic()
        self.served(servers["twee"])
        self.own(servers)
        self.check_straight(servers)


if __name__ == "__main__":
    unittest.main()
