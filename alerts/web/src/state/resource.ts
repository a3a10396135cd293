// One answer of the server as a component sees it: loading, there, or failed; loaded anew on request
// without the old one disappearing from the screen.

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, client, type RequestOptions } from "../api/client";

export interface Resource<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean;
  reload: () => void;
  replace: (data: T) => void;
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "onbekend", "");
}

// path null: there is nothing to ask yet.
export function useResource<T>(path: string | null, options?: RequestOptions): Resource<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [loading, setLoading] = useState(path !== null);
  const [round, setRound] = useState(0);
  const reason = options?.reason;
  const shown = useRef<string | null>(null);

  useEffect(() => {
    if (path === null) return undefined;
    let current = true;
    if (shown.current !== path) setData(null);
    shown.current = path;
    setLoading(true);
    client
      .get<T>(path, { reason })
      .then((answer) => {
        if (!current) return;
        setData(answer);
        setError(null);
      })
      .catch((failure: unknown) => current && setError(asApiError(failure)))
      .finally(() => current && setLoading(false));
    return () => {
      current = false;
    };
  }, [path, reason, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { data, error, loading, reload, replace: setData };
}
