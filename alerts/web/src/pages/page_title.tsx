import { type ReactNode, useEffect } from "react";
import { useTexts } from "../text/text";

// The page's first heading, which is also the title of the tab. Nobody's address belongs in a browser's
// history: pages about a household give a title of their own.
export function PageTitle({ text, tab, children }: { text: string; tab?: string; children?: ReactNode }) {
  const t = useTexts();
  useEffect(() => {
    document.title = `${tab ?? text} · ${t.app.name}`;
  }, [text, tab, t]);
  return (
    <h1 className="utrecht-heading-1">
      {text}
      {children}
    </h1>
  );
}
