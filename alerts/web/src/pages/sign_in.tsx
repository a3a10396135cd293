// Signing in: as a page, and in the window that appears when the session ended in mid-work.

import { type FormEvent, useCallback, useEffect, useState } from "react";
import { type ApiError, client } from "../api/client";
import type { SignInWays, WhoAmI } from "../api/types";
import { LanguageSwitch } from "../frame";
import { asApiError } from "../state/resource";
import { useQuery } from "../state/router";
import { useTexts } from "../text/text";
import { Alert, Button, TextField } from "../ui/controls";
import { errorWords } from "../ui/feedback";

const LINK_BUTTON = "utrecht-button utrecht-button--primary-action knop-link";
const START = "/v1/sessies/openid/start";

interface FormProps {
  user?: string;
  second?: boolean; // another way to sign in stands above it
  onSignedIn: (who: WhoAmI) => void;
}

export function SignInForm({ user = "", second = false, onSignedIn }: FormProps) {
  const t = useTexts();
  const [name, setName] = useState(user);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    client
      .post<WhoAmI>("/v1/sessies", { gebruiker: name.trim(), wachtwoord: password }, { quiet: true })
      .then(onSignedIn)
      .catch((failure: unknown) => setError(asApiError(failure)))
      .finally(() => setBusy(false));
  };

  const words = (e: ApiError) => {
    if (e.code === "te-veel-pogingen") return t.signIn.tooMany;
    return e.status === 401 || e.status === 400 ? t.signIn.failed : errorWords(e, t);
  };

  return (
    <form onSubmit={submit} className="formulier">
      {error && (
        <Alert kind="error" role="alert">
          <p className="utrecht-paragraph">{words(error)}</p>
        </Alert>
      )}
      <TextField
        label={t.signIn.user}
        name="gebruiker"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t.signIn.password}
        name="wachtwoord"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look={second ? "secondary" : "primary"} busy={busy}>
        {t.signIn.submit}
      </Button>
    </form>
  );
}

// The provider's page cannot stand in this window without losing what is typed here: it opens in another,
// and this one looks for the session when it is looked at again.
export function SignInElsewhere({ onSignedIn }: { onSignedIn: (who: WhoAmI) => void }) {
  const t = useTexts();
  const [error, setError] = useState<ApiError | null>(null);

  const look = useCallback(() => {
    client
      .get<WhoAmI>("/v1/sessies/huidige", { quiet: true })
      .then(onSignedIn)
      .catch((failure: unknown) => setError(asApiError(failure)));
  }, [onSignedIn]);
  useEffect(() => {
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [look]);

  return (
    <div className="formulier">
      {error && (
        <Alert kind="error" role="alert">
          <p className="utrecht-paragraph">{error.status === 401 ? t.signIn.notYet : errorWords(error, t)}</p>
        </Alert>
      )}
      <p className="utrecht-paragraph">{t.signIn.elsewhereWhy}</p>
      <p className="utrecht-paragraph">
        <a className={LINK_BUTTON} href={START} target="_blank" rel="noreferrer">
          {t.signIn.elsewhere}
        </a>
      </p>
      <Button onClick={look}>{t.signIn.back}</Button>
    </div>
  );
}

export function SignInPage({ onSignedIn }: { onSignedIn: (who: WhoAmI) => void }) {
  const t = useTexts();
  const [ways, setWays] = useState<SignInWays>({ wachtwoord: true, openidConnect: null });

  const [query] = useQuery();
  const refusal = query.get("aanmelding");

  useEffect(() => {
    document.title = `${t.signIn.title} · ${t.app.name}`;
  }, [t]);
  useEffect(() => {
    client
      .get<SignInWays>("/v1/aanmeldwijzen", { quiet: true })
      .then(setWays)
      .catch(() => undefined); // the password form always works
  }, []);

  return (
    <div className="aanmelden">
      <header className="aanmelden__kop">
        <p className="kop__naam">
          <img src="/vroegsein.svg" alt="" width="36" height="36" />
          <span>{t.app.name}</span>
        </p>
        <LanguageSwitch />
      </header>
      <main className="aanmelden__vak">
        <h1 className="utrecht-heading-1">{t.signIn.title}</h1>
        <p className="utrecht-paragraph">{t.signIn.intro}</p>
        {refusal && (
          <Alert kind="error" role="alert">
            <p className="utrecht-paragraph">{t.signIn.refused[refusal] ?? t.errors.unknown}</p>
          </Alert>
        )}
        {ways.openidConnect && (
          <>
            <p className="utrecht-paragraph">
              <a className={LINK_BUTTON} href={ways.openidConnect.href}>
                {t.signIn.with(ways.openidConnect.naam || t.signIn.yours)}
              </a>
            </p>
            <h2 className="utrecht-heading-3 aanmelden__of">{t.signIn.or}</h2>
          </>
        )}
        {ways.wachtwoord && <SignInForm second={ways.openidConnect !== null} onSignedIn={onSignedIn} />}
      </main>
    </div>
  );
}
