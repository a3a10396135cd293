// Loads anew what is on the screen when something changed elsewhere: once for many changes.

import { useEffect, useRef } from "react";
import { subscribe } from "../api/live";

export function useReloadOnChange(reload: () => void, quietMs: number): void {
  const latest = useRef(reload);
  latest.current = reload;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), quietMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [quietMs]);
}
