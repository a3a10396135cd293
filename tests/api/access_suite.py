"""Who may do what: every role at every route, another team, another municipality, no key, a wrong key.

The matrix below is the intention; it is compared with the program's own table (`vroegsein routes`) and
with what the server really answers, so that a new route cannot be forgotten.
"""

import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import BINARY, TODAY, USERS, ApiTest, a_signal  # noqa: E402

PARTNER, TEAM = {"partner"}, {"wijkteamlid", "coordinator"}
INSIDE = TEAM | {"manager", "privacy-officer", "beheerder"}
MAY = {"getOpenapi": set(), "vroegsignalenAanleveren": PARTNER, "leveringOphalen": PARTNER,
       "aflopenAanleveren": PARTNER, "terugkoppelingenOphalen": PARTNER, "takenOphalen": TEAM,
       "zaakOphalen": TEAM, "contactpogingVastleggen": TEAM, "eindresultaatVastleggen": TEAM,
       "taakOppakken": TEAM, "taakTeruggeven": TEAM, "taakToewijzen": TEAM, "regieWijzigen": TEAM,
       "huishoudenOphalen": TEAM, "beleidOphalen": INSIDE, "beleidsmodelOphalen": INSIDE,
       "beleidstestsOphalen": INSIDE, "beleidActiveren": {"beheerder"},
       "beleidIntrekken": {"beheerder"}, "schaduwStarten": {"beheerder"},
       "schaduwStoppen": {"beheerder"}, "schaduwverschillenOphalen": {"manager", "beheerder"},
       "rapportageOphalen": {"coordinator", "manager"}, "ddasGegevensOphalen": {"manager"}}
SOMEBODY = {"partner": "vitens", "wijkteamlid": "anneke", "coordinator": "carel",
            "manager": "dirk", "privacy-officer": "els", "beheerder": "fred"}


def routes():
    said = subprocess.run([BINARY, "routes"], capture_output=True, text=True, check=True).stdout
    return [line.split(" ") for line in said.splitlines()]


class Access(ApiTest):
    def test_the_table_is_the_intended_one(self):
        table = {operation: set() if roles == "-" else set(roles.split(","))
                 for _, _, operation, roles, _ in routes()}
        self.assertEqual(table, MAY)

    def test_every_role_at_every_route(self):
        case = self.a_case(500)
        values = {"{leveringId}": "x", "{zaakId}": case, "{huishoudenId}": case.rsplit("-", 1)[0],
                  "{hash}": "abc", "{naam}": "trechter"}
        for method, path, operation, _, _ in routes():
            for name, value in values.items():
                path = path.replace(name, value)
            # A body that is refused, so that nothing changes while roles take their turn.
            body = {"nergens": 1} if method == "POST" else None
            for role, who in SOMEBODY.items():
                status = self.call(who, method, path, body).status
                refused = bool(MAY[operation]) and role not in MAY[operation]
                self.assertEqual(status == 403, refused, f"{role} {operation}: {status}")
                self.assertNotEqual(status, 401)
            if MAY[operation]:
                for key in (None, "vs_" + "0" * 64, "", "x" * 300):
                    answer = self.server.request(method, path, None, key)
                    self.assertEqual(answer.status, 401, operation)
                    self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Bearer"))

    def test_schemes(self):
        key = self.keys["anneke"]
        for header, status in ((f"bearer {key}", 200), (f"Basic {key}", 401), (key, 401),
                               (f"Bearer  {key}", 401), (f"Bearer {key}x", 401),
                               (f"Bearer {key[:-1]}", 401)):
            answer = self.server.request("GET", "/v1/taken", headers={"Authorization": header})
            self.assertEqual(answer.status, status, header.replace(key, "KEY"))

    def test_another_team(self):
        case = self.a_case(510, client={"postcode": "8915AA"})
        house = case.rsplit("-", 1)[0]
        attempt = {"soort": "Telefoon", "datum": TODAY, "bereikt": False}
        for method, path, body in (
                ("GET", f"/v1/zaken/{case}", None), ("GET", f"/v1/huishoudens/{house}", None),
                ("GET", "/v1/taken?team=noord", None), ("POST", f"/v1/zaken/{case}/oppakken", None),
                ("POST", f"/v1/zaken/{case}/contactpogingen", attempt),
                ("POST", f"/v1/zaken/{case}/regie", {"regisseur": "anneke"})):
            self.call("anneke", method, path, body, 403)
        self.call("bea", "GET", f"/v1/zaken/{case}", status=200)
        self.call("carel", "GET", f"/v1/zaken/{case}", status=200)
        shown = self.call("anneke", "GET", "/v1/taken", status=200).json["taken"]
        self.assertNotIn(case, [task["zaakId"] for task in shown])

    def test_another_municipality(self):
        case = self.a_case(520, gemeentecode="0090", client={"postcode": "9203AA"})
        for who, status in (("carel", 403), ("anneke", 403), ("hans", 200)):
            self.call(who, "GET", f"/v1/zaken/{case}", status=status)
            self.call(who, "GET", f"/v1/huishoudens/{case.rsplit('-', 1)[0]}", status=status)
        # Whether something is there is not told to those who may not see it.
        self.call("carel", "GET", "/v1/zaken/0090-99999-1", status=403)
        self.call("hans", "GET", "/v1/zaken/0090-99999-1", status=404)
        self.call("hans", "GET", "/v1/zaken/nergens", status=404)

    def test_a_partner_sends_its_own_sector_to_its_own_municipalities(self):
        def refused(who, **changes):
            said = self.deliver(a_signal(530, **changes), who=who)
            return [e["veld"] for e in said["ontvangstbevestigingen"][0]["fouten"]]
        self.assertEqual(refused("essent"), ["/soort"])
        self.assertEqual(refused("essent", soort="Energie", gemeentecode="0090"), ["/gemeentecode"])
        self.assertEqual(refused("vitens", gemeentecode="1234"), ["/gemeentecode"])

    def test_a_partner_hears_of_its_own_signals_only(self):
        case = self.a_case(540)
        self.call("carel", "POST", f"/v1/zaken/{case}/eindresultaat",
                  {"eindresultaat": "Inwoner is overleden", "datum": TODAY}, 200)
        own = self.call("vitens", "GET", "/v1/terugkoppelingen", status=200).json
        other = self.call("essent", "GET", "/v1/terugkoppelingen", status=200).json
        self.assertIn("WS-540", [told["signaalId"] for told in own["terugkoppelingen"]])
        self.assertEqual(other["terugkoppelingen"], [])
        said = self.call("essent", "POST", "/v1/aflopen",
                         {"signaalId": "WS-540", "afloop": "betaald", "datum": TODAY}, 200).json
        self.assertEqual(said["afgewezen"], 1)

    def test_failed_sign_ins_are_counted(self):
        def count():
            text = self.server.request("GET", "/metrics", management=True).text
            return next(float(line.split()[1]) for line in text.splitlines()
                        if line.startswith("vroegsein_sign_in_failures_total"))
        before = count()
        self.server.request("GET", "/v1/taken")
        self.assertEqual(count(), before + 1)

    def test_every_user_of_the_configuration_signs_in(self):
        for name, *_ in USERS:
            self.call(name, "GET", "/v1/beleid", status=200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
