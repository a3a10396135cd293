// How the things of the field are written on the screen.

import type { Address, Client, Deadline, Task } from "../api/types";
import type { Texts } from "../text/nl";
import { dayShort } from "./days";

export function houseNumber(address: Address): string {
  const suffix = address.huisnummertoevoeging;
  if (!suffix) return address.huisnummer;
  return address.huisnummer + (/^[a-z]$/i.test(suffix) ? suffix : ` ${suffix}`);
}

export function postcode(address: { postcode: string }): string {
  return address.postcode.replace(/^(\d{4})\s*([A-Za-z]{2})$/, "$1 $2");
}

export function street(address: Address, streetName: string | null | undefined): string {
  return streetName ? `${streetName} ${houseNumber(address)}` : `${postcode(address)} ${houseNumber(address)}`;
}

export function fullName(client: Client): string {
  return [client.voorletters, client.voorvoegsel, client.achternaam].filter(Boolean).join(" ");
}

// The Dutch area codes of three figures; all others have four.
const SHORT_AREAS = new Set(
  ["10", "13", "15", "20", "23", "24", "26", "30", "33", "35", "36", "38", "40", "43", "45", "46", "50", "53",
    "55", "58", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "85", "88"],
);

// "+31581377297" as people here write it: 058 137 7297.
export function phoneNumber(number: string): string {
  const digits = /^\+31(\d{9})$/.exec(number)?.[1];
  if (!digits) return number;
  if (digits.startsWith("6")) return `06 ${digits.slice(1, 5)} ${digits.slice(5)}`;
  const area = SHORT_AREAS.has(digits.slice(0, 2)) ? 2 : 3;
  return `0${digits.slice(0, area)} ${digits.slice(area, area + 3)} ${digits.slice(area + 3)}`;
}

export function euros(cents: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(cents / 100);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function sector(kind: string, t: Texts): string {
  return t.sectors[kind] ?? kind;
}

export function attemptKind(kind: string, t: Texts): string {
  return t.attempt.kinds[kind] ?? kind;
}

export function priorityWord(priority: string, t: Texts): string {
  return t.task.priority[priority] ?? priority;
}

// "nog 2 werkdagen", "vandaag", "3 werkdagen te laat".
export function deadlineWords(deadline: Deadline, t: Texts): string {
  const days = deadline.werkdagenTotDeadline;
  if (!deadline.teLaat) return t.deadline.left(Math.max(0, days));
  return days < 0 ? t.deadline.late(-days) : t.deadline.lateSinceDay;
}

export type Urgency = "late" | "soon" | "calm";

export function urgency(deadline: Deadline): Urgency {
  if (deadline.teLaat) return "late";
  return deadline.bijnaTeLaat ? "soon" : "calm";
}

export function triedWords(task: Task, t: Texts): string {
  if (task.aantalContactpogingen === 0) return t.task.notTried;
  const last = task.laatsteContactpoging;
  if (!last) return t.task.triedOnly(task.aantalContactpogingen);
  const kind = lower(attemptKind(last.soort, t));
  return t.task.tried(task.aantalContactpogingen, kind, dayShort(last.datum, t.locale), last.bereikt);
}

// The rules of a policy end in a sentence about the term, which the screen says by itself.
export function mainReason(reasons: string[]): string {
  return reasons[0] ?? "";
}

export function mapAddress(address: Address, streetName?: string | null, town?: string | null): string {
  const words = [streetName, houseNumber(address), address.postcode, town].filter(Boolean).join(" ");
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(words)}`;
}

// For sorting along a street: 2, 12, 12A, 100.
export function byAddress(a: Address, b: Address): number {
  return (
    a.postcode.localeCompare(b.postcode) ||
    Number.parseInt(a.huisnummer, 10) - Number.parseInt(b.huisnummer, 10) ||
    a.huisnummertoevoeging.localeCompare(b.huisnummertoevoeging)
  );
}
