// The own account: who am I here, and a new password.

import { type FormEvent, useState } from "react";
import { type ApiError, client } from "../api/client";
import { useNotices } from "../state/notices";
import { asApiError } from "../state/resource";
import { useWho } from "../state/session";
import { useTeams } from "../state/teams";
import { useTexts } from "../text/text";
import { Button, TextField } from "../ui/controls";
import { ErrorAlert } from "../ui/feedback";
import { PageTitle } from "./page_title";

export function AccountPage() {
  const t = useTexts();
  const who = useWho();
  const { teamName } = useTeams();
  const rows: [string, string][] = [
    [t.account.name, who.naam],
    [t.account.user, who.gebruiker],
    [t.account.role, t.account.roles[who.rol] ?? who.rol],
    ...(who.team ? ([[t.account.team, teamName(who.team)]] as [string, string][]) : []),
  ];
  return (
    <>
      <PageTitle text={t.account.title} />
      <section className="vak smal">
        <dl className="gegevens">
          {rows.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {who.aanmeldwijze === "wachtwoord" && <PasswordForm />}
    </>
  );
}

function PasswordForm() {
  const t = useTexts();
  const { tell } = useNotices();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await client.post("/v1/sessies/huidige/wachtwoord", { huidig: current, nieuw: fresh }, { quiet: true });
      setCurrent("");
      setFresh("");
      setError(null);
      tell({ kind: "ok", text: t.account.changed });
    } catch (failure) {
      setError(asApiError(failure));
    }
  };
  return (
    <section className="vak smal">
      <h2 className="utrecht-heading-2">{t.account.change}</h2>
      <form className="formulier" onSubmit={(event) => void submit(event)}>
        <ErrorAlert error={error} />
        <TextField
          label={t.account.current}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label={t.account.fresh}
          hint={t.account.freshHint}
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
        />
        <Button type="submit" look="primary">
          {t.account.submit}
        </Button>
      </form>
    </section>
  );
}
