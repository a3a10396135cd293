"""Who belongs together, over HTTP: why a household is one, the review list, joining and dividing."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import ApiTest, a_signal  # noqa: E402

REASON = "gebeld met de bewoners"


def household_of(case):
    return case.rsplit("-", 1)[0]


def code_of(answer):
    return answer.json["type"].rsplit(":", 1)[1]


class Households(ApiTest):
    def show(self, household, who="carel"):
        return self.call(who, "GET", f"/v1/huishoudens/{household}", status=200).json

    def decide(self, household, what, who="carel", status=200, **body):
        return self.call(who, "POST", f"/v1/huishoudens/{household}/{what}", body, status)

    def test_a_household_says_who_and_why(self):
        case = self.a_case(600, client={"achternaam": "Wiarda", "geboortedatum": "1984-03-12"})
        self.a_case(601, client={"achternaam": "Wiarde", "geboortedatum": "1984-03-12", "huisnummer": "600"})
        shown = self.show(household_of(case))
        self.assertEqual([one["persoon"] for one in shown["personen"]], [1, 1])
        self.assertEqual(len(shown["adressen"]), 1)
        why = shown["vergelijkingen"][0]
        self.assertTrue(why["zelfdePersoon"])
        fields = {one["veld"]: one for one in why["velden"]}
        self.assertEqual(fields["geboortedatum"]["overeenkomst"], "gelijk")
        self.assertGreater(fields["geboortedatum"]["bitsTegenVreemden"], 0)
        self.assertNotIn("burgerservicenummer", str(shown))

    def test_two_are_joined_and_come_apart(self):
        one, other = (self.a_case(n, client={"achternaam": name}) for n, name in
                      ((610, "Wiarda"), (611, "Hoekstra")))
        home, alias = household_of(one), household_of(other)
        self.call("carel", "POST", f"/v1/zaken/{other}/notities", {"tekst": "wacht op gas"}, 200)
        shown = self.decide(home, "samenvoegen", met=alias, reden=REASON).json
        self.assertEqual((shown["huishoudenId"], shown["aliassen"]), (home, [alias]))
        self.assertEqual(shown["geschiedenis"][0]["door"], "carel")
        self.assertEqual([case["status"] for case in shown["zaken"]], ["open"])
        self.assertEqual(self.show(alias)["huishoudenId"], home)
        case = self.call("carel", "GET", f"/v1/zaken/{other}", status=200).json
        self.assertEqual(case["huishoudenId"], home)
        self.assertEqual([note["tekst"] for note in case["notities"]], ["wacht op gas"])
        self.assertEqual(len(case["signalen"]), 2)
        again = self.decide(home, "samenvoegen", met=alias, reden=REASON, status=409)
        self.assertEqual(code_of(again), "al-een-huishouden")
        self.decide(home, "splitsen", alias=alias, reden=REASON)
        self.assertEqual(self.show(alias)["huishoudenId"], alias)
        for case in (one, other):
            self.assertEqual(self.call("carel", "GET", f"/v1/zaken/{case}", status=200).json["zaakId"], case)

    def test_a_person_goes_apart(self):
        home = household_of(self.a_case(620, client={"achternaam": "Wiarda"}))
        self.a_case(621, client={"achternaam": "Hoekstra", "huisnummer": "620"})
        person = self.show(home)["personen"][1]["persoon"]
        shown = self.decide(home, "splitsen", persoon=person, reden=REASON).json
        self.assertEqual(len(shown["personen"]), 1)
        gone = shown["geschiedenis"][-1]
        self.assertEqual((gone["soort"], gone["reden"]), ("afgesplitst", REASON))
        self.assertEqual(len(self.show(gone["ander"])["personen"]), 1)
        alone = self.decide(home, "splitsen", persoon=1, reden=REASON, status=409)
        self.assertEqual(code_of(alone), "niet-te-splitsen")

    def test_wrong_input(self):
        home = household_of(self.a_case(630))
        for what, body in (("samenvoegen", {"met": "0080-1"}), ("samenvoegen", {"reden": REASON}),
                           ("samenvoegen", {"met": "0090-1", "reden": REASON}),
                           ("splitsen", {"reden": REASON}), ("splitsen", {"persoon": 0, "reden": REASON}),
                           ("splitsen", {"persoon": 1, "alias": home, "reden": REASON})):
            self.decide(home, what, status=400, **body)
        self.decide(home, "samenvoegen", met="0080-999999", reden=REASON, status=404)
        self.decide("0080-999999", "splitsen", persoon=1, reden=REASON, status=404)

    def doubtful(self, number, surname):
        """A name with two initials and no birth date, at two addresses."""
        made = [self.a_case(number + i, client={"achternaam": surname, "voorletters": "J.P.",
                                                "postcode": postcode, "huisnummer": str(number + 7 * i)})
                for i, postcode in enumerate(("8911AD", "8921AB"))]
        return [household_of(case) for case in made]

    def reviews(self, who="carel", **query):
        found, target = [], "/v1/beoordelingen?aantal=1"
        while target:
            page = self.call(who, "GET", target, status=200).json
            found += page["beoordelingen"]
            target = page["_links"].get("next", {}).get("href")
        return {tuple(side["huishoudenId"] for side in one["huishoudens"]): one for one in found}

    def test_reviews_are_listed_and_answered(self):
        same, other = self.doubtful(640, "Wiarda"), self.doubtful(660, "Okafor")
        listed = self.reviews()
        for pair in (same, other):
            review = listed[tuple(pair)]
            self.assertLess(review["kans"], 0.95)
            self.assertTrue(review["keerpunten"])
            self.assertEqual(review["huishoudens"][0]["client"]["voorletters"], "J.P.")
            self.assertEqual([side["zaakId"].rsplit("-", 1)[0] for side in review["huishoudens"]], pair)
        def answer(pair, verdict, status=200):
            return self.call("carel", "POST", f"/v1/beoordelingen/{listed[tuple(pair)]['beoordelingId']}",
                             {"oordeel": verdict, "reden": REASON}, status)
        self.assertEqual(answer(same, "zelfde").json["aliassen"], [same[1]])
        answer(other, "verschillend")
        answer(other, "verschillend", 404)
        answer(other, "misschien", 400)
        left = self.reviews()
        self.assertNotIn(tuple(same), left)
        self.assertNotIn(tuple(other), left)
        self.assertNotEqual(self.show(other[1])["huishoudenId"], other[0])

    def test_reviews_of_another_municipality(self):
        self.call("carel", "POST", "/v1/beoordelingen/0090-1-2", {"oordeel": "zelfde", "reden": REASON}, 403)
        self.call("carel", "POST", "/v1/beoordelingen/nergens", {"oordeel": "zelfde", "reden": REASON}, 404)
        self.call("carel", "GET", "/v1/beoordelingen?cursor=nergens", status=400)


if __name__ == "__main__":
    unittest.main()
