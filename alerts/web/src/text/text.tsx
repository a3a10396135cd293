// The language of the screen: Dutch, or English when chosen. The choice stays on the device; English is
// fetched only by who asks for it.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { nl, type Texts } from "./nl";

const STORAGE_KEY = "vroegsein.taal";

interface Language {
  t: Texts;
  switchLanguage: () => void;
}

const LanguageContext = createContext<Language>({ t: nl, switchLanguage: () => undefined });

async function textsOf(code: string): Promise<Texts> {
  return code === "en" ? (await import("./en")).en : nl;
}

export function initialTexts(): Promise<Texts> {
  return textsOf(localStorage.getItem(STORAGE_KEY) ?? "nl");
}

export function LanguageProvider({ initial, children }: { initial: Texts; children: ReactNode }) {
  const [t, setTexts] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = t.code;
  }, [t]);
  const switchLanguage = useCallback(() => {
    const code = t.code === "nl" ? "en" : "nl";
    localStorage.setItem(STORAGE_KEY, code);
    void textsOf(code).then(setTexts);
  }, [t]);
  return <LanguageContext.Provider value={{ t, switchLanguage }}>{children}</LanguageContext.Provider>;
}

export function useTexts(): Texts {
  return useContext(LanguageContext).t;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
