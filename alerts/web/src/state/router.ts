// Which page is shown follows from the address. What was searched for is never in it: names do not
// belong in a browser's history.

import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "vroegsein-adres";

function subscribe(changed: () => void): () => void {
  window.addEventListener("popstate", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("popstate", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (to === window.location.pathname + window.location.search) return;
  if (how === "push") window.history.pushState(null, "", to);
  else window.history.replaceState(null, "", to);
  window.dispatchEvent(new Event(CHANGED));
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

export function useQuery(): [URLSearchParams, (query: URLSearchParams) => void] {
  const text = useSyncExternalStore(subscribe, () => window.location.search);
  const set = useCallback((query: URLSearchParams) => {
    const next = query.toString();
    navigate(window.location.pathname + (next ? `?${next}` : ""), "replace");
  }, []);
  return [new URLSearchParams(text), set];
}
