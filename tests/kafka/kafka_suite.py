"""The program with its log on a real Apache Kafka broker: served, killed, doubled, and cut off.

One broker for the whole file (broker.py); every class has topics of its own.
"""

import base64
import hashlib
import http.client
import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "tests" / "api"))
sys.path.insert(0, str(TOP / "tests" / "kafka"))
import broker  # noqa: E402
import lifecycle_suite  # noqa: E402
import work_suite  # noqa: E402
from api_server import (  # noqa: E402
    BINARY, ApiTest, Contract, Server, a_signal, write_configuration)

LENGTH = os.environ.get("VROEGSEIN_TEST_LENGTH", "normal")
TOGETHER_MAX = 500
ROUNDS = {"short": 2, "long": 100}.get(LENGTH, 3)
PARTITIONS = 3  # 0080 is in the first, 0090 in the second, nobody in the third
WAIT_SECONDS = 60
NOTES_MAX = 150
GOES_ON_SECONDS = 4  # without waiting until somebody is missed: that takes afwezig-seconden, 6

KAFKA = None
NUMBERS = itertools.count(1)


def setUpModule():
    global KAFKA
    missing = broker.missing_tools()
    if missing:
        raise unittest.SkipTest(f"no {' and '.join(missing)}")
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    KAFKA = broker.Cluster(folder.name)
    KAFKA.start()
    unittest.addModuleCleanup(KAFKA.kill)


def kafka_settings(kafka=None):
    """The lines of a configuration file, with topics that nobody else has."""
    return ("kafka:", f"  brokers: {(kafka or KAFKA).brokers}", f"  voorvoegsel: t{next(NUMBERS)}")


def run(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=120)


def make_topics(config, replicas=1, partitions=PARTITIONS):
    # A broker opens its port a moment before it can make a topic.
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        made = run("topics", "--config", config, "--partitions", partitions, "--replicas", replicas)
        if made.returncode in (0, 2) or time.monotonic() > deadline:
            break
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    return made.stdout


class OnKafka:
    """What the API promises, promised with its log on Kafka."""

    @classmethod
    def setUpClass(cls):
        cls.settings = kafka_settings()
        with tempfile.TemporaryDirectory() as folder:
            make_topics(write_configuration(folder, *cls.settings)[0])
        super().setUpClass()


class WithoutKafka(ApiTest):
    def test_there_is_nothing_refused(self):
        self.call("fred", "GET", "/v1/afgekeurd", status=404)
        self.call("fred", "POST", "/v1/afgekeurd/opnieuw", {"id": "x/0/1"}, 404)


class Casework(OnKafka, lifecycle_suite.Casework):
    pass


if LENGTH == "long":
    class Deliveries(OnKafka, lifecycle_suite.Deliveries):
        pass

    class Lists(OnKafka, lifecycle_suite.Lists):
        pass

    class Work(OnKafka, work_suite.Work):
        pass


def verify(data, config, replayed=2):
    """Every promise holds, and the log read again from the brokers gives the same state: of so many
    partitions that have a municipality."""
    done = run("verify", "--data", data, "--config", config)
    if done.returncode != 0:
        raise AssertionError(f"verify: {done.stdout}{done.stderr}")
    replays = re.findall(r"^herhaling van het logboek: ([0-9a-f]{64})$", done.stdout, re.M)
    if len(replays) != replayed:
        raise AssertionError(f"not replayed: {done.stdout}")
    return done.stdout


class Nodes(unittest.TestCase):
    settings = ()
    kafka_more = ()
    kafka = None  # the one of the whole file
    replicas = 1

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "knooppunten.geheim").write_text("s" * 40 + "\n", encoding="utf-8")
        self.config, self.keys = write_configuration(self.folder, *self.settings,
                                                     *kafka_settings(self.kafka), *self.kafka_more)
        make_topics(self.config, self.replicas)
        self.prefix = re.search(r"voorvoegsel: (\S+)", Path(self.config).read_text("utf-8")).group(1)

    def brokers(self):
        return (self.kafka or KAFKA).brokers

    def produce(self, topic, records, *options):
        """Puts records on a topic, as somebody else would."""
        subprocess.run(["kcat", "-P", "-b", self.brokers(), "-t", f"{self.prefix}.{topic}", *options],
                       input=b"\n".join(records), check=True, timeout=60)

    def serve(self, name):
        server = Server(self.folder / name, "--config", self.config)
        self.addCleanup(server.stop)
        return server

    def ask(self, server, who, method, target, body=None, headers=None):
        body = None if body is None else json.dumps(body).encode()
        return server.request(method, target, body, self.keys[who], headers)

    def deliver(self, server, *signals):
        """The status of each signal. Many go in parts: a request has its largest size and its time."""
        statuses = []
        for first in range(0, len(signals), TOGETHER_MAX):
            answer = self.ask(server, "vitens", "POST", "/v1/vroegsignalen",
                              list(signals[first:first + TOGETHER_MAX]))
            self.assertEqual(answer.status, 201, answer.bytes[:2000])
            statuses += [receipt["status"] for receipt in answer.json["ontvangstbevestigingen"]]
        return statuses

    def tasks(self, server):
        answer = self.ask(server, "carel", "GET", "/v1/taken?aantal=200")
        self.assertEqual(answer.status, 200, answer.bytes[:2000])
        return sorted(task["zaakId"] for task in answer.json["taken"])

    def told(self, topic="terugkoppelingen"):
        """id -> (key, headers, event) of what is on the topic; how many there are."""
        said = subprocess.run(["kcat", "-C", "-e", "-q", "-b", self.brokers(), "-t",
                               f"{self.prefix}.{topic}", "-f", "%k\t%h\t%s\n"],
                              capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertNotIn("Proefpersoon", said)
        rows = [line.split("\t") for line in said.splitlines()]
        return {json.loads(event)["id"]: (key, headers, json.loads(event))
                for key, headers, event in rows}, len(rows)

    def until(self, wanted, what):
        deadline = time.monotonic() + WAIT_SECONDS
        while not what() == wanted:
            self.assertLess(time.monotonic(), deadline, f"never {wanted!r}; now {what()!r}")

    def stop_and_verify(self, **servers):
        for name, server in servers.items():
            self.assertEqual(server.stop(), 0, "".join(server.said))
            verify(self.folder / name, self.config)


def over_two_municipalities(first, count):
    return [a_signal(number, **({} if number % 2 else {"gemeentecode": "0090",
                                                       "client": {"postcode": "9203AA"}}))
            for number in range(first, first + count)]


class Life(Nodes):
    def test_what_was_answered_outlives_a_restart(self):
        server = self.serve("data")
        signals = over_two_municipalities(1, 20)
        self.assertEqual(self.deliver(server, *signals), ["aanvaard"] * 20)
        before = self.tasks(server)
        self.assertEqual(len(before), 10)
        self.assertEqual(server.stop(), 0)
        server = self.serve("data")
        self.assertEqual(self.tasks(server), before)
        self.assertEqual(self.deliver(server, *signals), ["dubbel"] * 20)

    def test_an_empty_disk_reads_it_all_again(self):
        server = self.serve("data")
        self.deliver(server, *over_two_municipalities(1, 50))
        before = self.tasks(server)
        self.assertEqual(server.stop(), 0)
        shutil.rmtree(self.folder / "data" / "partities")
        self.assertEqual(self.tasks(self.serve("data")), before)

    def test_two_nodes_are_one_desk(self):
        first, second = self.serve("een"), self.serve("twee")
        self.assertEqual(self.deliver(first, *over_two_municipalities(1, 10)), ["aanvaard"] * 10)
        self.assertEqual(self.deliver(second, *over_two_municipalities(1, 20)),
                         ["dubbel"] * 10 + ["aanvaard"] * 10)
        self.until(self.tasks(second), lambda: self.tasks(first))
        case = self.tasks(first)[0]
        attempt = {"soort": "Huisbezoek", "datum": a_signal(1)["signaaldatum"], "bereikt": True}
        path = f"/v1/zaken/{case}/contactpogingen"
        self.assertEqual(self.ask(first, "anneke", "POST", path, attempt).status, 200)
        first.stop(signal.SIGKILL)
        # The other goes on at once, with all that the first had answered.
        self.until(1, lambda: len(self.ask(second, "carel", "GET", f"/v1/zaken/{case}")
                                  .json["contactpogingen"]))
        self.assertEqual(self.deliver(second, *over_two_municipalities(21, 10)), ["aanvaard"] * 10)
        first = self.serve("een")
        self.until(self.tasks(second), lambda: self.tasks(first))
        self.stop_and_verify(een=first, twee=second)

    def test_nodes_may_start_at_once(self):
        with ThreadPoolExecutor(3) as pool:
            servers = list(pool.map(self.serve, ("een", "twee", "drie")))
        for number, server in enumerate(servers):
            self.assertEqual(self.deliver(server, a_signal(number + 1)), ["aanvaard"])
        self.stop_and_verify(**dict(zip(("een", "twee", "drie"), servers)))

    def test_more_than_one_log_for_one_folder_is_refused(self):
        self.assertEqual(self.serve("data").stop(), 0)
        for arguments in (("serve", "--data", self.folder / "data" / "partities" / "000"),
                          ("import", "--partner", "vitens", "--data",
                           self.folder / "data" / "partities" / "000", "-")):
            refused = run(*arguments)
            self.assertEqual(refused.returncode, 2, refused.stderr)
        other, _ = write_configuration(self.folder, *kafka_settings())
        missing = run("serve", "--data", self.folder / "data", "--config", other)
        self.assertEqual(missing.returncode, 2, missing.stderr)
        make_topics(other)
        elsewhere = run("serve", "--data", self.folder / "data", "--config", other)
        self.assertEqual(elsewhere.returncode, 2, elsewhere.stderr)

    def test_a_record_of_a_newer_version_stops_the_node_and_is_not_passed(self):
        server = self.serve("data")
        self.assertEqual(self.deliver(server, a_signal(1)), ["aanvaard"])
        self.produce("log", [b"\x08\x63"], "-p", "0", "-k", "0080")  # version 99
        self.assertEqual(server.process.wait(WAIT_SECONDS), 1)
        self.assertEqual(server.stop(), 1)
        said = "".join(server.said)
        self.assertIn("newer version", said)
        self.assertEqual(run("serve", "--data", self.folder / "data", "--config", self.config)
                         .returncode, 1)
        verify(self.folder / "data", self.config)


def bare(signal):
    return json.dumps(signal).encode()


def enveloped(signal, **changes):
    event = {"specversion": "1.0", "id": f"e-{signal['id']}", "time": "2026-11-20T09:00:00Z",
             "source": "urn:nld:oin:00000001234567890000:systeem:incasso",
             "type": "nl.vroegsignalering.signaal.v1", "datacontenttype": "application/json",
             "data": signal, **changes}
    return bare({name: value for name, value in event.items() if value is not None})


class Partners(Nodes):
    """Partners with topics of their own."""

    def letters(self, *options):
        done = run("deadletters", "list", "--config", self.config, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("Proefpersoon", done.stdout)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_a_signal_may_come_bare_or_in_an_envelope_and_twice_in_any_order(self):
        signals = over_two_municipalities(1, 20)
        records = [(bare if signal["id"][-1] < "5" else enveloped)(signal) for signal in signals]
        again = records[::-1]
        random.Random(7).shuffle(again)
        self.produce("in.vitens", records + again)
        server = self.serve("data")
        self.until(10, lambda: len(self.tasks(server)))
        self.assertEqual(self.deliver(server, *signals), ["dubbel"] * 20)
        self.assertEqual(self.letters(), [])
        self.stop_and_verify(data=server)

    def test_what_is_refused_says_why_and_where_and_the_rest_goes_on(self):
        server = self.serve("data")
        wrong = [bare(a_signal(1, bedragCenten=-5)), b"{ no json", b"\xff\xfe",
                 enveloped(a_signal(2), source=None), enveloped(a_signal(3), specversion="0.3"),
                 enveloped(a_signal(4, client={"postcode": "nergens"})), enveloped(a_signal(6), data="tekst")]
        self.produce("in.vitens", [*wrong, bare(a_signal(5))])
        self.until(len(wrong), lambda: len(self.letters()))
        self.until(1, lambda: len(self.tasks(server)))
        found = {(error["code"], error["veld"]) for letter in self.letters("--partner", "vitens")
                 for error in letter["fouten"]}
        for expected in (("bedrag-niet-positief", "/bedragCenten"), ("veld-verplicht", "/source"),
                         ("cloudevent-versie", "/specversion"),
                         ("postcode-ongeldig", "/data/client/postcode")):
            self.assertIn(expected, found)
        for letter in self.letters("--message"):
            origin = letter["herkomst"]
            self.assertEqual(origin["topic"], f"{self.prefix}.in.vitens")
            self.assertEqual(letter["id"], f"{origin['topic']}/{origin['partitie']}/{origin['offset']}")
            self.assertIn(base64.b64decode(letter["bericht"]), wrong)
        self.assertEqual(self.letters("--partner", "essent"), [])
        metrics = server.request("GET", "/metrics", management=True).text
        self.assertIn('vroegsein_signal_errors_total{code="cloudevent-versie"} 1', metrics)

    def test_a_record_that_is_far_too_long_stops_nobody(self):
        server = self.serve("data")
        # As JSON and base64 it would be more than a topic takes; packed, a broker takes much more.
        long = [b"x" * 900_000, b"{" + b" " * 20_000_000 + b"}"]
        names = b",".join(b'"%d":1' % number for number in range(6_500))
        self.produce("in.vitens", long, "-z", "gzip", "-X", "message.max.bytes=100000000")
        self.produce("in.vitens", [b"{" + names + b"}", bare(a_signal(1))])
        self.produce("in.essent", [bare(a_signal(2, soort="Energie"))])
        self.until(2, lambda: len(self.tasks(server)))
        self.until(3, lambda: len(self.letters()))
        letters = sorted(self.letters("--message"), key=lambda letter: letter["bytes"])
        self.assertEqual([letter["bytes"] for letter in letters],
                         [len(names) + 2, *map(len, long)])
        self.assertEqual(["bericht" in letter for letter in letters], [True, False, False])
        self.assertLess(len(letters[0]["fouten"]), 100)
        for letter in letters[1:]:
            self.assertEqual([error["code"] for error in letter["fouten"]], ["record-te-groot"])
            again = run("deadletters", "replay", "--config", self.config, "--id", letter["id"])
            self.assertEqual((again.returncode, again.stdout), (1, "0 opnieuw aangeleverd\n"), again.stderr)
            answer = self.ask(server, "greet", "POST", "/v1/afgekeurd/opnieuw", {"id": letter["id"]})
            self.assertEqual(answer.status, 409, answer.bytes[:2000])
            self.assertTrue(answer.json["type"].endswith(":bericht-te-groot"), answer.json)
        self.stop_and_verify(data=server)

    def test_a_known_id_with_other_content_is_told_to_the_administrator(self):
        server = self.serve("data")
        changed = bare(a_signal(1, bedragCenten=99_999))
        self.produce("in.vitens", [bare(a_signal(1)), bare(a_signal(1)), changed], "-p", "0")
        self.until(1, lambda: len(self.letters()))
        letter, = self.letters("--message")
        self.assertEqual([error["code"] for error in letter["fouten"]], ["inhoud-anders"])
        self.assertEqual(base64.b64decode(letter["bericht"]), changed)

    def test_all_are_handed_in_again_once_and_a_strange_record_hides_none(self):
        server = self.serve("data")
        self.produce("in.vitens", [bare(a_signal(1, bedragCenten=-5)), b"{ no json"])
        self.until(2, lambda: len(self.letters()))
        self.produce("afgekeurd", [b"of somebody else"])
        for count in (4, 6):
            done = run("deadletters", "replay", "--config", self.config, "--all")
            self.assertEqual((done.returncode, done.stdout), (0, "2 opnieuw aangeleverd\n"), done.stderr)
            self.until(count, lambda: len(self.letters()))
        listed = self.ask(server, "greet", "GET", "/v1/afgekeurd")
        self.assertEqual(len(listed.json["afgekeurd"]), 6)

    def test_an_administrator_sees_what_may_be_of_the_own_municipalities_only(self):
        server = self.serve("data")
        self.produce("in.vitens", [b"{ no json"])  # may be of 0090
        self.produce("in.essent", [b"{ no json"])  # of 0080
        self.until(2, lambda: len(self.letters()))
        listed = self.ask(server, "fred", "GET", "/v1/afgekeurd").json["afgekeurd"]
        self.assertEqual([letter["partner"] for letter in listed], ["essent"])
        other, = self.letters("--partner", "vitens")
        refused = self.ask(server, "fred", "POST", "/v1/afgekeurd/opnieuw", {"id": other["id"]})
        self.assertEqual(refused.status, 404)

    def test_after_a_repair_it_is_handed_in_again(self):
        server = self.serve("data")
        signal = a_signal(1, soort="Energie", gemeentecode="0090", client={"postcode": "9203AA"})
        self.produce("in.essent", [bare(signal)])
        self.until(1, lambda: len(self.letters()))
        letter, = self.letters()
        self.assertEqual(server.stop(), 0)
        # The partner had not been admitted to that municipality.
        path = Path(self.config)
        path.write_text(path.read_text("utf-8").replace('    soorten: [Energie]\n    gemeenten: ["0080"]',
                                                       "    soorten: [Energie]"), "utf-8")
        server = self.serve("data")
        none = run("deadletters", "replay", "--config", self.config, "--id", "niets")
        self.assertEqual(none.returncode, 1, none.stderr)
        done = run("deadletters", "replay", "--config", self.config, "--id", letter["id"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.over_http(server, letter)
        tasks = lambda: self.ask(server, "hans", "GET", "/v1/taken").json["taken"]  # noqa: E731
        self.until(1, lambda: len(tasks()))
        self.assertEqual(len(self.letters()), 1)

    def over_http(self, server, letter):
        """The same for an administrator, and for nobody else."""
        contract = Contract()

        def ask(who, method, target, status, body=None):
            answer = self.ask(server, who, method, target, body)
            self.assertEqual(answer.status, status, answer.bytes[:2000])
            self.assertIsNone(contract.check(method, target, answer), answer.bytes[:2000])
            return answer.json

        self.assertEqual(ask("greet", "GET", "/v1/afgekeurd?partner=essent", 200)["afgekeurd"], [letter])
        self.assertEqual(ask("greet", "GET", "/v1/afgekeurd?partner=vitens", 200)["afgekeurd"], [])
        again = "/v1/afgekeurd/opnieuw"
        self.assertEqual(ask("greet", "POST", again, 200, {"id": letter["id"]})["id"], letter["id"])
        ask("greet", "POST", again, 404, {"id": "niets"})
        ask("greet", "POST", again, 400, {})
        ask("carel", "GET", "/v1/afgekeurd", 403)

    def test_nodes_share_the_work_and_one_that_goes_leaves_none_undone(self):
        first, second = self.serve("een"), self.serve("twee")
        signals = over_two_municipalities(1, 300)
        self.produce("in.vitens", map(bare, signals[:200]))
        self.until(True, lambda: len(self.tasks(second)) > 0)
        first.stop(signal.SIGKILL)
        self.produce("in.vitens", map(bare, signals[200:]))
        self.until(150, lambda: len(self.tasks(second)))
        self.assertEqual(self.deliver(second, *signals), ["dubbel"] * 300)
        self.stop_and_verify(twee=second)


class Returning(Nodes):
    """A node that is killed while partners send: it goes on with their topics at once, and with all of them."""

    def take_in(self, server, count, topic, records, *options):
        self.produce(topic, map(bare, records), *options)
        self.until(count, lambda: len(self.tasks(server)))

    def test_it_goes_on_before_it_is_missed(self):
        server = self.serve("data")
        for number in range(3):
            began = time.monotonic()
            self.take_in(server, 20 * (number + 1), "in.vitens", over_two_municipalities(40 * number + 1, 40))
            if number > 0:
                self.assertLess(time.monotonic() - began, GOES_ON_SECONDS)
            server.stop(signal.SIGKILL)
            server = self.serve("data")
        self.stop_and_verify(data=server)

    def test_topics_and_partitions_that_were_made_meanwhile_are_read(self):
        whole = self.config
        self.config = str(self.folder / "minder.yaml")
        text = Path(whole).read_text("utf-8")
        essent = re.search(r"  - id: essent\n(    .*\n)+", text).group()
        Path(self.config).write_text(text.replace(essent, ""), "utf-8")
        server = self.serve("data")
        self.take_in(server, 1, "in.vitens", [a_signal(1)])
        server.stop(signal.SIGKILL)
        KAFKA.more_partitions(f"{self.prefix}.in.vitens", 4)
        self.config = whole
        server = self.serve("data")
        self.take_in(server, 2, "in.vitens", [a_signal(2)], "-p", "3")
        self.take_in(server, 3, "in.essent", [a_signal(3, soort="Energie")])
        self.stop_and_verify(data=server)

    def test_whose_place_is_taken_takes_it_back(self):
        server = self.serve("data")
        self.take_in(server, 1, "in.vitens", [a_signal(1)])
        # As kafka_group.cpp names it: the node, the folder, and what it found.
        known = f"{socket.gethostname()} {self.folder / 'data'}" + "".join(
            f"\n{self.prefix}.in.{partner} {PARTITIONS}" for partner in ("essent", "vitens"))
        instance = hashlib.blake2b(known.encode(), digest_size=16).hexdigest()
        other = subprocess.Popen(
            ["kcat", "-b", KAFKA.brokers, "-X", f"group.instance.id={instance}", "-X", "enable.auto.commit=false",
             "-G", f"{self.prefix}.inname", f"{self.prefix}.in.vitens"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        self.until(True, lambda: any('"kafka-inname"' in line for line in server.said))
        self.take_in(server, 2, "in.vitens", [a_signal(2)])
        self.stop_and_verify(data=server)

    def test_who_stops_leaves_its_topics_to_the_others_at_once(self):
        first, second = self.serve("een"), self.serve("twee")
        self.take_in(second, 20, "in.vitens", over_two_municipalities(1, 40))
        self.assertEqual(first.stop(), 0)
        began = time.monotonic()
        for partition in range(PARTITIONS):
            self.take_in(second, 40 + 20 * partition, "in.vitens",
                         over_two_municipalities(41 + 40 * partition, 40), "-p", str(partition))
        self.assertLess(time.monotonic() - began, GOES_ON_SECONDS)
        self.stop_and_verify(twee=second)


class Rough(Nodes):
    """Under load, with somebody who kills it."""

    settings = ("verzoek-seconden: 5",)

    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("VROEGSEIN_SEED", random.SystemRandom().randrange(1 << 30)))
        print(f"VROEGSEIN_SEED={seed}", flush=True)
        self.chance = random.Random(seed)
        self.numbers = itertools.count(1)
        self.lock = threading.Lock()
        self.enough = threading.Event()
        self.sent = {}      # number -> signal
        self.answered = set()
        self.wrong = []     # what went wrong at a visitor
        self.notes = {}     # text -> (case, whether it was answered)

    made = staticmethod(over_two_municipalities)

    def fresh(self, count):
        """Signals that nobody else sends: fewer than 20. The first is of 0090, the next of 0080, and so on."""
        with self.lock:
            signals = self.made(next(self.numbers) * 20, count)
            self.sent.update((one["id"], one) for one in signals)
        return signals

    def visit(self, server):
        try:
            self.hand_in(server)
        except Exception as wrong:
            self.wrong.append(wrong)
            raise

    def hand_in(self, server):
        """Deliveries until the server is gone, does not take them any more, or it is enough."""
        while not self.enough.is_set():
            signals = self.fresh(self.chance.randrange(1, 20))
            try:
                answer = self.ask(server, "vitens", "POST", "/v1/vroegsignalen", signals)
            except (OSError, http.client.HTTPException):
                return
            if answer.status != 201:
                self.assertIn(answer.status, (429, 503), answer.bytes[:2000])
                return
            receipts = answer.json["ontvangstbevestigingen"]
            with self.lock:
                self.answered.update(one["id"] for one in receipts)
            cases = [one["zaakId"] for one in receipts if (one["zaakId"] or "").startswith("0080")]
            few = len(self.notes) < NOTES_MAX
            if cases and few and not self.write_down(server, self.chance.choice(cases)):
                return

    def write_down(self, server, case):
        """A worker's note, as the screen sends it: with a key; False when there was no answer."""
        with self.lock:
            text = f"notitie-{next(self.numbers)}"
            self.notes[text] = (case, False)
        try:
            status = self.note(server, case, text)
        except (OSError, http.client.HTTPException):
            return False
        self.assertIn(status, (200, 429, 503))
        if status == 200:
            self.notes[text] = (case, True)
        return status == 200

    def note(self, server, case, text):
        return self.ask(server, "carel", "POST", f"/v1/zaken/{case}/notities", {"tekst": text},
                        {"Idempotency-Key": text}).status

    def visitors(self, server):
        threads = [threading.Thread(target=self.visit, args=(server,), daemon=True)
                   for _ in range(3)]
        for thread in threads:
            thread.start()
        return threads

    def stop_visitors(self, threads):
        self.enough.set()
        self.join(threads)
        self.enough.clear()

    def join(self, threads):
        for thread in threads:
            thread.join(WAIT_SECONDS)
            self.assertFalse(thread.is_alive())
        self.assertEqual(self.wrong, [])

    def check_topic(self, server):
        """What a partner puts on its topic comes in. REQUIRES: no visitors."""
        def applied():
            text = server.request("GET", "/metrics", management=True).text
            return int(float(re.search(r'^vroegsein_desk_events_total\{soort="signaal"\} (\S+)$', text, re.M)[1]))
        before = applied()
        self.produce("in.vitens", map(bare, self.fresh(3)))
        self.until(before + 3, applied)

    def check_answered(self, server):
        """Whatever had a receipt is there, and nothing is there twice."""
        before = len(self.answered)
        self.assertGreater(before, 0)
        for number in sorted(self.answered):
            self.assertEqual(self.deliver(server, self.sent[number]), ["dubbel"], number)
        everything = self.deliver(server, *self.sent.values())
        self.assertNotIn("afgewezen", everything)
        self.assertEqual(self.deliver(server, *self.sent.values()), ["dubbel"] * len(self.sent))

    def test_killed_again_and_again(self):
        for _ in range(ROUNDS):
            server = self.serve("data")
            threads = self.visitors(server)
            threads[0].join(0.2 + self.chance.random())
            server.stop(signal.SIGKILL)
            self.join(threads)
        server = self.serve("data")
        self.check_answered(server)
        self.stop_and_verify(data=server)

    def test_the_broker_is_killed_and_comes_back(self):
        server = self.serve("data")
        threads = self.visitors(server)
        threads[0].join(0.5)
        KAFKA.kill()
        self.join(threads)
        # Away: it says so within the time of a request, and stays on its feet.
        refused = self.ask(server, "vitens", "POST", "/v1/vroegsignalen", [a_signal(7)])
        self.assertIn(refused.status, (429, 503))
        self.assertEqual(self.ask(server, "carel", "GET", "/v1/taken").status, 200)
        ready = lambda: server.request("GET", "/readyz", management=True).status  # noqa: E731
        self.assertEqual(ready(), 503)
        self.assertEqual(server.request("GET", "/healthz", management=True).status, 200)
        KAFKA.start()
        self.until(200, ready)
        self.until(201, lambda: self.ask(server, "vitens", "POST", "/v1/vroegsignalen",
                                         [a_signal(8)]).status)
        self.check_topic(server)
        self.check_answered(server)
        self.stop_and_verify(data=server)


if __name__ == "__main__":
    unittest.main()
