// Whose case is it, by when, and giving it to somebody else.

import { useState } from "react";
import type { Case } from "../../api/types";
import type { useCaseAction } from "../../state/actions";
import { useWho } from "../../state/session";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { Button, Select } from "../../ui/controls";
import { dayInWords, dayWithYear } from "../../words/days";
import { attemptKind } from "../../words/words";

export type Actions = ReturnType<typeof useCaseAction>;

export interface CasePartProps {
  zaak: Case;
  reason: string | undefined;
  actions: Actions;
}

export function CaseOwner({ zaak, reason, actions }: CasePartProps) {
  const t = useTexts();
  const { gebruiker } = useWho();
  const { nameOf, teamName } = useTeams();
  const open = zaak.status === "open";
  const rows: [string, string][] = [
    ...(open ? ([[t.household.deadlineLabel, dayInWords(zaak.deadline, t.locale)]] as [string, string][]) : []),
    [t.household.worker, zaak.behandelaar ? nameOf(zaak.behandelaar) : t.task.nobody],
    [t.household.lead, zaak.regisseur ? nameOf(zaak.regisseur) : t.household.leadNobody],
    [t.household.teamLabel, [teamName(zaak.team), zaak.zone].filter(Boolean).join(", ")],
  ];
  if (zaak.volgendeStap) {
    const { soort, datum } = zaak.volgendeStap;
    rows.push([t.household.nextStep, `${attemptKind(soort, t)}, ${dayInWords(datum, t.locale)}`]);
  }
  if (zaak.nazorgdatum) rows.push([t.household.aftercare, dayWithYear(zaak.nazorgdatum, t.locale)]);

  const act = (path: string, said: string) => void actions.act({ caseId: zaak.zaakId, path, said, reason });
  return (
    <section className="vak" aria-label={t.household.worker}>
      <dl className="gegevens">
        {rows.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {open && (
        <div className="knoppen">
          {!zaak.behandelaar && (
            <Button look="primary" busy={actions.busy} onClick={() => act("oppakken", t.task.pickedUp)}>
              {t.task.pickUp}
            </Button>
          )}
          {zaak.behandelaar === gebruiker && (
            <Button busy={actions.busy} onClick={() => act("teruggeven", t.task.gaveBack)}>
              {t.task.giveBack}
            </Button>
          )}
        </div>
      )}
      {open && <GiveAway zaak={zaak} reason={reason} actions={actions} />}
    </section>
  );
}

// The server is told whose the case was on this screen: a colleague who was faster keeps it.
function GiveAway({ zaak, reason, actions }: CasePartProps) {
  const t = useTexts();
  const { teams, nameOf } = useTeams();
  const [to, setTo] = useState("");
  const people = teams
    .filter(({ team, gemeentecode }) => team === zaak.team && gemeentecode === zaak.gemeentecode)
    .flatMap(({ medewerkers }) => medewerkers);
  const options: [string, string][] = [
    ["", t.task.choose],
    ...people.map((person): [string, string] => [person.gebruiker, person.naam]),
  ];
  const give = async (path: string, body: object, said: string) => {
    if (!(await actions.act({ caseId: zaak.zaakId, path, body, said, reason }))) setTo("");
  };
  return (
    <details className="meer">
      <summary>
        {t.task.handOver} / {t.household.leadChange.toLowerCase()}
      </summary>
      <Select
        label={t.task.handOverTo}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        options={options}
      />
      <div className="knoppen">
        <Button
          busy={actions.busy || !to}
          onClick={() =>
            void give(
              "toewijzen",
              { behandelaar: to, ...(zaak.behandelaar ? { verwachteBehandelaar: zaak.behandelaar } : {}) },
              t.task.handedOver(nameOf(to)),
            )
          }
        >
          {t.task.handOver}
        </Button>
        <Button
          busy={actions.busy || !to}
          onClick={() => void give("regie", { regisseur: to }, t.household.leadChanged(nameOf(to)))}
        >
          {t.household.leadChange}
        </Button>
      </div>
    </details>
  );
}
