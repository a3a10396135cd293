// What a worker types about a case, kept from the first letter: at once in this tab (which survives a
// reload and an expired session), and after a short pause at the server (which survives the phone).
// Nothing of it stays on a shared computer: the tab's memory ends with the tab.

import { useCallback, useEffect, useRef, useState } from "react";
import { client } from "../api/client";
import type { Draft } from "../api/types";

export interface CaseDraft {
  note: string;
  attempt: AttemptDraft;
  outcome: OutcomeDraft;
}

export interface AttemptDraft {
  soort: string;
  datum: string;
  dagdeel: string;
  bereikt: "" | "ja" | "nee";
  volgendeStap: string;
  volgendeStapDatum: string;
}

export interface OutcomeDraft {
  eindresultaat: string;
  datum: string;
  nazorgdatum: string;
}

export type Kept = "no" | "here" | "server";

const PAUSE_MS = 700;

export const emptyAttempt = (): AttemptDraft => ({
  soort: "",
  datum: "",
  dagdeel: "",
  bereikt: "",
  volgendeStap: "",
  volgendeStapDatum: "",
});
export const emptyOutcome = (): OutcomeDraft => ({ eindresultaat: "", datum: "", nazorgdatum: "" });
export const emptyDraft = (): CaseDraft => ({
  note: "",
  attempt: emptyAttempt(),
  outcome: emptyOutcome(),
});

export function isEmpty(draft: CaseDraft): boolean {
  return JSON.stringify(draft) === JSON.stringify(emptyDraft());
}

// Text of an older version of this screen, or of nobody we know, is no draft.
export function draftFrom(text: string | null): CaseDraft | null {
  if (!text) return null;
  try {
    const read = JSON.parse(text) as Partial<CaseDraft>;
    return {
      note: typeof read.note === "string" ? read.note : "",
      attempt: { ...emptyAttempt(), ...read.attempt },
      outcome: { ...emptyOutcome(), ...read.outcome },
    };
  } catch {
    return null;
  }
}

const keyOf = (user: string, caseId: string) => `vroegsein.concept.${user}.${caseId}`;

export function forgetDrafts(): void {
  sessionStorage.clear();
}

export function useDraft(user: string, caseId: string) {
  const key = keyOf(user, caseId);
  const [draft, setDraft] = useState<CaseDraft>(
    () => draftFrom(sessionStorage.getItem(key)) ?? emptyDraft(),
  );
  const [kept, setKept] = useState<Kept>("no");
  const touched = useRef(sessionStorage.getItem(key) !== null);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const path = `/v1/zaken/${caseId}/concept`;

  // The server's copy counts only where this tab has none: it may be from another device.
  useEffect(() => {
    if (touched.current) return;
    client
      .get<Draft>(path, { quiet: true })
      .then(({ inhoud }) => {
        const found = draftFrom(inhoud);
        if (!found || touched.current) return;
        latest.current = found;
        setDraft(found);
        setKept("server");
      })
      .catch(() => undefined); // without it the form is empty, and works
  }, [path]);

  const send = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const text = isEmpty(latest.current) ? "" : JSON.stringify(latest.current);
    client
      .post<Draft>(path, { inhoud: text }, { quiet: true })
      .then(() => setKept(text ? "server" : "no"))
      .catch(() => setKept(text ? "here" : "no"));
  }, [path]);

  const update = useCallback(
    (part: Partial<CaseDraft>) => {
      touched.current = true;
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      if (isEmpty(latest.current)) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(latest.current));
      clearTimeout(timer.current);
      timer.current = setTimeout(send, PAUSE_MS);
    },
    [key, send],
  );

  // Back on line: what waited here goes to the server.
  useEffect(() => {
    const online = () => touched.current && send();
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("online", online);
      if (timer.current) send(); // who leaves the page within the pause
    };
  }, [send]);

  return { draft, update, kept };
}
