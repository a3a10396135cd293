// Signing in: as a page, and in the window that appears when the session ended in mid-work.

import { type FormEvent, useEffect, useState } from "react";
import { type ApiError, client } from "../api/client";
import type { SignInWays, WhoAmI } from "../api/types";
import { LanguageSwitch } from "../frame";
import { asApiError } from "../state/resource";
import { useTexts } from "../text/text";
import { Alert, Button, TextField } from "../ui/controls";
import { errorWords } from "../ui/feedback";

interface FormProps {
  user?: string;
  onSignedIn: (who: WhoAmI) => void;
}

export function SignInForm({ user = "", onSignedIn }: FormProps) {
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
      <Button type="submit" look="primary" busy={busy}>
        {t.signIn.submit}
      </Button>
    </form>
  );
}

export function SignInPage({ onSignedIn }: { onSignedIn: (who: WhoAmI) => void }) {
  const t = useTexts();
  const [ways, setWays] = useState<SignInWays>({ wachtwoord: true, openidConnect: null });

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
        {ways.openidConnect && (
          <p className="utrecht-paragraph">
            <a className="utrecht-button utrecht-button--primary-action" href={ways.openidConnect.href}>
              {t.signIn.with(ways.openidConnect.naam)}
            </a>
          </p>
        )}
        {ways.wachtwoord && <SignInForm onSignedIn={onSignedIn} />}
      </main>
    </div>
  );
}
