// Listens to the server's events: which case changed, never what about whom. The browser reconnects by
// itself; after a gap everything counts as changed, since what happened meanwhile is unknown.

export interface Change {
  zaakId: string | null; // null: much changed, load anew
  team: string | null;
}

type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
const EVERYTHING: Change = { zaakId: null, team: null };
const RETRY_MS = 15_000;

let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

function tell(change: Change): void {
  listeners.forEach((listener) => listener(change));
}

export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function startLive(): void {
  stopLive();
  let wasOpen = false;
  source = new EventSource("/v1/gebeurtenissen");
  source.addEventListener("open", () => {
    if (wasOpen) tell(EVERYTHING);
    wasOpen = true;
  });
  source.addEventListener("gewijzigd", (event) => {
    tell(JSON.parse((event as MessageEvent<string>).data) as Change);
  });
  source.addEventListener("alles", () => tell(EVERYTHING));
  source.addEventListener("error", () => {
    // A refusal (too many streams, a restart) closes the source for good; a lost line does not.
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(startLive, RETRY_MS);
  });
}

export function stopLive(): void {
  clearTimeout(retry);
  source?.close();
  source = null;
}
