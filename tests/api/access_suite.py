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
EVERYBODY = INSIDE | PARTNER
OFFICER, STEERING, COORDINATOR = {"privacy-officer"}, {"coordinator", "manager"}, {"coordinator"}
MAY = {"getOpenapi": set(), "aanmeldwijzenOphalen": set(), "sessieOpenen": set(),
       "openidStarten": set(), "openidAfronden": set(),
       "sessieOphalen": EVERYBODY, "sessieBeeindigen": EVERYBODY, "wachtwoordWijzigen": EVERYBODY,
       "vroegsignalenAanleveren": PARTNER, "leveringOphalen": PARTNER,
       "aflopenAanleveren": PARTNER, "terugkoppelingenOphalen": PARTNER,
       "takenOphalen": TEAM, "takenZoeken": TEAM, "volgendeTaakOppakken": TEAM,
       "takenToewijzen": COORDINATOR, "werkOverdragen": COORDINATOR, "teamsOphalen": TEAM | {"manager"},
       "werkvoorraadOphalen": STEERING, "patronenOphalen": STEERING,
       "filtersOphalen": TEAM, "filterBewaren": TEAM, "filterVerwijderen": TEAM,
       "gebeurtenissenVolgen": TEAM, "toegangslogOphalen": OFFICER,
       "zaakOphalen": TEAM, "contactpogingVastleggen": TEAM, "eindresultaatVastleggen": TEAM,
       "notitieVastleggen": TEAM, "handelingOngedaanMaken": TEAM, "conceptOphalen": TEAM,
       "conceptBewaren": TEAM, "taakOppakken": TEAM, "taakTeruggeven": TEAM, "taakToewijzen": TEAM,
       "regieWijzigen": TEAM, "huishoudenOphalen": TEAM,
       "huishoudensSamenvoegen": TEAM, "huishoudenSplitsen": TEAM,
       "beoordelingenOphalen": COORDINATOR, "beoordelingVastleggen": COORDINATOR, "beleidOphalen": INSIDE,
       "beleidsmodelOphalen": INSIDE, "rapportageOphalen": STEERING, "ddasGegevensOphalen": {"manager"},
       "beleidstestsOphalen": INSIDE, "beleidActiveren": {"beheerder"}, "beleidIntrekken": {"beheerder"},
       "schaduwStarten": {"beheerder"}, "schaduwStoppen": {"beheerder"},
       "schaduwverschillenOphalen": {"manager", "beheerder"},
       "afgekeurdOphalen": {"beheerder"}, "afgekeurdOpnieuwAanleveren": {"beheerder"}}
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
                  "{hash}": "abc", "{naam}": "trechter", "{gebruiker}": "gerrit", "{filterId}": "7",
                  "{beoordelingId}": "0080-1-2"}
        for method, path, operation, _, _ in routes():
            for name, value in values.items():
                path = path.replace(name, value)
            # A body that is refused, so that nothing changes while roles take their turn.
            body = {"nergens": 1} if method == "POST" else None
            for role, who in SOMEBODY.items():
                if operation == "gebeurtenissenVolgen" and role in MAY[operation]:
                    continue  # it never ends: the suite of the work follows it
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

    def test_every_route_to_a_case_minds_team_and_municipality(self):
        """From the table of routes, so that a new one cannot be forgotten."""
        own, north = self.a_case(510), self.a_case(511, client={"postcode": "8915AA"})
        other = self.a_case(512, gemeentecode="0090", client={"postcode": "9203AA"})
        reason = {"Toegangsreden": "waarneming%20voor%20een%20collega"}
        found = 0
        for method, path, operation, roles, _ in routes():
            if "{zaakId}" not in path and "{huishoudenId}" not in path:
                continue
            found += 1
            self.assertLessEqual(set(roles.split(",")), TEAM, operation)
            body = {"nergens": 1} if method == "POST" else None
            def status(who, case, **more):
                target = path.replace("{zaakId}", case).replace("{huishoudenId}", case.rsplit("-", 1)[0])
                return self.call(who, method, target, body, **more).status
            allowed = 400 if method == "POST" else 200
            for who, case, expected in (("anneke", own, allowed), ("anneke", north, 403),
                                        ("bea", north, allowed), ("carel", north, allowed),
                                        ("carel", other, 403), ("hans", own, 403),
                                        ("hans", other, allowed)):
                self.assertEqual(status(who, case), expected, f"{operation} {who} {case}")
            self.assertEqual(status("anneke", north, headers=reason), allowed, operation)
            self.assertEqual(status("anneke", other, headers=reason), 403, operation)
        self.assertGreater(found, 10)

    def test_no_route_without_a_case_shows_anothers(self):
        north = self.a_case(513, client={"postcode": "8915AA", "achternaam": "Noorderling"})
        other = self.a_case(514, gemeentecode="0090",
                            client={"postcode": "9203AA", "achternaam": "Buitenstaander"})
        skipped = {"gebeurtenissenVolgen", "sessieBeeindigen"}
        for method, path, operation, roles, _ in routes():
            if "{" in path or operation in skipped or not set(roles.split(",")) & (TEAM | PARTNER):
                continue
            body = {} if method == "POST" else None
            for who, hidden in (("anneke", (north, other, "Noorderling", "Buitenstaander")),
                                ("carel", (other, "Buitenstaander")), ("hans", (north, "Noorderling"))):
                said = self.call(who, method, path, body).text
                for trace in hidden:
                    self.assertNotIn(trace, said, f"{operation} {who}")

    def test_another_team(self):
        for target in ("/v1/taken?team=noord",):
            self.call("anneke", "GET", target, status=403)
        self.call("anneke", "POST", "/v1/taken/zoeken", {"team": "noord"}, 403)
        self.call("anneke", "POST", "/v1/taken/volgende", {"team": "noord"}, 403)

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

    def test_every_view_and_change_is_traced(self):
        """Each route is told of in the access log, but those that show nothing of a resident."""
        untraced = {"sessieOphalen", "teamsOphalen", "filtersOphalen", "filterBewaren",
                    "filterVerwijderen", "gebeurtenissenVolgen"}
        case = self.a_case(560)
        for method, path, operation, roles, _ in routes():
            if roles == "-" or operation in untraced:
                continue
            who = SOMEBODY[roles.split(",")[0]]
            target = (path.replace("{zaakId}", case).replace("{huishoudenId}", case.rsplit("-", 1)[0])
                      .replace("{leveringId}", "x").replace("{hash}", "abc")
                      .replace("{naam}", "trechter").replace("{gebruiker}", "gerrit")
                      .replace("{beoordelingId}", "0080-1-2"))
            body = {"nergens": 1} if method == "POST" else None
            status = self.call(who, method, target, body).status
            # Whoever reads the log sees what was there before.
            said = self.call("els", "GET", "/v1/toegangslog?aantal=2", status=200).json["regels"]
            newest = said[0]
            self.assertEqual((newest["gebruiker"], newest["handeling"], newest["status"]),
                             (who, operation, status), operation)
            if "{zaakId}" in path:
                self.assertIn(case, newest["onderwerpen"], operation)

    def test_the_access_log_pages_and_filters(self):
        case = self.a_case(570)
        for _ in range(5):
            self.call("anneke", "GET", f"/v1/zaken/{case}", status=200)
        found, target = [], f"/v1/toegangslog?zaakId={case}&gebruiker=anneke&aantal=2"
        while target:
            page = self.call("els", "GET", target, status=200).json
            found += [one["nummer"] for one in page["regels"]]
            target = page["_links"].get("next", {}).get("href")
        self.assertEqual((len(found), found), (5, sorted(found, reverse=True)))
        for wrong in ("zaakId=x", "gebruiker=a%20b", "cursor=-1", "aantal=201"):
            self.call("els", "GET", "/v1/toegangslog?" + wrong, status=400)

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
