// The story of a case, newest first: signals, what the partner later reported, attempts, notes, closing.

import type { Case, CaseSignal, ContactAttempt, Note } from "../api/types";

export type Event =
  | { kind: "signal"; at: string; signal: CaseSignal }
  | { kind: "aftermath"; at: string; signal: CaseSignal; aftermath: string }
  | { kind: "attempt"; at: string; attempt: ContactAttempt }
  | { kind: "note"; at: string; note: Note }
  | { kind: "closed"; at: string; outcome: string; by: string | null };

export function timelineOf(zaak: Case): Event[] {
  const events: Event[] = [];
  for (const signal of zaak.signalen) {
    events.push({ kind: "signal", at: signal.ontvangenOp, signal });
    for (const { afloop, datum } of signal.aflopen) {
      events.push({ kind: "aftermath", at: `${datum}T12:00:00Z`, signal, aftermath: afloop });
    }
  }
  for (const attempt of zaak.contactpogingen) {
    events.push({ kind: "attempt", at: momentOf(attempt), attempt });
  }
  for (const note of zaak.notities) events.push({ kind: "note", at: note.vastgelegdOp, note });
  if (zaak.eindresultaat && zaak.geslotenOp) {
    const outcome = zaak.eindresultaat;
    events.push({ kind: "closed", at: zaak.geslotenOp, outcome, by: zaak.afgeslotenDoor });
  }
  return events.sort((a, b) => b.at.localeCompare(a.at));
}

// An attempt happened on its own day, which may be before it was written down.
function momentOf(attempt: ContactAttempt): string {
  return attempt.vastgelegdOp.startsWith(attempt.datum) ? attempt.vastgelegdOp : `${attempt.datum}T12:00:00Z`;
}
