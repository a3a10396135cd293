"""A broker that lets in whom it knows, over TLS, and lets everybody do what the ACLs of
deploy/README.md say, and no more.
"""

import json
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import broker  # noqa: E402
import certificates  # noqa: E402
import kafka_suite  # noqa: E402
import nodes_suite  # noqa: E402
from api_server import a_signal  # noqa: E402

PASSWORD = "geheim-van-de-balie-7Kq"
PARTNER_PASSWORD = "geheim-van-de-partner-3Xp"
PREFIX = "vroegsein"  # as deploy/README.md has it


def acls():
    """The commands of deploy/README.md."""
    text = (broker.TOP / "deploy" / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines()
             if line.startswith("kafka-acls ") and "--add" in line]
    assert lines, "deploy/README.md has no ACLs"
    return [shlex.split(line)[1:] for line in lines]


def setUpModule():
    missing = broker.missing_tools()
    if missing:
        raise unittest.SkipTest(f"no {' and '.join(missing)}")
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    certificates_folder = Path(folder.name) / "certificates"
    certificates_folder.mkdir()
    secured = broker.Secured(certificates_folder,
                             {"vroegsein": PASSWORD, "vitens": PARTNER_PASSWORD})
    kafka_suite.KAFKA = broker.Cluster(folder.name, secured=secured)
    kafka_suite.KAFKA.start()
    unittest.addModuleCleanup(kafka_suite.KAFKA.kill)
    config, _ = kafka_suite.write_configuration(folder.name, "kafka:",
                                                f"  brokers: {kafka_suite.KAFKA.brokers}")
    kafka_suite.make_topics(config)
    for command in acls():
        place = command.index("--bootstrap-server")
        kafka_suite.KAFKA.allow(*command[:place], *command[place + 2:])


def secured():
    return kafka_suite.KAFKA.secured


def by_password(**changes):
    said = {"brokers": secured().by_password, "tls": "ja", "ca": secured().authority.path,
            "sasl": "SCRAM-SHA-512", "gebruiker": "vroegsein", "wachtwoord-bestand": "wachtwoord",
            **changes}
    return [f"  {name}: {value}" for name, value in said.items() if value is not None]


def by_certificate(**changes):
    certificate, key, _ = secured().authority.sign("vroegsein")
    return by_password(**{"brokers": secured().by_certificate, "certificaat": certificate,
                          "sleutel": key, "sasl": None, "gebruiker": None,
                          "wachtwoord-bestand": None, **changes})


class WaysIn(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "wachtwoord").write_text(PASSWORD + "\n", encoding="utf-8")
        (self.folder / "verkeerd").write_text("wachtwoord-verkeerd\n", encoding="utf-8")

    def ask(self, settings):
        """`topics`, which makes nothing where all is there."""
        config, _ = kafka_suite.write_configuration(self.folder, "kafka:", *settings)
        return kafka_suite.run("topics", "--config", config, "--partitions", 3, "--replicas", 1)

    def refused(self, settings, word):
        done = self.ask(settings)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(word, done.stderr)
        for secret in (PASSWORD, "wachtwoord-verkeerd", "PRIVATE"):
            self.assertNotIn(secret, done.stdout + done.stderr)

    def test_by_password_or_certificate(self):
        for settings in (by_password(), by_password(sasl="PLAIN"), by_certificate()):
            done = self.ask(settings)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("vroegsein.log is er al: 3 partities", done.stdout)

    def test_who_does_not_come_in_hears_why(self):
        another = certificates.Authority(self.folder, "another")
        for settings, word in (
                (by_password(**{"wachtwoord-bestand": "verkeerd"}), "kafka.wachtwoord-bestand"),
                (by_password(gebruiker="iemand"), "kafka.gebruiker"),
                (by_password(sasl="PLAIN", **{"wachtwoord-bestand": "verkeerd"}),
                 "kafka.wachtwoord-bestand"),
                (by_password(sasl="SCRAM-SHA-256"), "kafka.sasl"),
                (by_password(ca=another.path), "kafka.ca"),
                (by_password(ca=None), "kafka.ca"),
                (by_password(brokers=secured().elsewhere, sasl=None, gebruiker=None), "another host"),
                (by_certificate(certificaat=None, sleutel=None), "kafka.certificaat")):
            with self.subTest(word=word):
                self.refused(settings, word)

    def test_a_certificate_of_nobody_is_not_taken(self):
        another = certificates.Authority(self.folder, "another")
        certificate, key, _ = another.sign("vroegsein")
        self.refused(by_certificate(certificaat=certificate, sleutel=key),
                     "kafka.certificaat")


class LeastRights(nodes_suite.Shared):
    """Two nodes that share the partitions do all that they do with the rights of deploy/README.md."""

    places = {"een": ([0, 2], [1]), "twee": ([1], [0, 2])}

    def setUp(self):
        self.more = ("  bron: urn:nld:oin:00000001234567890000:systeem:proef",)
        super().setUp()
        self.prefix = PREFIX
        (self.folder / "wachtwoord").write_text(PASSWORD + "\n", encoding="utf-8")
        text = Path(self.config).read_text("utf-8")
        text = re.sub(r"  voorvoegsel: .*\n", "", text)
        Path(self.config).write_text(re.sub(r"  brokers: .*\n", "\n".join(by_password()) + "\n", text),
                                     "utf-8")

    def put(self, who, password, topic):
        """Whether that user may put a record on the topic."""
        done = subprocess.run(
            ["kcat", "-P", "-b", secured().by_password, "-t", topic, "-X", "security.protocol=SASL_SSL",
             "-X", f"ssl.ca.location={secured().authority.path}", "-X", "sasl.mechanism=PLAIN", "-X",
             f"sasl.username={who}", "-X", f"sasl.password={password}", "-X", "message.timeout.ms=5000"],
            input=json.dumps(a_signal(40)).encode(), capture_output=True, check=False, timeout=60)
        return done.returncode == 0

    def test_it_suffices(self):
        servers = self.serve_all()
        signals = [dict(one, bedragCenten=100) if number % 3 == 0 else one
                   for number, one in enumerate(kafka_suite.over_two_municipalities(1, 12))]
        self.assertEqual(self.deliver(servers["een"], *signals), ["aanvaard"] * 12)
        # What it stands by for, the other node reads in its own folder, which may be a moment behind.
        self.until(self.tasks(servers["een"]), lambda: self.tasks(servers["twee"]))
        self.until(True, lambda: len(self.told()[0]) == 4 and len(self.told("taken")[0]) == 8)
        self.assertTrue(self.put("vitens", PARTNER_PASSWORD, f"{PREFIX}.in.vitens"))
        self.until(5, lambda: len(self.tasks(servers["een"])))
        self.produce("in.vitens", [b"{ no json"])
        letters = lambda *verb: kafka_suite.run(  # noqa: E731
            "deadletters", *verb, "--config", self.config)
        self.until(1, lambda: len(letters("list").stdout.splitlines()))
        replayed = letters("replay", "--all")
        self.assertEqual(replayed.returncode, 0, replayed.stderr)
        for topic in ("log", "in.essent", "taken", "afgekeurd"):
            self.assertFalse(self.put("vitens", PARTNER_PASSWORD, f"{PREFIX}.{topic}"), topic)
        for server in servers.values():
            said = "".join(server.said)
            self.assertNotIn('"gebeurtenis":"kafka', said)
            self.assertNotIn(PASSWORD, said)
        self.stop_all_and_verify(servers)


def load_tests(loader, _, __):
    suite = unittest.TestSuite()
    for case in (WaysIn, LeastRights):
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
