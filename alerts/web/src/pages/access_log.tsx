// Who saw or changed what, for the privacy officer.

import { type FormEvent, useCallback, useEffect, useState } from "react";
import { type ApiError, client } from "../api/client";
import type { AccessLog } from "../api/types";
import { asApiError } from "../state/resource";
import { useTexts } from "../text/text";
import { Alert, Button, TextField } from "../ui/controls";
import { ErrorAlert, Loading } from "../ui/feedback";
import { momentInWords } from "../words/days";
import { PageTitle } from "./page_title";

const LINES = 50;

export function AccessLogPage() {
  const t = useTexts();
  const [user, setUser] = useState("");
  const [subject, setSubject] = useState("");
  const [lines, setLines] = useState<AccessLog["regels"] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const load = useCallback(async (path: string, before: AccessLog["regels"]) => {
    try {
      const answer = await client.get<AccessLog>(path);
      setLines([...before, ...answer.regels]);
      setNext(answer._links.next?.href ?? null);
      setError(null);
    } catch (failure) {
      setError(asApiError(failure));
    }
  }, []);
  useEffect(() => void load(`/v1/toegangslog?aantal=${LINES}`, []), [load]);

  const search = (event: FormEvent) => {
    event.preventDefault();
    const query = new URLSearchParams({ aantal: String(LINES) });
    if (user.trim()) query.set("gebruiker", user.trim());
    if (subject.trim()) query.set("zaakId", subject.trim());
    void load(`/v1/toegangslog?${query.toString()}`, []);
  };

  return (
    <>
      <PageTitle text={t.log.title} />
      <p className="utrecht-paragraph">{t.log.intro}</p>
      <form className="rij" onSubmit={search}>
        <TextField label={t.log.user} value={user} onChange={(event) => setUser(event.target.value)} />
        <TextField label={t.log.caseId} value={subject} onChange={(event) => setSubject(event.target.value)} />
        <Button type="submit" look="primary">
          {t.log.show}
        </Button>
      </form>
      <ErrorAlert error={error} />
      {!lines && !error && <Loading />}
      {lines && lines.length === 0 && (
        <Alert kind="info">
          <p className="utrecht-paragraph">{t.log.empty}</p>
        </Alert>
      )}
      {lines && lines.length > 0 && <LogTable lines={lines} />}
      {next && <Button onClick={() => void load(next, lines ?? [])}>{t.today.more}</Button>}
    </>
  );
}

function LogTable({ lines }: { lines: AccessLog["regels"] }) {
  const t = useTexts();
  return (
    <div className="schuif" tabIndex={0} role="region" aria-label={t.log.title}>
      <table className="utrecht-table utrecht-table--html-table">
        <caption className="alleen-voorlezen">{t.log.title}</caption>
        <thead className="utrecht-table__header">
          <tr>
            {[t.log.time, t.log.user, t.log.action, t.log.subjects, t.log.result, t.log.reason].map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.nummer}>
              <td>{momentInWords(line.tijdstip, t.locale)}</td>
              <td>{line.gebruiker}</td>
              <td>{line.handeling}</td>
              <td>{line.onderwerpen.join(", ")}</td>
              <td>{line.status < 400 ? t.log.allowed : t.log.refused(line.status)}</td>
              <td>{line.reden}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
