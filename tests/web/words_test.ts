// The pure part of the screen: days, words, the questions that filters ask, drafts, the story of a case.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case, Comparison, Resident, Task } from "../../alerts/web/src/api/types";
import { byZone, isForToday } from "../../alerts/web/src/pages/route";
import { questionOf, savedQuestion } from "../../alerts/web/src/pages/today/question";
import { draftFrom, emptyDraft, isEmpty } from "../../alerts/web/src/state/drafts";
import { en } from "../../alerts/web/src/text/en";
import { nl } from "../../alerts/web/src/text/nl";
import { addDays, addMonths, partOfDay, today, weekdayFrom } from "../../alerts/web/src/words/days";
import { ATTEMPT_KINDS, hasAftercare, OUTCOMES } from "../../alerts/web/src/words/outcomes";
import { chanceOf, comparedRows, likenessOf, residentName } from "../../alerts/web/src/words/likeness";
import { timelineOf } from "../../alerts/web/src/words/timeline";
import { byAddress, deadlineWords, houseNumber, phoneNumber, postcode, triedWords }
  from "../../alerts/web/src/words/words";
import contract from "../../alerts/api/openapi.json";
// The names that the server gives to fields and to how far they agree.
import comparisonSource from "../../store/household/identity/comparison.cpp";

const deadline = (werkdagenTotDeadline: number, teLaat: boolean) =>
  ({ dagenTotDeadline: 0, werkdagenTotDeadline, teLaat, bijnaTeLaat: false });
const address = (postcode: string, huisnummer: string, huisnummertoevoeging = "") =>
  ({ postcode, huisnummer, huisnummertoevoeging });

test("the days left are said in words", () => {
  const said = [deadline(2, false), deadline(1, false), deadline(0, false), deadline(-1, true),
    deadline(-3, true), deadline(0, true)].map((one) => deadlineWords(one, nl));
  assert.deepEqual(said, ["nog 2 werkdagen", "nog 1 werkdag", "vandaag", "1 werkdag te laat",
    "3 werkdagen te laat", "te laat"]);
  assert.equal(deadlineWords(deadline(2, false), en), "2 working days left");
});

test("a day is a day in Amsterdam", () => {
  assert.equal(today(new Date("2026-06-30T22:30:00Z")), "2026-07-01");
  assert.equal(today(new Date("2026-12-31T22:30:00Z")), "2026-12-31");
  assert.equal(partOfDay(new Date("2026-06-30T09:59:00Z")), "Ochtend");
  assert.equal(partOfDay(new Date("2026-06-30T10:00:00Z")), "Middag");
  assert.equal(partOfDay(new Date("2026-01-10T17:00:00Z")), "Avond");
});

test("days and months are added over their edges", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2026-03-28", 1), "2026-03-29");
  assert.equal(addDays("2026-03-29", 1), "2026-03-30");
  assert.equal(addMonths("2026-11-30", 3), "2027-02-28");
  assert.equal(addMonths("2027-11-30", 3), "2028-02-29");
  assert.equal(weekdayFrom("2026-11-21"), "2026-11-23");
  assert.equal(weekdayFrom("2026-11-23"), "2026-11-23");
});

test("addresses and telephone numbers are written as people write them", () => {
  assert.equal(postcode({ postcode: "8922DJ" }), "8922 DJ");
  assert.equal(houseNumber(address("8922DJ", "12", "A")), "12A");
  assert.equal(houseNumber(address("8922DJ", "12", "BIS")), "12 BIS");
  assert.equal(phoneNumber("+31581377297"), "058 137 7297");
  assert.equal(phoneNumber("+31612345678"), "06 1234 5678");
  assert.equal(phoneNumber("+31512345678"), "0512 345 678");
  assert.equal(phoneNumber("+4930123456"), "+4930123456");
  const sorted = [address("8911AD", "100"), address("8911AD", "12", "B"), address("8911AD", "12"),
    address("8911AD", "2"), address("8911AC", "7")].sort(byAddress);
  assert.deepEqual(sorted.map((one) => one.huisnummer + one.huisnummertoevoeging),
    ["7", "2", "12", "12B", "100"]);
});

test("every outcome of the contract has its place and its words, in both languages", () => {
  const promised = contract.components.schemas.NieuwEindresultaat.properties.eindresultaat.enum;
  const offered = OUTCOMES.flatMap(({ values }) => values);
  assert.deepEqual([...offered].sort(), [...promised].sort());
  for (const texts of [nl, en]) {
    for (const value of promised) assert.ok(texts.outcome.values[value], `${texts.code}: ${value}`);
  }
});

test("every kind of contact is one that the server knows", () => {
  const known = new Set(contract.components.schemas.NieuweContactpoging.properties.soort.enum);
  for (const kind of ATTEMPT_KINDS) {
    assert.ok(known.has(kind), kind);
    assert.ok(nl.attempt.kinds[kind] && en.attempt.kinds[kind], kind);
  }
});

test("both languages say the same things", () => {
  const shape = (node: object, path = ""): string[] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === "object" ? shape(value as object, `${path}.${key}`) : [`${path}.${key}`]);
  const sectors = (keys: string[]) => keys.filter((key) => !key.startsWith(".sectors")).sort();
  assert.deepEqual(sectors(shape(en)), sectors(shape(nl)));
});

test("aftercare is asked only where somebody is left to look after", () => {
  assert.ok(hasAftercare("(Budget)advies en/of quick fix"));
  assert.ok(!hasAftercare("Inwoner is overleden"));
  assert.ok(!hasAftercare(""));
});

test("words that are searched for are in no address and no saved filter", () => {
  const query = new URLSearchParams("van=mijn&zone=Binnenstad&onzin=1");
  assert.deepEqual(JSON.parse(questionOf(query, "mijn", "a.postma", " Vries ")),
    { filters: { zone: "Binnenstad", behandelaar: "a.postma" }, words: "Vries" });
  assert.equal(savedQuestion(query), "van=mijn&zone=Binnenstad");
});

test("a draft survives its way to the server and back; what is no draft is none", () => {
  const draft = { ...emptyDraft(), note: "Gebeld; belt morgen terug" };
  assert.deepEqual(draftFrom(JSON.stringify(draft)), draft);
  assert.ok(!isEmpty(draft));
  assert.ok(isEmpty(emptyDraft()));
  for (const text of [null, "", "{", "geen json"]) assert.equal(draftFrom(text), null);
  assert.deepEqual(draftFrom('{"note": 3}'), emptyDraft());
});

test("what was tried is said in one sentence", () => {
  const task = { aantalContactpogingen: 2,
    laatsteContactpoging: { soort: "Huisbezoek", datum: "2026-11-19", bereikt: false } } as Task;
  assert.equal(triedWords(task, nl),
    "2 keer geprobeerd, het laatst huisbezoek op 19 november: niet bereikt");
  assert.equal(triedWords({ ...task, aantalContactpogingen: 0 }, nl), "Nog niet geprobeerd");
});

test("today's route: what is planned for today or cannot wait, by neighbourhood and house number", () => {
  const stop = (zone: string | null, nummer: string, more: Partial<Task> = {}) =>
    ({ zone, adres: address("8911AD", nummer), crisis: false, teLaat: false, bijnaTeLaat: false,
      volgendeStap: null, ...more }) as Task;
  const step = (datum: string) => ({ volgendeStap: { soort: "Huisbezoek", datum } });
  const day = "2026-11-23";
  assert.ok(isForToday(stop("a", "1", step("2026-11-23")), day));
  assert.ok(isForToday(stop("a", "1", step("2026-11-20")), day));
  assert.ok(!isForToday(stop("a", "1", { ...step("2026-11-24"), crisis: true }), day));
  assert.ok(isForToday(stop("a", "1", { crisis: true }), day));
  assert.ok(!isForToday(stop("a", "1"), day));
  const route = byZone([stop("b", "3"), stop("a", "10"), stop(null, "1"), stop("a", "9")]);
  assert.deepEqual(route.map(([zone, stops]) => [zone, stops.map((one) => one.adres.huisnummer)]),
    [["", ["1"]], ["a", ["9", "10"]], ["b", ["3"]]]);
});

test("the story of a case is told newest first, an attempt on its own day", () => {
  const zaak = {
    signalen: [{ ontvangenOp: "2026-11-12T06:29:00Z", aflopen: [{ afloop: "betaald", datum: "2026-11-30" }] }],
    contactpogingen: [{ datum: "2026-11-13", vastgelegdOp: "2026-11-16T08:00:00Z" }],
    notities: [{ vastgelegdOp: "2026-11-14T08:00:00Z" }],
    eindresultaat: "Inwoner is overleden", geslotenOp: "2026-11-20T08:00:00Z", afgeslotenDoor: "a",
  } as unknown as Case;
  assert.deepEqual(timelineOf(zaak).map(({ kind }) => kind),
    ["aftermath", "closed", "note", "attempt", "signal"]);
});

const field = (veld: string, overeenkomst: string, bitsTegenVreemden: number, bitsTegenHuisgenoten: number) =>
  ({ veld, overeenkomst, bitsTegenVreemden, bitsTegenHuisgenoten });
const comparison: Comparison = {
  zelfdePersoon: true,
  kans: 0.997,
  velden: [field("voorletters", "alle-letters", 6, 6), field("achternaam", "gelijk", 13, 0.2),
    field("postcode", "anders", -4, 1), field("rechtspersoon", "gelijk", 0.04, 0.04)],
  keerpunten: [{ veld: "voorletters", is: "alle-letters", zouMoetenZijn: "anders" }],
};

test("why two may be one is said by weight; among housemates a surname says little", () => {
  const strangers = likenessOf(comparison, false, nl);
  assert.deepEqual(strangers.speaksFor, ["achternaam (gelijk)", "voorletters (alle letters gelijk)"]);
  assert.deepEqual(strangers.speaksAgainst, ["postcode (anders)"]);
  assert.deepEqual(strangers.missing, ["geboortedatum", "telefoonnummer", "e-mailadres"]);
  assert.deepEqual(strangers.lookAt, ["voorletters"]);
  assert.deepEqual(likenessOf(comparison, true, nl).speaksFor,
    ["voorletters (alle letters gelijk)", "postcode (anders)"]);
  assert.equal(chanceOf(comparison), 99);
});

test("side by side stands what at least one partner said", () => {
  const one = { voorletters: "J.P.", achternaam: "Feddema", postcode: "8911AD", huisnummer: "640",
    straatnaam: "Eewal", plaatsnaam: "Leeuwarden", telefoonnummer: "+31612345678" };
  const rows = comparedRows(comparison, [one, { ...one, telefoonnummer: null, straatnaam: "" }], en);
  assert.deepEqual(rows.map(({ label, values }) => [label, ...values]), [
    ["Name", "J.P. Feddema", "J.P. Feddema"],
    ["Address", "Eewal 640, 8911 AD Leeuwarden", "8911 AD 640, Leeuwarden"],
    ["Telephone", "06 1234 5678", null]]);
  assert.equal(rows[0]?.agreement, "surname the same, initials all letters the same");
  assert.equal(rows[2]?.agreement, "cannot be compared");
  const resident = { achternaam: "feddema smit", voorletters: "jp", voornaam: null } as Resident;
  assert.equal(residentName(resident), "J.P. Feddema Smit");
});

test("every field and level that the server names has words in both languages", () => {
  const lists = [...comparisonSource.matchAll(/string_view k(\w+)\[\w*\] = \{([^}]*)\}/g)];
  assert.ok(lists.length >= 6);
  for (const [, list, body = ""] of lists) {
    const names = [...body.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
    for (const texts of [nl, en]) {
      const words = list === "FieldNames" ? texts.likeness.fields : texts.likeness.levels;
      assert.deepEqual(names.filter((name) => !words[name]), [], `${list} in ${texts.code}`);
    }
  }
});
