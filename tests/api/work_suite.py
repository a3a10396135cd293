"""The work of a team: the list, the next task, handing over, notes, undo, drafts, filters, overview, and
what a screen hears of it."""

import http.client
import json
import re
import sys
import threading
import time
import unittest
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import TODAY, TOMORROW, YESTERDAY, ApiTest, Server, a_signal  # noqa: E402

ATTEMPT = {"soort": "Telefoon", "datum": TODAY, "bereikt": False}


def code_of(answer):
    return answer.json["type"].rsplit(":", 1)[1]


class Lists(ApiTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        test = cls()
        test.deliver(*[a_signal(n, client={"straatnaam": "Lange Marktstraat"}) for n in range(1, 6)])
        test.deliver(a_signal(6, client={"achternaam": "Ångström-Wiersma", "postcode": "8915AA"}))
        cls.crisis = test.a_case(7, dreiging="afsluiting-water", dreigingsdatum=TOMORROW)

    def runTest(self):
        """For setUpClass: a test without a method of its own."""

    def search(self, who="carel", **question):
        found, cursor = [], None
        while True:
            page = self.call(who, "POST", "/v1/taken/zoeken",
                             {**question, **({"cursor": cursor} if cursor else {})}, 200).json
            found += page["taken"]
            cursor = page["volgende"]
            if cursor is None:
                return found

    def test_a_crisis_is_on_top_of_every_page_size(self):
        for count in (1, 2, 50):
            found, target = [], f"/v1/taken?aantal={count}"
            while target:
                page = self.call("carel", "GET", target, status=200).json
                found += page["taken"]
                target = page["_links"].get("next", {}).get("href")
            self.assertEqual(found[0]["zaakId"], self.crisis)
            self.assertEqual(len({one["zaakId"] for one in found}), 7)
            self.assertEqual(len(found), 7)
        self.assertEqual(self.call("carel", "GET", "/v1/taken?crisis=ja", status=200).json["taken"][0]
                         ["zaakId"], self.crisis)
        self.assertEqual(len(self.search(crisis="nee")), 6)
        self.assertEqual(self.search(teLaat="ja"), [])

    def test_words_are_found_however_they_are_spelled(self):
        for words, count in (("marktstraat", 5), ("MARKTSTRAAT lange", 5), ("angstrom", 1),
                             ("wiersma 8915", 1), ("8911ad 3", 1), ("nergens", 0), ("  ", 7)):
            self.assertEqual(len(self.search(zoek=words)), count, words)
            self.assertEqual(len(self.search(zoek=words, aantal=2)), count, words)
        self.assertEqual(len(self.search(soort="Water")), 7)
        self.assertEqual(len(self.search(soort="Huur")), 0)
        self.assertEqual(len(self.search(who="bea", zoek="wiersma")), 1)
        self.assertEqual(len(self.search(who="anneke", zoek="wiersma")), 0)
        self.call("anneke", "POST", "/v1/taken/zoeken", {"team": "noord"}, 403)
        self.call("anneke", "POST", "/v1/taken/zoeken", {"cursor": "x"}, 400)
        self.call("anneke", "POST", "/v1/taken/zoeken", {"aantal": 0}, 400)

    def test_a_row_says_what_a_worker_needs(self):
        row = self.search(zoek="angstrom")[0]
        self.assertEqual((row["naam"], row["soorten"], row["laatsteContactpoging"], row["volgendeStap"]),
                         ("J. Ångström-Wiersma", ["Water"], None, None))


class Work(ApiTest):
    def test_two_at_once_get_two_tasks(self):
        cases = {self.a_case(n, client={"postcode": "8915AA"}) for n in range(20, 28)}
        got, lock = [], threading.Lock()

        def pull(who):
            while True:
                answer = self.call(who, "POST", "/v1/taken/volgende", {"team": "noord"})
                if answer.status != 200:
                    return
                with lock:
                    got.append((who, answer.json["zaakId"], answer.json["behandelaar"]))
        pullers = [threading.Thread(target=pull, args=(who,)) for who in ("bea", "carel")]
        for one in pullers:
            one.start()
        for one in pullers:
            one.join()
        self.assertTrue({case for _, case, _ in got} >= cases)
        self.assertEqual(len({case for _, case, _ in got}), len(got))
        self.assertTrue(all(who == assignee for who, _, assignee in got))
        self.assertEqual(code_of(self.call("bea", "POST", "/v1/taken/volgende", {}, 404)), "geen-taak")
        self.call("anneke", "POST", "/v1/taken/volgende", {"team": "noord"}, 403)

    def test_a_coordinator_never_takes_anothers_work_by_accident(self):
        first, second, gone = self.a_case(30), self.a_case(31), "0080-99999-1"
        north = self.a_case(32, client={"postcode": "8915AA"})
        closed = self.a_case(33)
        self.call("anneke", "POST", f"/v1/zaken/{closed}/eindresultaat",
                  {"eindresultaat": "Inwoner is overleden", "datum": TODAY}, 200)
        self.call("anneke", "POST", f"/v1/zaken/{second}/oppakken", {}, 200)
        asked = [{"zaakId": one, "verwachteBehandelaar": None}
                 for one in (first, second, gone, north, closed, "0090-1-1", "x")]
        said = self.call("carel", "POST", "/v1/taken/toewijzen",
                         {"behandelaar": "gerrit", "zaken": asked}, 200).json["resultaten"]
        self.assertEqual([one["code"] for one in said],
                         [None, "taak-veranderd", "niet-gevonden", "medewerker-onbekend",
                          "zaak-gesloten", "geen-toegang", "niet-gevonden"])
        shown = self.call("carel", "GET", f"/v1/zaken/{second}", status=200).json
        self.assertEqual(shown["behandelaar"], "anneke")
        refused = self.call("carel", "POST", f"/v1/zaken/{second}/toewijzen",
                            {"behandelaar": "gerrit", "verwachteBehandelaar": "gerrit"}, 409)
        self.assertEqual(code_of(refused), "taak-veranderd")
        for wrong in ({}, {"behandelaar": None, "zaken": []}, [], {"behandelaar": 1, "zaken": asked},
                      {"behandelaar": None, "zaken": [{"zaakId": first}]},
                      {"behandelaar": None, "zaken": asked, "meer": 1}):
            self.call("carel", "POST", "/v1/taken/toewijzen", wrong, 400)

    def test_all_of_an_absent_colleague(self):
        cases = [self.a_case(n) for n in range(40, 43)]
        for case in cases:
            self.call("carel", "POST", f"/v1/zaken/{case}/toewijzen", {"behandelaar": "gerrit"}, 200)
        said = self.call("carel", "POST", "/v1/medewerkers/gerrit/overdragen",
                         {"behandelaar": "anneke"}, 200).json
        self.assertTrue({one["zaakId"] for one in said["resultaten"]} >= set(cases))
        self.assertFalse(said["meer"])
        mine = self.call("anneke", "GET", "/v1/taken?behandelaar=anneke&aantal=200", status=200).json
        self.assertTrue({one["zaakId"] for one in mine["taken"]} >= set(cases))
        said = self.call("carel", "POST", "/v1/medewerkers/anneke/overdragen", {}, 200).json
        self.assertEqual({one["status"] for one in said["resultaten"]}, {"toegewezen"})
        left = self.call("anneke", "GET", "/v1/taken?behandelaar=anneke", status=200).json["taken"]
        self.assertEqual(left, [])

    def test_the_last_action_can_be_undone(self):
        path = f"/v1/zaken/{self.a_case(50)}"
        before = self.call("anneke", "GET", path, status=200).json
        steps = (("/oppakken", {}, "oppakken"),
                 ("/contactpogingen", {**ATTEMPT, "volgendeStap": "Huisbezoek",
                                       "volgendeStapDatum": TOMORROW}, "contactpoging"),
                 ("/notities", {"tekst": "Belt liever na zes uur."}, "notitie"),
                 ("/toewijzen", {"behandelaar": "gerrit"}, "toewijzen"),
                 ("/regie", {"regisseur": "gerrit"}, "regie"))
        for suffix, body, name in steps:
            done = self.call("anneke", "POST", path + suffix, body, 200).json
            self.assertEqual(done["ongedaanTeMaken"], name)
            seen = self.call("carel", "GET", path, status=200).json
            self.assertIsNone(seen["ongedaanTeMaken"])
            refused = self.call("carel", "POST", path + "/ongedaan-maken", {}, 409)
            self.assertEqual(code_of(refused), "niet-ongedaan-te-maken")
            after = self.call("anneke", "POST", path + "/ongedaan-maken", {}, 200).json
            self.assertEqual(after, before, name)
        self.call("anneke", "POST", path + "/ongedaan-maken", {}, 409)

    def test_an_outcome_can_be_taken_back(self):
        number = 55
        path = f"/v1/zaken/{self.a_case(number)}"
        self.call("anneke", "POST", path + "/contactpogingen", {**ATTEMPT, "bereikt": True}, 200)
        self.call("carel", "POST", path + "/notities", {"tekst": "Wil graag hulp."}, 200)
        report = f"/v1/rapportages/trechter?van={YESTERDAY}&tot={TOMORROW}"
        def counted():
            cases = self.call("carel", "GET", report, status=200).json["totaal"]["zaken"]
            return cases["open"], cases["hulpAanvaard"]
        before, counted_before = self.call("anneke", "GET", path, status=200).json, counted()
        ended = {"eindresultaat": "Vervolghulp en/of verwijzing financieel", "datum": TODAY}
        done = self.call("anneke", "POST", path + "/eindresultaat", ended, 200).json
        self.assertEqual((done["status"], done["ongedaanTeMaken"]), ("gesloten", "eindresultaat"))
        self.assertEqual(counted(), (counted_before[0] - 1, counted_before[1] + 1))
        self.assertIsNone(self.call("carel", "GET", path, status=200).json["ongedaanTeMaken"])
        refused = self.call("carel", "POST", path + "/ongedaan-maken", {}, 409)
        self.assertEqual(code_of(refused), "niet-ongedaan-te-maken")
        after = self.call("anneke", "POST", path + "/ongedaan-maken", {}, 200).json
        self.assertEqual(after, before)
        self.assertEqual(counted(), counted_before)
        told = [one for one in self.call("vitens", "GET", "/v1/terugkoppelingen?aantal=1000", status=200)
                .json["terugkoppelingen"] if one["signaalId"] == f"WS-{number}"]
        self.assertEqual([(one["hulpAanvaard"], one["vervangt"]) for one in told],
                         [(True, None), (False, told[0]["nummer"])])
        self.assertIsNone(told[1]["opschortenTotEnMet"])
        self.call("anneke", "POST", path + "/eindresultaat", ended, 200)
        self.call("anneke", "POST", path + "/ongedaan-maken", {}, 200)

    def test_a_request_that_comes_again_counts_once(self):
        path = f"/v1/zaken/{self.a_case(65)}"
        for suffix, body, other, made in (
                ("/contactpogingen", ATTEMPT, {**ATTEMPT, "bereikt": not ATTEMPT["bereikt"]}, "contactpogingen"),
                ("/notities", {"tekst": "Belt liever."}, {"tekst": "Belt liever niet."}, "notities")):
            def ask(key, status=200, who="anneke", body=body, suffix=suffix):
                return self.call(who, "POST", path + suffix, body, status, headers={"Idempotency-Key": key})
            first = ask('"8e03978e-40d5"').json
            self.assertEqual(len(first[made]), 1)
            self.assertEqual(ask("8e03978e-40d5").json, first)
            self.assertEqual(code_of(ask("8e03978e-40d5", 409, body=other)), "sleutel-hergebruikt")
            self.assertEqual(len(ask("8e03978e-40d5", who="carel").json[made]), 2)
            self.assertEqual(len(ask("8e03978e-40d6", body=other).json[made]), 3)
            self.assertEqual(len(self.call("anneke", "POST", path + suffix, body, 200).json[made]), 4)
            self.assertEqual(len(self.call("anneke", "POST", path + suffix, body, 200).json[made]), 5)
            for wrong in ("", '""', "x" * 101, "met spatie", 'a"b'):
                self.assertEqual(ask(wrong, 400).json["fouten"][0]["code"], "sleutel-ongeldig")

    def test_a_diary_and_aftercare(self):
        path = f"/v1/zaken/{self.a_case(60)}"
        step = {"volgendeStap": "Huisbezoek", "volgendeStapDatum": TOMORROW}
        done = self.call("anneke", "POST", path + "/contactpogingen", {**ATTEMPT, **step}, 200).json
        self.assertEqual(done["volgendeStap"], {"soort": "Huisbezoek", "datum": TOMORROW})
        done = self.call("anneke", "POST", path + "/contactpogingen", ATTEMPT, 200).json
        self.assertIsNone(done["volgendeStap"])
        for half in ("volgendeStap", "volgendeStapDatum"):
            self.call("anneke", "POST", path + "/contactpogingen", {**ATTEMPT, half: step[half]}, 400)
        ended = {"eindresultaat": "Inwoner is overleden", "datum": TODAY, "nazorgdatum": TOMORROW}
        done = self.call("anneke", "POST", path + "/eindresultaat", ended, 200).json
        self.assertEqual((done["nazorgdatum"], done["ongedaanTeMaken"]), (TOMORROW, "eindresultaat"))
        self.call("anneke", "POST", path + "/notities", {"tekst": "te laat"}, 409)
        self.call("anneke", "POST", path + "/notities", {"tekst": ""}, 400)

    def test_drafts(self):
        case = self.a_case(70)
        path = f"/v1/zaken/{case}/concept"
        self.assertIsNone(self.call("anneke", "GET", path, status=200).json["inhoud"])
        text = '{"soort":"Huisbezoek","tekst":"half \\u00e9\\n"}'
        self.call("anneke", "POST", path, {"inhoud": text}, 200)
        self.assertEqual(self.call("anneke", "GET", path, status=200).json["inhoud"], text)
        self.assertIsNone(self.call("carel", "GET", path, status=200).json["inhoud"])
        self.call("anneke", "POST", path, {"inhoud": "x" * 8001}, 400)
        self.call("anneke", "POST", path, {"inhoud": ""}, 200)
        self.assertIsNone(self.call("anneke", "GET", path, status=200).json["inhoud"])
        self.call("bea", "GET", path, status=403)

    def test_filters(self):
        made = self.call("anneke", "POST", "/v1/filters",
                         {"naam": "Crisis", "zoekvraag": "crisis=ja", "gedeeld": True}, 201).json
        self.call("anneke", "POST", "/v1/filters",
                  {"naam": "Van mij", "zoekvraag": "behandelaar=anneke", "gedeeld": False}, 201)
        def names(who):
            return [one["naam"] for one in self.call(who, "GET", "/v1/filters", status=200).json["filters"]]
        self.assertEqual(sorted(names("anneke")), ["Crisis", "Van mij"])
        self.assertEqual((names("carel"), names("bea"), names("hans")), (["Crisis"], [], []))
        path = f"/v1/filters/{made['filterId']}/verwijderen"
        self.call("carel", "POST", path, {}, 404)
        self.call("anneke", "POST", path, {}, 200)
        self.call("anneke", "POST", path, {}, 404)
        self.assertEqual(names("carel"), [])

    def test_the_overview(self):
        before = self.call("carel", "GET", "/v1/werkvoorraad", status=200).json
        cases = [self.a_case(n, client={"straatnaam": "Proefstraat", "postcode": "8911XY"})
                 for n in range(80, 84)]
        self.call("anneke", "POST", f"/v1/zaken/{cases[0]}/oppakken", {}, 200)
        after = self.call("carel", "GET", "/v1/werkvoorraad?gemeentecode=0080", status=200).json
        self.assertEqual(after["totaal"]["taken"] - before["totaal"]["taken"], 4)
        self.assertEqual(after["totaal"]["nietOpgepakt"] - before["totaal"]["nietOpgepakt"], 3)
        self.assertEqual([one["team"] for one in after["teams"]], ["centrum", "noord"])
        self.assertIn("gerrit", [one["gebruiker"] for one in after["medewerkers"]])
        self.assertEqual(sum(one["taken"] for one in after["teams"]), after["totaal"]["taken"])
        patterns = self.call("carel", "GET", "/v1/werkvoorraad/patronen", status=200).json
        street = next(one for one in patterns["collectief"] if one["gebied"] == "8911XY Proefstraat")
        self.assertEqual((street["aantal"], sorted(street["zaken"])), (4, sorted(cases)))
        told = self.call("dirk", "GET", "/v1/werkvoorraad/patronen", status=200)
        self.assertEqual((told.json["aantalTerugkerend"], told.json["terugkerend"]),
                         (patterns["aantalTerugkerend"], []))
        self.assertTrue(all(re.fullmatch(r"\d{4}", one["gebied"]) and not one["zaken"]
                            for one in told.json["collectief"]))
        self.assertGreaterEqual(max(one["aantal"] for one in told.json["collectief"]), 4)
        self.assertNotIn("Proefstraat", told.text, "a manager has numbers, and no households")
        self.call("carel", "GET", "/v1/werkvoorraad?gemeentecode=0090", status=403)
        teams = self.call("carel", "GET", "/v1/teams", status=200).json["teams"]
        self.assertEqual([one["team"] for one in teams], ["centrum", "noord"])
        self.assertEqual(teams[0]["zones"], ["Binnenstad"])


class Stream:
    """A screen that listens."""

    def __init__(self, server, key):
        self.connection = http.client.HTTPConnection(*server.public, timeout=60)
        self.connection.request("GET", "/v1/gebeurtenissen", headers={"Authorization": f"Bearer {key}"})
        self.answer = self.connection.getresponse()

    def event(self):
        """The next one that is no comment; None at the end."""
        lines = []
        while True:
            line = self.answer.readline().decode()
            if not line:
                return None
            if line == "\n":
                if any(one.startswith("event") for one in lines):
                    name, data = lines[0].split(": ", 1)[1], lines[1].split(": ", 1)[1]
                    return name.strip(), json.loads(data)
                lines = []
            else:
                lines.append(line)

    def close(self):
        self.answer.close()
        self.connection.close()


class Live(ApiTest):
    @classmethod
    def setUpClass(cls):
        """The first tick, which changes everything for everybody, is behind us."""
        super().setUpClass()
        ends = time.monotonic() + 60
        while True:
            said = cls.server.request("GET", "/metrics", management=True).text
            if re.search(r'vroegsein_desk_events_total\{soort="tik"\} 2', said):
                return  # one for each municipality
            if time.monotonic() > ends:
                raise AssertionError("no tick")

    def test_a_screen_hears_of_its_own_teams_cases_only(self):
        streams = {who: Stream(self.server, self.keys[who]) for who in ("anneke", "bea", "hans")}
        for stream in streams.values():
            self.assertEqual(stream.answer.status, 200)
            self.assertEqual(stream.answer.headers["Content-Type"], "text/event-stream")
        centre = self.a_case(90)
        north = self.a_case(91, client={"postcode": "8915AA"})
        other = self.a_case(92, gemeentecode="0090", client={"postcode": "9203AA"})
        for who, case, team in (("anneke", centre, "centrum"), ("bea", north, "noord"),
                                ("hans", other, "drachten")):
            heard = streams[who].event()
            self.assertEqual(heard, ("gewijzigd", {"zaakId": case, "team": team}))
            streams[who].close()

    def test_who_joins_households_changes_every_list(self):
        one, other = (self.a_case(n, client={"achternaam": name}) for n, name in ((96, "Wiarda"), (97, "Hoekstra")))
        home, alias = (case.rsplit("-", 1)[0] for case in (one, other))
        stream = Stream(self.server, self.keys["anneke"])
        self.assertEqual(stream.answer.status, 200)
        body = {"met": alias, "reden": "gebeld"}
        self.call("carel", "POST", f"/v1/huishoudens/{home}/samenvoegen", body, 200)
        self.assertEqual(stream.event(), ("alles", {}))
        self.call("carel", "POST", f"/v1/huishoudens/{home}/samenvoegen", body, 409)
        self.call("carel", "POST", f"/v1/huishoudens/{home}/splitsen", {"alias": alias, "reden": "toch niet"}, 200)
        self.assertEqual(stream.event(), ("alles", {}))
        stream.close()

    def test_a_person_has_so_many_screens(self):
        streams = [Stream(self.server, self.keys["carel"]) for _ in range(7)]
        self.assertEqual([one.answer.status for one in streams], [200] * 6 + [429])
        for one in streams:
            one.close()

    def test_it_ends_when_the_server_stops(self):
        folder = self.folder / "other"
        server = Server(folder)
        stream = Stream(server, server.key("coordinator"))
        self.assertEqual(server.stop(), 0)
        while stream.event() is not None:
            pass
        stream.close()


class OtherTeams(ApiTest):
    def test_a_reason_opens_the_case_and_is_kept(self):
        case = self.a_case(95)
        path, why = f"/v1/zaken/{case}", "Waarneming voor één collega"
        self.assertEqual(code_of(self.call("bea", "GET", path, status=403)), "reden-nodig")
        for wrong in ("kort", "%zz lang genoeg", quote("x" * 500), quote("regel\nregel")):
            self.call("bea", "GET", path, status=403, headers={"Toegangsreden": wrong})
        reason = {"Toegangsreden": quote(why)}
        shown = self.call("bea", "GET", path, status=200, headers=reason).json
        self.assertTrue(shown["buitenEigenTeam"])
        self.call("bea", "POST", path + "/notities", {"tekst": "Waargenomen."}, 200, headers=reason)
        self.call("bea", "GET", f"/v1/huishoudens/{shown['huishoudenId']}", status=200, headers=reason)
        self.call("hans", "GET", path, status=403, headers=reason)
        said = self.call("els", "GET", f"/v1/toegangslog?zaakId={case}", status=200).json["regels"]
        bea = [one for one in said if one["gebruiker"] == "bea"]
        self.assertEqual([(one["handeling"], one["status"], one["reden"]) for one in bea if one["reden"]],
                         [("notitieVastleggen", 200, why), ("zaakOphalen", 200, why)])
        self.assertEqual(len([one for one in bea if one["status"] == 403]), 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
