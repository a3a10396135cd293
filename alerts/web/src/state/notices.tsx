// What just happened, said on the screen and to a screen reader, with the way back where there is one.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

export interface Notice {
  text: string;
  kind: "ok" | "error" | "info";
  undo?: () => void;
}

interface Notices {
  notice: Notice | null;
  tell: (notice: Notice) => void;
  clear: () => void;
}

const NoticesContext = createContext<Notices>({
  notice: null,
  tell: () => undefined,
  clear: () => undefined,
});

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const clear = useCallback(() => setNotice(null), []);
  const value = useMemo(() => ({ notice, tell: setNotice, clear }), [notice, clear]);
  return <NoticesContext.Provider value={value}>{children}</NoticesContext.Provider>;
}

export function useNotices(): Notices {
  return useContext(NoticesContext);
}
