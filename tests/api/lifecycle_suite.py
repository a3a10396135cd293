"""The life of a signal over HTTP: delivered, taken up, visited, closed, fed back, reported."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import TODAY, TOMORROW, YESTERDAY, ApiTest, a_signal, from_today  # noqa: E402

HELP = "Vervolghulp en/of verwijzing"
HEADER = ("id;soort;gemeentecode;signaaldatum;bedragCenten;ontstaansdatum;client.achternaam;"
          "client.postcode;client.huisnummer\n")


def codes(errors):
    return [error["code"] for error in errors]


class Deliveries(ApiTest):
    def test_every_form_gives_a_receipt_per_row(self):
        rows = [a_signal(100), a_signal(101, bedragCenten=0), a_signal(102)]
        lines = "\n".join(json.dumps(row) for row in rows)
        csv = HEADER + "".join(
            f"{row['id']};Water;0080;{row['signaaldatum']};{row['bedragCenten']};"
            f"{row['ontstaansdatum']};Proefpersoon;8911AD;{row['client']['huisnummer']}\n"
            for row in rows)
        for body, status in ((json.dumps(rows), "aanvaard"), (lines, "dubbel"), (csv, "dubbel")):
            said = self.call("vitens", "POST", "/v1/vroegsignalen", body, 201).json
            receipts = said["ontvangstbevestigingen"]
            self.assertEqual([one["status"] for one in receipts], [status, "afgewezen", status])
            self.assertEqual([one["regel"] for one in receipts], [1, 2, 3])
            self.assertEqual([error["veld"] for error in receipts[1]["fouten"]], ["/bedragCenten"])
            self.assertEqual(said["ontvangen"], 3)
            kept = self.call("vitens", "GET", f"/v1/leveringen/{said['leveringId']}", status=200)
            self.assertEqual(kept.json["ontvangstbevestigingen"], receipts)

    def test_one_signal_alone(self):
        answer = self.call("vitens", "POST", "/v1/vroegsignalen", a_signal(110), 201)
        self.assertEqual(answer.json["aanvaard"], 1)
        self.assertRegex(answer.headers["Location"],
                         r"^/v1/leveringen/\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]+$")

    def test_rows_of_several_municipalities_are_one_delivery(self):
        other = a_signal(121, gemeentecode="0090", client={"postcode": "9203AA"})
        said = self.deliver(a_signal(120), other)
        self.assertEqual(said["aanvaard"], 2)
        kept = self.call("vitens", "GET", f"/v1/leveringen/{said['leveringId']}", status=200).json
        self.assertEqual([one["regel"] for one in kept["ontvangstbevestigingen"]], [1, 2])
        self.assertTrue(kept["ontvangstbevestigingen"][1]["zaakId"].startswith("0090-"))

    def test_a_delivery_is_its_partners_alone(self):
        said = self.deliver(a_signal(130))
        self.call("essent", "GET", f"/v1/leveringen/{said['leveringId']}", status=404)
        self.call("vitens", "GET", "/v1/leveringen/bestaat-niet", status=404)
        self.call("vitens", "GET", "/v1/leveringen/x%00y", status=400)

    def test_what_cannot_be_read_as_a_delivery(self):
        for body in ("", "   ", "nonsens;zonder;kop\n1;2;3\n"):
            problem = self.call("vitens", "POST", "/v1/vroegsignalen", body, 400).json
            self.assertTrue(problem["fouten"], body)

    def test_ten_thousand_rows_with_bad_ones_among_them(self):
        past = from_today(-90)
        bad = set(range(7, 10_000, 1_000))
        rows = "".join(f"B-{n};Water;0080;{YESTERDAY};{'x' if n in bad else 9000};{past};"
                       f"Proefpersoon;8911AD;{n % 900 + 1}\n" for n in range(10_000))
        said = self.call("vitens", "POST", "/v1/vroegsignalen", HEADER + rows, 201).json
        self.assertEqual((said["ontvangen"], said["afgewezen"]), (10_000, len(bad)))
        refused = [one["regel"] - 1 for one in said["ontvangstbevestigingen"]
                   if one["status"] == "afgewezen"]
        self.assertEqual(refused, sorted(bad))


    def test_more_than_one_delivery_can_hold(self):
        # Without the judge, who would be at it for a minute.
        key = self.keys["vitens"]
        answer = self.server.request("POST", "/v1/vroegsignalen", b"{}\n" * 100_001, key)
        self.assertEqual(answer.status, 413)
        taken = answer.json["verwerktTotEnMetRegel"]
        self.assertGreater(taken, 1_000)
        self.assertEqual(answer.json["afgewezen"], taken)
        kept = self.server.request("GET", answer.headers["Location"], key=key).json
        self.assertEqual(len(kept["ontvangstbevestigingen"]), taken)

    def test_a_large_body_that_waits_to_be_asked_for(self):
        rows = json.dumps([a_signal(n) for n in range(50_001, 54_001)])
        answer = self.call("vitens", "POST", "/v1/vroegsignalen", rows, 201,
                           headers={"Expect": "100-continue"})
        self.assertEqual(answer.json["ontvangen"], 4_000)


class Casework(ApiTest):
    def all_feedback(self):
        told, cursor = [], ""
        while True:
            page = self.call("vitens", "GET", f"/v1/terugkoppelingen?aantal=2&vanaf={cursor}",
                             status=200).json
            told += page["terugkoppelingen"]
            cursor = page["volgende"]
            if not page["meer"]:
                return told

    def test_from_signal_to_feedback(self):
        case = self.a_case(200, dreiging="afsluiting-water", dreigingsdatum=TOMORROW)
        shown = self.call("anneke", "GET", f"/v1/zaken/{case}", status=200).json
        self.assertTrue(shown["crisis"])
        self.assertEqual((shown["team"], shown["taakStatus"], shown["status"]),
                         ("centrum", "open", "open"))
        self.assertTrue(shown["besluiten"][-1]["regels"])
        tasks = self.call("anneke", "GET", "/v1/taken?aantal=200", status=200).json["taken"]
        mine = next(task for task in tasks if task["zaakId"] == case)
        self.assertEqual((mine["deadline"], mine["crisis"]), (shown["deadline"], True))

        shown = self.call("anneke", "POST", f"/v1/zaken/{case}/oppakken", status=200).json
        self.assertEqual((shown["behandelaar"], shown["taakStatus"]), ("anneke", "opgepakt"))
        attempt = {"soort": "Huisbezoek", "datum": TODAY, "dagdeel": "Middag", "bereikt": True}
        shown = self.call("anneke", "POST", f"/v1/zaken/{case}/contactpogingen", attempt, 200).json
        self.assertEqual(shown["regisseur"], "anneke")
        self.assertEqual(shown["contactpogingen"][0]["soort"], "Huisbezoek")
        ended = {"eindresultaat": HELP, "datum": TODAY}
        shown = self.call("anneke", "POST", f"/v1/zaken/{case}/eindresultaat", ended, 200).json
        self.assertEqual((shown["status"], shown["eindresultaat"]), ("gesloten", HELP))
        again = self.call("anneke", "POST", f"/v1/zaken/{case}/eindresultaat", ended, 409).json
        self.assertTrue(again["type"].endswith(":zaak-gesloten"))
        self.after_the_case(case, shown["huishoudenId"])

    def after_the_case(self, case, household):
        heard = [told for told in self.all_feedback() if told["signaalId"] == "WS-200"]
        self.assertEqual([told["status"] for told in heard], ["Opgepakt"])
        self.assertTrue(heard[0]["hulpAanvaard"])
        self.assertEqual(heard[0]["opschortenTotEnMet"], from_today(30))
        self.call("vitens", "POST", "/v1/aflopen",
                  {"signaalId": "WS-200", "afloop": "betalingsregeling", "datum": TODAY}, 200)
        shown = self.call("anneke", "GET", f"/v1/zaken/{case}", status=200).json
        self.assertEqual(shown["signalen"][0]["aflopen"],
                         [{"afloop": "betalingsregeling", "datum": TODAY}])
        house = self.call("anneke", "GET", f"/v1/huishoudens/{household}", status=200)
        self.assertEqual([one["zaakId"] for one in house.json["zaken"]], [case])
        self.assertNotIn("burgerservicenummer", house.text)

    def test_another_reason_is_masked(self):
        case = self.a_case(210)
        self.call("carel", "POST", f"/v1/zaken/{case}/eindresultaat",
                  {"eindresultaat": "Niet opgepakt: andere reden", "datum": TODAY}, 200)
        heard = [told["status"] for told in self.all_feedback() if told["signaalId"] == "WS-210"]
        self.assertEqual(heard, ["Niet opgepakt"])

    def test_a_task_changes_hands(self):
        path = f"/v1/zaken/{self.a_case(220)}"
        self.call("anneke", "POST", path + "/oppakken", status=200)
        taken = self.call("carel", "POST", path + "/oppakken", status=409).json
        self.assertTrue(taken["type"].endswith(":taak-al-opgepakt"))
        self.call("carel", "POST", path + "/teruggeven", status=409)
        shown = self.call("carel", "POST", path + "/toewijzen", {"behandelaar": "gerrit"}, 200).json
        self.assertEqual(shown["behandelaar"], "gerrit")
        shown = self.call("carel", "POST", path + "/regie", {"regisseur": "gerrit"}, 200).json
        self.assertEqual(shown["regisseur"], "gerrit")
        wrong = self.call("carel", "POST", path + "/toewijzen", {"behandelaar": "bea"}, 400).json
        self.assertEqual(codes(wrong["fouten"]), ["medewerker-onbekend"])
        self.call("anneke", "POST", path + "/teruggeven", status=409)

    def test_bodies_are_strict(self):
        case = self.a_case(230)
        path = f"/v1/zaken/{case}/contactpogingen"
        right = {"soort": "Telefoon", "datum": TODAY, "bereikt": False}
        for wrong, fields in (({**right, "soort": "Postduif"}, ["/soort"]),
                              ({**right, "datum": TOMORROW}, ["/datum"]),
                              ({**right, "datum": "2026-02-30"}, ["/datum"]),
                              ({**right, "bereikt": "ja"}, ["/bereikt"]),
                              ({**right, "medewerker": "x"}, ["/medewerker"]),
                              ({"soort": "Telefoon"}, ["/datum", "/bereikt"])):
            problem = self.call("anneke", "POST", path, wrong, 400).json
            self.assertEqual([error["veld"] for error in problem["fouten"]], fields)
        for text in ("{", "[]", '{"soort":"Telefoon","soort":"Brief"}', "\xff", "null",
                     "[" * 5_000, '{"a":' * 5_000):
            answer = self.server.request("POST", path, text.encode("latin-1"), self.keys["anneke"])
            self.assertEqual(answer.status, 400, text[:50])
        self.call("anneke", "POST", f"/v1/zaken/{case}/oppakken", {"wie": "ik"}, 400)
        self.call("anneke", "POST", f"/v1/zaken/{case}/oppakken", {}, 200)

    def test_aftermaths_of_what_is_not_there(self):
        said = self.call("vitens", "POST", "/v1/aflopen", [
            {"signaalId": "WS-NIET", "afloop": "betaald", "datum": TODAY},
            {"signaalId": "WS-NIET", "afloop": "gewonnen", "datum": TODAY}], 200).json
        self.assertEqual(said["afgewezen"], 2)
        self.assertEqual(codes(said["ontvangstbevestigingen"][0]["fouten"]), ["signaal-onbekend"])

    def test_aftermaths_in_every_form(self):
        self.a_case(240)
        rows = [{"signaalId": f"WS-{number}", "afloop": "betaald", "datum": TODAY}
                for number in (240, 9_999_999)]
        csv = "signaalId;afloop;datum\n" + "".join(
            f"{row['signaalId']};betaald;{TODAY}\n" for row in rows)
        for body in (json.dumps(rows), "\n".join(json.dumps(row) for row in rows), csv):
            said = self.call("vitens", "POST", "/v1/aflopen", body, 200).json
            self.assertEqual([one["status"] for one in said["ontvangstbevestigingen"]],
                             ["aanvaard", "afgewezen"])
        self.call("vitens", "POST", "/v1/aflopen", "", 400)


class Lists(ApiTest):
    def test_tasks_by_page_and_filter(self):
        self.deliver(*[a_signal(300 + n) for n in range(7)],
                     *[a_signal(320 + n, client={"postcode": "8915AA"}) for n in range(4)])
        crisis = self.a_case(340, dreiging="afsluiting-water")
        found, target = [], "/v1/taken?aantal=3&status=open"
        while target:
            page = self.call("carel", "GET", target, status=200).json
            self.assertLessEqual(len(page["taken"]), 3)
            found += page["taken"]
            target = page["_links"].get("next", {}).get("href")
        self.assertEqual(len({task["zaakId"] for task in found}), len(found))
        self.assertGreaterEqual(len(found), 12)
        self.assertEqual(found[0]["zaakId"], crisis)
        self.assertEqual([t["deadline"] for t in found], sorted(t["deadline"] for t in found))
        for query, count in (("team=noord", 4), ("zone=Bloemenbuurt", 4),
                             ("status=opgepakt", 0), ("team=noord&status=open", 4)):
            page = self.call("carel", "GET", "/v1/taken?aantal=200&" + query, status=200).json
            self.assertEqual(len(page["taken"]), count, query)
        own = self.call("bea", "GET", "/v1/taken", status=200).json["taken"]
        self.assertEqual({task["team"] for task in own}, {"noord"})

    def test_parameters_are_checked(self):
        for query in ("aantal=0", "aantal=201", "aantal=x", "cursor=x", "status=weg", "bestaat=niet",
                      "aantal=1&aantal=2", "cursor=1.0080.2"):
            problem = self.call("carel", "GET", "/v1/taken?" + query, status=400).json
            self.assertEqual(len(problem["fouten"]), 1, query)
        self.call("vitens", "GET", "/v1/terugkoppelingen?vanaf=x", status=400)

    def test_policy(self):
        known = self.call("dirk", "GET", "/v1/beleid", status=200).json["gemeenten"]
        version = known[0]["versies"][0]
        self.assertTrue(version["inWerking"])
        model = self.call("dirk", "GET", version["_links"]["dmn"]["href"], status=200)
        self.assertTrue(model.text.startswith("<"))
        self.call("dirk", "GET", "/v1/beleid/abc", status=404)
        self.call("dirk", "GET", "/v1/beleid/XYZ", status=404)

    def test_reports(self):
        self.a_case(350)
        period = f"van={YESTERDAY}&tot={TODAY}"
        report = self.call("dirk", "GET", "/v1/rapportages/trechter?" + period, status=200).json
        self.assertEqual(report["rapportage"], "trechter")
        csv = self.call("dirk", "GET", f"/v1/rapportages/trechter?{period}&formaat=csv", status=200)
        self.assertTrue(csv.headers["Content-Type"].startswith("text/csv"))
        accepted = self.call("dirk", "GET", "/v1/rapportages/trechter?" + period, status=200,
                             headers={"Accept": "text/csv"})
        self.assertEqual(accepted.headers["Content-Type"], csv.headers["Content-Type"])
        self.call("dirk", "GET", "/v1/rapportages/anders?" + period, status=404)
        self.call("dirk", "GET", "/v1/rapportages/trechter", status=400)
        self.call("dirk", "GET", f"/v1/rapportages/trechter?van={TODAY}&tot={YESTERDAY}", status=400)
        self.call("dirk", "GET", f"/v1/rapportages/trechter?{period}&gemeentecode=0090", status=403)

    def test_the_national_exchange_file(self):
        self.a_case(360)
        given = self.call("dirk", "POST", "/v1/ddas/gegevens", {"van": YESTERDAY, "tot": TODAY}, 200)
        self.assertIn("vitens:WS-360", given.text)
        self.call("dirk", "POST", "/v1/ddas/gegevens", {"van": TODAY, "tot": YESTERDAY}, 400)
        self.call("dirk", "POST", "/v1/ddas/gegevens", {"van": TODAY}, 400)


if __name__ == "__main__":
    unittest.main(verbosity=2)
