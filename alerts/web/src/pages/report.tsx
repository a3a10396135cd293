// What was done and prevented in a period: for who steers. Numbers, and the same as a file for Excel.

import { useState } from "react";
import type { Report, ReportSlice } from "../api/types";
import { useResource } from "../state/resource";
import { useTeams } from "../state/teams";
import { useTexts } from "../text/text";
import { TextField } from "../ui/controls";
import { ErrorAlert, Loading } from "../ui/feedback";
import { addMonths, today } from "../words/days";
import { PageTitle } from "./page_title";

const MONTHS_SHOWN = 3;

export function ReportPage() {
  const t = useTexts();
  const now = today();
  const [from, setFrom] = useState(addMonths(now, -MONTHS_SHOWN));
  const [to, setTo] = useState(now);
  const right = from !== "" && to !== "" && from <= to;
  const path = `/v1/rapportages/trechter?${new URLSearchParams({ van: from, tot: to })}`;
  const report = useResource<Report>(right ? path : null);
  return (
    <>
      <PageTitle text={t.report.title} />
      <p className="utrecht-paragraph">{t.report.intro}</p>
      <div className="rij">
        <TextField label={t.report.from} type="date" max={to} value={from} onChange={(e) => setFrom(e.target.value)} />
        <TextField
          label={t.report.to}
          type="date"
          max={now}
          value={to}
          error={right ? null : t.report.wrong}
          onChange={(e) => setTo(e.target.value)}
        />
      </div>
      <ErrorAlert error={report.error} onRetry={report.reload} />
      {right && !report.data && !report.error && <Loading />}
      {right && report.data && (
        <>
          <Funnel slice={report.data.totaal} />
          <Teams rows={report.data.perTeam ?? []} />
          <p className="utrecht-paragraph">
            <a className="utrecht-link utrecht-link--html-a" href={`${path}&formaat=csv`} download="vroegsein.csv">
              {t.report.download}
            </a>
          </p>
        </>
      )}
    </>
  );
}

const share = (percent: number | null, locale: string) =>
  percent === null ? "–" : `${percent.toLocaleString(locale)}%`;

// From what came in to what was prevented, each step beside the one before.
function Funnel({ slice }: { slice: ReportSlice }) {
  const t = useTexts();
  const { signalen, zaken, eerstePoging, dreigingen } = slice;
  const steps: [string, number, string][] = [
    [t.report.signals, signalen.aantal, t.report.refused(signalen.nietOpgepakt)],
    [t.report.cases, zaken.aantal, t.report.open(zaken.open)],
    [t.report.tried, zaken.metContactpoging, t.report.inTime(share(eerstePoging.aandeelOpTijdProcent, t.locale))],
    [t.report.reached, zaken.bereikt, t.report.ofCases(share(zaken.aandeelBereiktProcent, t.locale))],
    [t.report.helped, zaken.hulpAanvaard, t.report.ofCases(share(zaken.aandeelHulpAanvaardProcent, t.locale))],
    [
      t.report.prevented,
      dreigingen.alle.voorkomen,
      t.report.ofThreats(dreigingen.alle.bevestigd, share(dreigingen.alle.aandeelVoorkomenProcent, t.locale)),
    ],
  ];
  return (
    <section className="vak" aria-label={t.report.funnel}>
      <dl className="gegevens trechter">
        {steps.map(([words, number, more]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>
              <strong>{number}</strong> <span className="klein">{more}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Teams({ rows }: { rows: (ReportSlice & { waarde: string })[] }) {
  const t = useTexts();
  const { teamName } = useTeams();
  return (
    <section className="vak">
      <div className="schuif" tabIndex={0} role="region" aria-label={t.report.perTeam}>
        <table className="utrecht-table utrecht-table--html-table">
          <caption className="utrecht-table__caption">{t.report.perTeam}</caption>
          <thead className="utrecht-table__header">
            <tr>
              <th scope="col">{t.coordinator.team}</th>
              <th scope="col" className="getal">{t.report.cases}</th>
              <th scope="col" className="getal">{t.report.reached}</th>
              <th scope="col" className="getal">{t.report.helped}</th>
              <th scope="col" className="getal">{t.report.prevented}</th>
            </tr>
          </thead>
          <tbody>
            {rows.filter(({ zaken }) => zaken.aantal > 0).map(({ waarde, zaken, dreigingen }) => (
              <tr key={waarde}>
                <th scope="row">{teamName(waarde)}</th>
                <td className="getal">{zaken.aantal}</td>
                <td className="getal">{zaken.bereikt}</td>
                <td className="getal">{zaken.hulpAanvaard}</td>
                <td className="getal">{dreigingen.alle.voorkomen}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
