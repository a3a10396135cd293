"""What goes out over topics of a real broker: known by its ids, also after a crash (kafka_suite.py)."""

import shutil
import signal
import struct
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import kafka_suite  # noqa: E402
from kafka_suite import over_two_municipalities  # noqa: E402
from api_server import Server, a_signal  # noqa: E402

setUpModule = kafka_suite.setUpModule

ENDED = {"eindresultaat": "Inwoner is overleden", "datum": a_signal(1)["signaaldatum"]}


class Outgoing(kafka_suite.Nodes):
    """What partners hear, and open tasks."""

    kafka_more = ("  bron: urn:nld:oin:00000001234567890000:systeem:proef",)

    def heard(self, server):
        """The same as GET /v1/terugkoppelingen has it."""
        answer = self.ask(server, "vitens", "GET", "/v1/terugkoppelingen")
        return {f"{one['gemeentecode']}/vitens/{one['nummer']}": one
                for one in answer.json["terugkoppelingen"]}

    def changes(self, case):
        """number -> data, of what was told of the task of a case."""
        return {int(number.rpartition("/")[2]): event["data"]
                for number, (_, _, event) in self.told("taken")[0].items()
                if number.startswith(f"{case}/")}

    def statuses(self, case):
        return [data["status"] for _, data in sorted(self.changes(case).items())]

    def copy_log(self, prefix):
        """The same records in the same order, on the log of another prefix."""
        for partition, key in ((0, "0080"), (1, "0090")):
            said = subprocess.run(["kcat", "-C", "-e", "-q", "-b", kafka_suite.KAFKA.brokers, "-t",
                                   f"{self.prefix}.log", "-p", str(partition), "-f", "%R%s"],
                                  capture_output=True, check=True, timeout=60).stdout
            files = []
            while said:
                size, = struct.unpack(">i", said[:4])
                files.append(self.folder / f"record-{partition}-{len(files):05}")
                files[-1].write_bytes(said[4:4 + size])
                said = said[4 + size:]
            subprocess.run(["kcat", "-P", "-b", kafka_suite.KAFKA.brokers, "-t", f"{prefix}.log",
                            "-p", str(partition), "-k", key, *files], check=True, timeout=60)

    def test_whoever_has_the_same_log_tells_the_same_ids(self):
        server = self.serve("data")
        self.deliver(server, *over_two_municipalities(1, 6), dict(a_signal(7), bedragCenten=100))
        claimed, ended, _ = self.tasks(server)
        self.until(6, lambda: len(self.told("taken")[0]))
        for case in (claimed, ended):
            self.assertEqual(
                self.ask(server, "anneke", "POST", f"/v1/zaken/{case}/oppakken").status, 200)
        self.until(8, lambda: len(self.told("taken")[0]))
        answer = self.ask(server, "anneke", "POST", f"/v1/zaken/{ended}/eindresultaat", ENDED)
        self.assertEqual(answer.status, 200, answer.bytes[:2000])
        self.deliver(server, a_signal(8))
        self.until(["open", "opgepakt", "vervallen"], lambda: self.statuses(ended))
        self.until(10, lambda: len(self.told("taken")[0]))
        self.assertEqual(server.stop(), 0)
        tasks, feedback = (self.told(topic)[0] for topic in ("taken", "terugkoppelingen"))
        config = Path(self.config)
        config.write_text(config.read_text("utf-8").replace(
            f"voorvoegsel: {self.prefix}\n", f"voorvoegsel: {self.prefix}-anders\n"), "utf-8")
        kafka_suite.make_topics(config)
        self.copy_log(f"{self.prefix}-anders")
        self.prefix += "-anders"
        server = Server(self.folder / "anders", "--config", config)
        self.addCleanup(server.stop)
        self.until(set(feedback), lambda: set(self.told()[0]))
        # It tells what is open now, and not how it came to be: the last of each case.
        last = {}
        for number in sorted(tasks, key=lambda one: int(one.rpartition("/")[2])):
            last[number.rpartition("/")[0]] = number
        del last[ended]
        self.until(set(last.values()), lambda: set(self.told("taken")[0]))
        for number, (_, _, event) in self.told("taken")[0].items():
            self.assertEqual(event["data"], tasks[number][2]["data"])
        self.assertEqual(server.stop(), 0)

    def test_it_is_the_same_as_over_http_and_known_by_its_id(self):
        server = self.serve("data")
        small = [dict(one, bedragCenten=100) for one in over_two_municipalities(1, 6)]
        self.deliver(server, *small)
        expected = self.heard(server)
        self.assertEqual(len(expected), 6)
        self.until(set(expected), lambda: set(self.told()[0]))
        for number, (key, headers, event) in self.told()[0].items():
            self.assertEqual(key, expected[number]["gemeentecode"])
            self.assertIn("content-type=application/cloudevents+json", headers)
            self.assertEqual(event.pop("data"), expected[number])
            self.assertEqual(event.pop("time"), expected[number]["tijdstip"])
            self.assertEqual(event, {"specversion": "1.0", "id": number,
                                     "source": "urn:nld:oin:00000001234567890000:systeem:proef",
                                     "type": "nl.vroegsein.terugkoppeling.v1",
                                     "datacontenttype": "application/json"})
        server.stop(signal.SIGKILL)
        server = self.serve("data")
        self.deliver(server, dict(a_signal(9), bedragCenten=100))
        self.until(7, lambda: len(self.told()[0]))
        # Who forgot what it told reads it there, and tells none twice.
        self.assertEqual(server.stop(), 0)
        before = self.told()[1]
        shutil.rmtree(self.folder / "data" / "uitgave")
        server = self.serve("data")
        self.deliver(server, dict(a_signal(10), bedragCenten=100))
        self.until(before + 1, lambda: self.told()[1])
        self.assertEqual(set(self.told()[0]), set(self.heard(server)))

    def test_open_tasks_go_out_each_time_that_they_change(self):
        server = self.serve("data")
        self.deliver(server, *over_two_municipalities(1, 6))
        case = self.tasks(server)[0]
        self.until(6, lambda: len(self.told("taken")[0]))
        work = f"/v1/zaken/{case}"
        self.assertEqual(self.ask(server, "anneke", "POST", f"{work}/oppakken").status, 200)
        self.until(["open", "opgepakt"], lambda: self.statuses(case))
        answer = self.ask(server, "anneke", "POST", f"{work}/eindresultaat", ENDED)
        self.assertEqual(answer.status, 200, answer.bytes[:2000])
        self.until(["open", "opgepakt", "vervallen"], lambda: self.statuses(case))
        told, count = self.told("taken")
        key, _, event = next(one for number, one in told.items() if number.startswith(f"{case}/"))
        data = event["data"]
        self.assertEqual((key, data["zaakId"], data["gemeentecode"]), ("0080", case, "0080"))
        self.assertEqual(set(data), {"zaakId", "gemeentecode", "status", "team", "zone",
                                     "prioriteit", "score", "crisis", "deadline"})
        self.assertEqual(event["type"], "nl.vroegsein.taak.v1")
        self.assertEqual(set(event), {"specversion", "id", "source", "type", "time",
                                      "datacontenttype", "data"})
        # Nothing is told again after a crash, also by who has to read what was told.
        server.stop(signal.SIGKILL)
        shutil.rmtree(self.folder / "data" / "uitgave")
        server = self.serve("data")
        self.deliver(server, a_signal(7))
        self.until(count + 1, lambda: self.told("taken")[1])
        self.stop_and_verify(data=server)


if __name__ == "__main__":
    unittest.main()
