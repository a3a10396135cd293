// Why two descriptions may be one person, in words: which fields agree, which do not, and which say
// nothing because one of the two is not known.

import type { Address, Client, Comparison, FieldComparison, Resident } from "../api/types";
import type { Texts } from "../text/nl";
import { dayWithYear } from "./days";
import { capital, fullName, phoneNumber, street } from "./words";

// Less than this says nothing either way.
const TELLING_BITS = 0.5;
const TURNS_SHOWN = 3;
// What a person would want to compare; the rest is only there when both partners gave it.
const EXPECTED = ["achternaam", "voorletters", "geboortedatum", "telefoonnummer", "email"];

export interface Likeness {
  speaksFor: string[];
  speaksAgainst: string[];
  missing: string[];
  lookAt: string[];
}

const fieldWord = (field: string, t: Texts) => t.likeness.fields[field] ?? field;
const levelWord = (level: string, t: Texts) => t.likeness.levels[level] ?? level;
const agreement = (one: FieldComparison, t: Texts) =>
  `${fieldWord(one.veld, t)} (${levelWord(one.overeenkomst, t)})`;

// People of one address are weighed as housemates: there a surname says less.
export function likenessOf(comparison: Comparison, sameAddress: boolean, t: Texts): Likeness {
  const bits = (one: FieldComparison) => (sameAddress ? one.bitsTegenHuisgenoten : one.bitsTegenVreemden);
  const heaviest = [...comparison.velden].sort((a, b) => Math.abs(bits(b)) - Math.abs(bits(a)));
  const compared = new Set(comparison.velden.map(({ veld }) => veld));
  const turns = new Set(comparison.keerpunten.map(({ veld }) => veld));
  return {
    speaksFor: heaviest.filter((one) => bits(one) >= TELLING_BITS).map((one) => agreement(one, t)),
    speaksAgainst: heaviest.filter((one) => bits(one) <= -TELLING_BITS).map((one) => agreement(one, t)),
    missing: EXPECTED.filter((field) => !compared.has(field)).map((field) => fieldWord(field, t)),
    lookAt: heaviest
      .filter(({ veld }) => turns.has(veld))
      .slice(0, TURNS_SHOWN)
      .map(({ veld }) => fieldWord(veld, t)),
  };
}

// Never quite nothing and never quite sure: that is why a person is asked.
export function chanceOf(comparison: Comparison): number {
  return Math.min(99, Math.max(1, Math.round(comparison.kans * 100)));
}

export interface ComparedRow {
  label: string;
  values: [string | null, string | null];
  agreement: string;
}

const ROWS: { key: keyof Texts["reviews"]["rows"]; fields: string[]; show: (who: Client, t: Texts) => string }[] = [
  { key: "name", fields: ["achternaam", "voorletters"], show: fullName },
  {
    key: "born",
    fields: ["geboortedatum"],
    show: ({ geboortedatum }, t) => (geboortedatum ? dayWithYear(geboortedatum, t.locale) : ""),
  },
  {
    key: "address",
    fields: ["straatnaam", "huisnummer", "deur", "toevoeging", "postcode", "plaatsnaam"],
    show: (who) => fullAddress(who),
  },
  {
    key: "phone",
    fields: ["telefoonnummer"],
    show: ({ telefoonnummer }) => (telefoonnummer ? phoneNumber(telefoonnummer) : ""),
  },
  { key: "email", fields: ["email"], show: ({ email }) => email ?? "" },
];

function fullAddress(who: Client): string {
  const address: Address = {
    postcode: who.postcode,
    huisnummer: who.huisnummer,
    huisnummertoevoeging: who.huisnummertoevoeging ?? "",
  };
  const words = street(address, who.straatnaam);
  const place = [who.straatnaam ? who.postcode.replace(/^(\d{4})/, "$1 ") : "", who.plaatsnaam];
  return [words, place.filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

// What two partners said, field by field, side by side; not what neither of them knows.
export function comparedRows(comparison: Comparison, sides: [Client, Client], t: Texts): ComparedRow[] {
  const levels = new Map(comparison.velden.map(({ veld, overeenkomst }) => [veld, overeenkomst]));
  const rows = ROWS.map(({ key, fields, show }): ComparedRow => {
    const found = fields.filter((field) => levels.has(field));
    const one = (field: string) => levelWord(levels.get(field) ?? "", t);
    const words = fields.length === 1 ? found.map(one) : found.map((field) => `${fieldWord(field, t)} ${one(field)}`);
    return {
      label: t.reviews.rows[key],
      values: [show(sides[0], t) || null, show(sides[1], t) || null],
      agreement: words.join(", ") || t.reviews.notCompared,
    };
  });
  return rows.filter(({ values }) => values.some((value) => value !== null));
}

// A resident as compared is written in small letters without points.
export function residentName(one: Resident): string {
  const surname = one.achternaam.split(" ").map(capital).join(" ");
  const first = one.voornaam ? capital(one.voornaam) : (one.voorletters ?? "").toUpperCase().replace(/(\S)/g, "$1.");
  return `${first} ${surname}`.trim();
}

export function birthDay(compact: string): string {
  return compact.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}
