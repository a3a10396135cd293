// The story of the case, newest first.

import type { ReactNode } from "react";
import type { Case, CaseSignal } from "../../api/types";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { dayOfMoment, dayWithYear } from "../../words/days";
import { attemptKind, euros, lower, sector } from "../../words/words";
import { type Event, timelineOf } from "../../words/timeline";

function partnerName(signal: CaseSignal): string {
  return signal.partnerNaam ?? signal.partner;
}

export function Timeline({ zaak }: { zaak: Case }) {
  const t = useTexts();
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.household.timeline}</h2>
      <ol className="tijdlijn">
        {timelineOf(zaak).map((event, index) => (
          <li key={`${event.at}-${index}`} className={`tijdlijn__punt tijdlijn__punt--${event.kind}`}>
            <p className="tijdlijn__dag">{dayWithYear(dayOfMoment(event.at), t.locale)}</p>
            <Happening event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Happening({ event }: { event: Event }) {
  const t = useTexts();
  const { nameOf } = useTeams();
  const by = (user: string | null): ReactNode =>
    user && <span className="klein"> {t.household.by(nameOf(user))}</span>;
  switch (event.kind) {
    case "signal":
      return <SignalWords signal={event.signal} />;
    case "aftermath":
      return (
        <p className="utrecht-paragraph">
          {t.household.aftermath[event.aftermath] ?? event.aftermath} ({partnerName(event.signal)})
        </p>
      );
    case "attempt": {
      const { soort, dagdeel, bereikt, medewerker } = event.attempt;
      const part = dagdeel ? ` (${lower(t.attempt.parts[dagdeel] ?? dagdeel)})` : "";
      return (
        <p className="utrecht-paragraph">
          <strong>{t.household.attempt(attemptKind(soort, t) + part, bereikt)}</strong>
          {by(medewerker)}
        </p>
      );
    }
    case "note":
      return (
        <>
          <p className="utrecht-paragraph">
            <strong>{t.household.note}</strong>
            {by(event.note.medewerker)}
          </p>
          <p className="utrecht-paragraph notitie">{event.note.tekst}</p>
        </>
      );
    case "closed":
      return (
        <p className="utrecht-paragraph">
          <strong>{t.household.closed(t.outcome.values[event.outcome] ?? event.outcome)}</strong>
          {by(event.by)}
        </p>
      );
  }
}

function SignalWords({ signal }: { signal: CaseSignal }) {
  const t = useTexts();
  const threat = t.household.threat[signal.dreiging];
  const amount = euros(signal.bedragCenten, t.locale);
  return (
    <>
      <p className="utrecht-paragraph">
        <strong>{t.household.signal(sector(signal.soort, t), amount, partnerName(signal))}</strong>
      </p>
      {threat && (
        <p className="utrecht-paragraph dreiging">
          {threat} {signal.dreigingsdatum && t.household.threatOn(dayWithYear(signal.dreigingsdatum, t.locale))}
        </p>
      )}
      <p className="utrecht-paragraph klein">
        {t.household.since(dayWithYear(signal.ontstaansdatum, t.locale))}
        {signal.warmeOverdracht && `. ${t.household.warm}`}
      </p>
    </>
  );
}
