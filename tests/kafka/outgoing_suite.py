"""What goes out over topics of a real broker: known by its ids, also after a crash (kafka_suite.py)."""

import shutil
import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import kafka_suite  # noqa: E402
from kafka_suite import over_two_municipalities  # noqa: E402
from api_server import a_signal  # noqa: E402

setUpModule = kafka_suite.setUpModule


class Outgoing(kafka_suite.Nodes):
    """What partners hear, and open tasks."""

    kafka_more = ("  bron: urn:nld:oin:00000001234567890000:systeem:proef",)

    def heard(self, server):
        """The same as GET /v1/terugkoppelingen has it."""
        answer = self.ask(server, "vitens", "GET", "/v1/terugkoppelingen")
        return {f"{one['gemeentecode']}/vitens/{one['nummer']}": one
                for one in answer.json["terugkoppelingen"]}

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
        self.until(True, lambda: f"{case}/2" in self.told("taken")[0])
        ended = {"eindresultaat": "Inwoner is overleden", "datum": a_signal(1)["signaaldatum"]}
        answer = self.ask(server, "anneke", "POST", f"{work}/eindresultaat", ended)
        self.assertEqual(answer.status, 200, answer.bytes[:2000])
        self.until(True, lambda: f"{case}/3" in self.told("taken")[0])
        told, count = self.told("taken")
        self.assertEqual([told[f"{case}/{number}"][2]["data"]["status"] for number in (1, 2, 3)],
                         ["open", "opgepakt", "vervallen"])
        key, _, event = told[f"{case}/1"]
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
