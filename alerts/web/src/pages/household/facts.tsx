// What is known: whom to reach and how, why now, what the policy advises, and what there was before.

import type { Case, Client, Household } from "../../api/types";
import { useTexts } from "../../text/text";
import { AppLink, ExternalLink } from "../../ui/controls";
import { dayOfMoment, dayWithYear } from "../../words/days";
import {
  attemptKind,
  fullName,
  houseNumber,
  mapAddress,
  phoneNumber,
  postcode,
  priorityWord,
} from "../../words/words";

// Partners write the same person in their own ways: one entry per name, with all that was given.
export function peopleOf(zaak: Case): Client[] {
  const people = new Map<string, Client>();
  for (const { client } of zaak.signalen) {
    const known = people.get(fullName(client).toLowerCase());
    people.set(fullName(client).toLowerCase(), known ? merged(known, client) : client);
  }
  return [...people.values()];
}

function merged(first: Client, second: Client): Client {
  return {
    ...first,
    telefoonnummer: first.telefoonnummer || (second.telefoonnummer ?? null),
    email: first.email || (second.email ?? null),
    geboortedatum: first.geboortedatum || (second.geboortedatum ?? null),
    straatnaam: first.straatnaam || (second.straatnaam ?? null),
  };
}

// On a phone, first of all: to call and to find the door.
export function QuickContact({ zaak }: { zaak: Case }) {
  const t = useTexts();
  const people = peopleOf(zaak).filter(({ telefoonnummer }) => telefoonnummer);
  const first = zaak.signalen[0]?.client;
  const look = "utrecht-button utrecht-button--secondary-action";
  return (
    <div className="snel">
      {people.slice(0, 2).map(({ telefoonnummer }) => (
        <a key={telefoonnummer} className={look} href={`tel:${telefoonnummer}`}>
          {t.household.call(phoneNumber(telefoonnummer ?? ""))}
        </a>
      ))}
      <a
        className={look}
        href={mapAddress(zaak.adres, first?.straatnaam, first?.plaatsnaam)}
        target="_blank"
        rel="noreferrer"
      >
        {t.household.map}
        <span className="alleen-voorlezen"> {t.app.newWindow}</span>
      </a>
    </div>
  );
}

export function Contact({ zaak }: { zaak: Case }) {
  const t = useTexts();
  const first = zaak.signalen[0]?.client;
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.household.contact}</h2>
      <p className="utrecht-paragraph adres">
        {first?.straatnaam && (
          <>
            {first.straatnaam} {houseNumber(zaak.adres)}
            <br />
          </>
        )}
        {postcode(zaak.adres)} {first?.straatnaam ? "" : houseNumber(zaak.adres)} {first?.plaatsnaam}
      </p>
      <p className="utrecht-paragraph">
        <ExternalLink href={mapAddress(zaak.adres, first?.straatnaam, first?.plaatsnaam)}>
          {t.household.map}
        </ExternalLink>
      </p>
      {peopleOf(zaak).map((person) => (
        <Person key={fullName(person)} person={person} />
      ))}
    </section>
  );
}

function Person({ person }: { person: Client }) {
  const t = useTexts();
  return (
    <div className="persoon">
      <h3 className="utrecht-heading-3">{fullName(person)}</h3>
      <ul className="regels">
        {person.rechtspersoon && <li>{t.household.company}</li>}
        {person.geboortedatum && <li>{t.household.born(dayWithYear(person.geboortedatum, t.locale))}</li>}
        {person.telefoonnummer && (
          <li>
            <a className="utrecht-link utrecht-link--html-a raakbaar" href={`tel:${person.telefoonnummer}`}>
              {t.household.call(phoneNumber(person.telefoonnummer))}
            </a>
          </li>
        )}
        {person.email && (
          <li>
            <a className="utrecht-link utrecht-link--html-a raakbaar" href={`mailto:${person.email}`}>
              {t.household.mail(person.email)}
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}

export function Reasons({ zaak }: { zaak: Case }) {
  const t = useTexts();
  const decision = zaak.besluiten.at(-1);
  const rules = decision?.regels ?? zaak.redenen.map((reden) => ({ tabel: "", regel: 0, punten: 0, reden }));
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.household.why}</h2>
      <p className="utrecht-paragraph">
        <strong>{t.household.score(zaak.score)}</strong> ·{" "}
        {t.task.priorityOf(priorityWord(zaak.prioriteit, t))}
      </p>
      <ul className="redenen">
        {rules.map((rule) => (
          <li key={`${rule.tabel}-${rule.regel}`}>
            <span lang="nl">{rule.reden}</span>
            {rule.punten !== 0 && <span className="redenen__punten">{t.household.points(rule.punten)}</span>}
          </li>
        ))}
      </ul>
      <p className="utrecht-paragraph klein">
        {t.household.routing}: <span lang="nl">{zaak.routering}</span>
      </p>
    </section>
  );
}

// The ladder of contact; what was tried already has been climbed.
export function Advice({ zaak }: { zaak: Case }) {
  const t = useTexts();
  const ladder = zaak.besluiten.at(-1)?.contactladder ?? [];
  if (ladder.length === 0) return null;
  const tried = new Set(zaak.contactpogingen.map(({ soort }) => soort));
  const next = ladder.find((kind) => !tried.has(kind));
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.household.advice}</h2>
      <ol className="ladder">
        {ladder.map((kind) => (
          <li key={kind} className={tried.has(kind) ? "ladder__gedaan" : ""}>
            {attemptKind(kind, t)}
            {tried.has(kind) && <span aria-hidden="true"> ✓</span>}
            {kind === next && <strong className="ladder__nu">{t.household.adviceNext}</strong>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function EarlierCases({ household, caseId }: { household: Household; caseId: string }) {
  const t = useTexts();
  const earlier = household.zaken.filter(({ zaakId }) => zaakId !== caseId);
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.household.earlier}</h2>
      {earlier.length === 0 && <p className="utrecht-paragraph">{t.household.noEarlier}</p>}
      <ul className="regels">
        {earlier.map((one) => (
          <li key={one.zaakId}>
            <AppLink to={`/zaken/${one.zaakId}`}>
              {t.household.earlierCase(dayWithYear(dayOfMoment(one.geopendOp), t.locale))}
            </AppLink>
            {": "}
            {one.eindresultaat
              ? (t.outcome.values[one.eindresultaat] ?? one.eindresultaat)
              : t.household.stillOpen}
          </li>
        ))}
      </ul>
    </section>
  );
}
