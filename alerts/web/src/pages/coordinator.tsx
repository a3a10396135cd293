// The coordinator's page: is the work well divided, is anything forgotten, and what keeps coming back.

import { type FormEvent, type ReactNode, useState } from "react";
import { client } from "../api/client";
import type { AssignResult, Count, Patterns, Workload } from "../api/types";
import { useReloadOnChange } from "../state/live_reload";
import { useNotices } from "../state/notices";
import { asApiError, useResource } from "../state/resource";
import { mayAssign } from "../state/roles";
import { useWho } from "../state/session";
import { useTeams } from "../state/teams";
import { useTexts } from "../text/text";
import { AppLink, Button, Select } from "../ui/controls";
import { ErrorAlert, errorWords, Loading } from "../ui/feedback";
import { houseNumber, postcode, sector } from "../words/words";
import { PageTitle } from "./page_title";

const QUIET_MS = 2000;

export function CoordinatorPage() {
  const t = useTexts();
  const leads = mayAssign(useWho().rol); // a manager reads numbers, not households
  const work = useResource<Workload>("/v1/werkvoorraad");
  const patterns = useResource<Patterns>("/v1/werkvoorraad/patronen");
  const reload = () => {
    work.reload();
    patterns.reload();
  };
  useReloadOnChange(reload, QUIET_MS);

  return (
    <>
      <PageTitle text={leads ? t.coordinator.title : t.nav.workload} />
      <ErrorAlert error={work.error ?? patterns.error} onRetry={reload} />
      {!work.data && !work.error && <Loading />}
      {work.data && (
        <>
          <Totals total={work.data.totaal} links={leads} />
          <LoadTable
            title={t.coordinator.perTeam}
            first={t.coordinator.team}
            rows={work.data.teams.map((row) => ({ ...row, key: row.team, words: row.naam }))}
          />
          <WorkerTables work={work.data} />
          {leads && <HandOver work={work.data} onDone={reload} />}
        </>
      )}
      {patterns.data && <PatternLists patterns={patterns.data} streets={leads} />}
    </>
  );
}

function Totals({ total, links }: { total: Count; links: boolean }) {
  const t = useTexts();
  const numbers: [string, number, string][] = [
    [t.coordinator.open, total.taken, "/?van=team"],
    [t.coordinator.crisis, total.crisis, "/?van=team&crisis=ja"],
    [t.coordinator.late, total.teLaat, "/?van=team&teLaat=ja"],
    [t.coordinator.soon, total.bijnaTeLaat, ""],
    [t.coordinator.unassigned, total.nietOpgepakt, "/?van=team&status=open"],
  ];
  return (
    <section aria-label={t.coordinator.totals}>
      <ul className="cijfers">
        {numbers.map(([words, number, to]) => (
          <li key={words} className="cijfer">
            <span className="cijfer__getal">{number}</span>
            {links && to ? <AppLink to={to}>{words}</AppLink> : <span>{words}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Row = Count & { key: string; words: string };

interface LoadTableProps {
  title: string;
  first: string;
  rows: Row[];
  taken?: boolean; // what somebody has is never nobody's
  children?: ReactNode;
}

function LoadTable({ title, first, rows, taken, children }: LoadTableProps) {
  const t = useTexts();
  const most = Math.max(1, ...rows.map((row) => row.taken));
  return (
    <section className="vak">
      {children}
      <div className="schuif" tabIndex={0} role="region" aria-label={title}>
        <table className="utrecht-table utrecht-table--html-table werklast">
          <caption className="utrecht-table__caption">{title}</caption>
          <thead className="utrecht-table__header">
            <tr>
              <th scope="col">{first}</th>
              <th scope="col" className="getal">{t.coordinator.open}</th>
              <th scope="col" className="getal">{t.coordinator.crisis}</th>
              <th scope="col" className="getal">{t.coordinator.late}</th>
              <th scope="col" className="getal">{t.coordinator.soon}</th>
              {!taken && <th scope="col" className="getal">{t.coordinator.unassigned}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.words}</th>
                <td className="getal">
                  <meter className="balk" min={0} max={most} value={row.taken} aria-hidden="true" />
                  <span className="werklast__getal">{row.taken}</span>
                </td>
                <td className="getal">{row.crisis}</td>
                <td className={`getal ${row.teLaat > 0 ? "getal--laat" : ""}`}>{row.teLaat}</td>
                <td className="getal">{row.bijnaTeLaat}</td>
                {!taken && <td className="getal">{row.nietOpgepakt}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function WorkerTables({ work }: { work: Workload }) {
  const t = useTexts();
  const { teamName } = useTeams();
  const busiest = [...work.teams].sort((a, b) => b.taken - a.taken)[0]?.team ?? "";
  const [chosen, setTeam] = useState<string | null>(null);
  const team = chosen ?? busiest;
  const people = work.medewerkers.filter((row) => !team || row.team === team);
  return (
    <>
      <LoadTable
        taken
        title={t.coordinator.perWorker}
        first={t.coordinator.worker}
        rows={people.map((row) => ({
          ...row,
          key: `${row.team}/${row.gebruiker}`,
          words: team ? row.naam : `${row.naam} (${teamName(row.team)})`,
        }))}
      >
        {work.teams.length > 1 && (
          <Select
            label={t.coordinator.ofTeam}
            value={team}
            fieldClass="werklast__team"
            onChange={(event) => setTeam(event.target.value)}
            options={[
              ["", t.coordinator.allTeams],
              ...work.teams.map((one): [string, string] => [one.team, one.naam]),
            ]}
          />
        )}
      </LoadTable>
      <LoadTable
        title={t.coordinator.perZone}
        first={t.coordinator.zone}
        rows={work.zones.map((row) => ({ ...row, key: row.zone ?? "", words: row.zone || t.coordinator.noZone }))}
      />
    </>
  );
}

const NOBODY = "-";

function HandOver({ work, onDone }: { work: Workload; onDone: () => void }) {
  const t = useTexts();
  const { tell } = useNotices();
  const { teams } = useTeams();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const busyPeople = work.medewerkers.filter(({ taken }) => taken > 0);
  const team = work.medewerkers.find(({ gebruiker }) => gebruiker === from)?.team;
  const colleagues = teams
    .filter((one) => one.team === team)
    .flatMap(({ medewerkers }) => medewerkers)
    .filter(({ gebruiker }) => gebruiker !== from);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!from || !to) return;
    try {
      const path = `/v1/medewerkers/${encodeURIComponent(from)}/overdragen`;
      const answer = await client.post<AssignResult>(path, { behandelaar: to === NOBODY ? null : to });
      const done = answer.resultaten.filter(({ status }) => status === "toegewezen").length;
      const more = answer.meer ? ` ${t.coordinator.handOverMore}` : "";
      tell({ kind: "ok", text: t.coordinator.handedOver(done) + more });
      if (!answer.meer) setFrom("");
      onDone();
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    }
  };
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.coordinator.handOverTitle}</h2>
      <form className="rij" onSubmit={(event) => void submit(event)}>
        <Select
          label={t.coordinator.handOverFrom}
          value={from}
          onChange={(event) => {
            setFrom(event.target.value);
            setTo("");
          }}
          options={[
            ["", t.task.choose],
            ...busyPeople.map((row): [string, string] => [row.gebruiker, `${row.naam} (${row.taken})`]),
          ]}
        />
        <Select
          label={t.coordinator.handOverTo}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          options={[
            ["", t.task.choose],
            ...(from ? colleagues.map((one): [string, string] => [one.gebruiker, one.naam]) : []),
            ...(from ? [[NOBODY, t.coordinator.handOverNone] as [string, string]] : []),
          ]}
        />
        <Button type="submit" look="primary" busy={!from || !to}>
          {t.coordinator.handOverDo}
        </Button>
      </form>
    </section>
  );
}

function PatternLists({ patterns, streets }: { patterns: Patterns; streets: boolean }) {
  const t = useTexts();
  const { teamName } = useTeams();
  return (
    <div className="tweeluik">
      <section className="vak">
        <h2 className="utrecht-heading-2">{t.coordinator.returning}</h2>
        <p className="utrecht-paragraph klein">{t.coordinator.returningHint}</p>
        <p className="utrecht-paragraph">{t.coordinator.returningCount(patterns.aantalTerugkerend)}</p>
        <ul className="regels">
          {patterns.terugkerend.map(({ zaakId, team, eerdereZaken, adres }) => (
            <li key={zaakId}>
              <AppLink to={`/zaken/${zaakId}`}>
                {postcode(adres)} {houseNumber(adres)}
              </AppLink>
              {` · ${t.coordinator.earlierCases(eerdereZaken)} · ${teamName(team)}`}
            </li>
          ))}
        </ul>
      </section>
      <section className="vak">
        <h2 className="utrecht-heading-2">{t.coordinator.collective}</h2>
        <p className="utrecht-paragraph klein">{streets ? t.coordinator.collectiveHint : t.coordinator.districtHint}</p>
        {patterns.collectief.length === 0 && <p className="utrecht-paragraph">{t.coordinator.none}</p>}
        <ul className="regels">
          {patterns.collectief.map(({ gebied, soort, aantal, zaken }) => (
            <li key={`${gebied}-${soort}`}>
              <strong>{gebied}</strong>: {t.coordinator.collectiveRow(sector(soort, t), aantal)}
              {zaken.length > 0 && (
                <span className="zaaklinks">
                  {zaken.map((zaakId, index) => (
                    <AppLink key={zaakId} to={`/zaken/${zaakId}`}>
                      {t.coordinator.openCase(index + 1)}
                    </AppLink>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
