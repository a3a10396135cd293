// Answers that were asked for before anybody wanted them (begin.ts): each is given once, to the first who
// asks the same. What failed is not given: who asks then asks the server.

declare global {
  interface Window {
    vroegseinEarly?: Map<string, Promise<Response>>;
  }
}

// Older than this it is asked anew: the page may have stood in the background.
const FRESH_MS = 10_000;

export const GET: RequestInit = {
  method: "GET",
  headers: { Accept: "application/json" },
  credentials: "same-origin",
  cache: "no-store",
};

export function early(path: string): Promise<Response> {
  const asked = fetch(path, GET);
  const waiting = (window.vroegseinEarly ??= new Map<string, Promise<Response>>());
  waiting.set(path, asked);
  asked.catch(() => waiting.delete(path));
  setTimeout(() => waiting.delete(path), FRESH_MS);
  return asked;
}

export async function takeEarly(path: string): Promise<Response | null> {
  const asked = window.vroegseinEarly?.get(path);
  window.vroegseinEarly?.delete(path);
  return asked ? asked.catch(() => null) : null;
}
