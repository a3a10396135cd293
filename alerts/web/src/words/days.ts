// Days as the field counts them: those of Europe/Amsterdam, written as YYYY-MM-DD.

const ZONE = "Europe/Amsterdam";
const DAY_MS = 86_400_000;

export function today(now: Date = new Date()): string {
  // The Swedish way of writing a date is ISO 8601.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(now);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

// A step is planned on a weekday; the worker may choose otherwise.
export function weekdayFrom(day: string): string {
  let result = day;
  while (isWeekend(result)) result = addDays(result, 1);
  return result;
}

export type PartOfDay = "Ochtend" | "Middag" | "Avond";

export function partOfDay(now: Date = new Date()): PartOfDay {
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", hourCycle: "h23" }).format(now),
  );
  if (hour < 12) return "Ochtend";
  return hour < 18 ? "Middag" : "Avond";
}

export function dayInWords(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })
    .format(new Date(`${day}T12:00:00Z`));
}

export function dayShort(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" })
    .format(new Date(`${day}T12:00:00Z`));
}

export function dayWithYear(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${day}T12:00:00Z`));
}

export function momentInWords(moment: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: ZONE })
    .format(new Date(moment));
}

export function dayOfMoment(moment: string): string {
  return today(new Date(moment));
}
