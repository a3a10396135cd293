// Who is signed in, on every page.

import { createContext, useContext } from "react";
import type { WhoAmI } from "../api/types";

const SessionContext = createContext<WhoAmI | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useWho(): WhoAmI {
  const who = useContext(SessionContext);
  if (!who) throw new Error("a page is shown without a session");
  return who;
}
