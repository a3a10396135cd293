// Header, menu, content, notices: the same around every page.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { usePath } from "./state/router";
import { mayAssign, readsAccessLog, seesWorkload, worksOnTasks } from "./state/roles";
import { useWho } from "./state/session";
import { useLanguage } from "./text/text";
import { Alert, AppLink } from "./ui/controls";
import { NoticeBar } from "./ui/feedback";

export function LanguageSwitch() {
  const { t, switchLanguage } = useLanguage();
  return (
    <button
      type="button"
      className="kop__knop"
      lang={t.code === "nl" ? "en" : "nl"}
      onClick={switchLanguage}
    >
      {t.otherLanguage}
    </button>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const changed = () => setOnline(navigator.onLine);
    window.addEventListener("online", changed);
    window.addEventListener("offline", changed);
    return () => {
      window.removeEventListener("online", changed);
      window.removeEventListener("offline", changed);
    };
  }, []);
  return online;
}

export function Frame({ onSignOut, children }: { onSignOut: () => void; children: ReactNode }) {
  const { t } = useLanguage();
  const online = useOnline();
  const path = usePath();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // After a click on a link a screen reader starts at the top of the new page.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);

  return (
    <>
      <a className="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">
        {t.app.skip}
      </a>
      <Header onSignOut={onSignOut} />
      <main id="inhoud" ref={main} tabIndex={-1} className="bladzijde">
        {!online && (
          <Alert kind="warning" role="status">
            <p className="utrecht-paragraph">{t.app.offline}</p>
          </Alert>
        )}
        {children}
      </main>
      <NoticeBar />
    </>
  );
}

function Header({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useLanguage();
  const who = useWho();
  const path = usePath();
  const item = (to: string, text: string) => (
    <li>
      <AppLink to={to} className="menu__link" current={path === to}>
        {text}
      </AppLink>
    </li>
  );
  return (
    <header className="kop">
      <div className="kop__breedte">
        <p className="kop__naam">
          <img src="/vroegsein.svg" alt="" width="28" height="28" />
          <span>{t.app.name}</span>
        </p>
        <div className="kop__rechts">
          <LanguageSwitch />
          <span className="kop__wie">{who.naam}</span>
          <button type="button" className="kop__knop" onClick={onSignOut}>
            {t.app.signOut}
          </button>
        </div>
      </div>
      <nav className="menu" aria-label={t.app.menu}>
        <ul>
          {worksOnTasks(who.rol) && item("/", t.nav.today)}
          {worksOnTasks(who.rol) && item("/route", t.nav.route)}
          {seesWorkload(who.rol) && item("/coordinator", mayAssign(who.rol) ? t.nav.coordinator : t.nav.workload)}
          {mayAssign(who.rol) && item("/beoordelen", t.nav.reviews)}
          {seesWorkload(who.rol) && item("/rapportage", t.nav.report)}
          {readsAccessLog(who.rol) && item("/toegangslog", t.nav.accessLog)}
          {item("/account", t.nav.account)}
        </ul>
      </nav>
    </header>
  );
}
