// What the list is asked: the filters stand in the address (so that a bookmark works), the words that
// somebody searches for do not.

import type { Question } from "../../state/task_path";

export const FILTER_NAMES = ["team", "zone", "prioriteit", "soort", "status", "crisis", "teLaat"] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export type View = "mijn" | "team";

// In the address the view is called `van`; everything else has the server's own name.
export function viewOf(query: URLSearchParams, fallback: View): View {
  const view = query.get("van");
  return view === "mijn" || view === "team" ? view : fallback;
}

export function filtersOn(query: URLSearchParams): number {
  return FILTER_NAMES.filter((name) => query.get(name)).length;
}

export function asQuestion(filters: Record<string, string>, words = ""): string {
  const question: Question = { filters, words };
  return JSON.stringify(question);
}

export function questionOf(query: URLSearchParams, view: View, user: string, words: string): string {
  const filters: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  if (view === "mijn") filters["behandelaar"] = user;
  return asQuestion(filters, words.trim());
}

// A saved filter is an address without the words: it may be shared, and names do not belong in it.
export function savedQuestion(query: URLSearchParams): string {
  const saved = new URLSearchParams();
  for (const name of ["van", ...FILTER_NAMES]) {
    const value = query.get(name);
    if (value) saved.set(name, value);
  }
  return saved.toString();
}

// The own work is nobody else's and not nobody's: that filter would leave an empty list.
export function withView(query: URLSearchParams, view: string): URLSearchParams {
  const next = withFilter(query, "van", view);
  if (view === "mijn") next.delete("status");
  return next;
}

export function withFilter(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}
