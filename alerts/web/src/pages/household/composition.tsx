// Who a household is made of and why: people, what was compared, what changed; and taking apart or
// joining where a person knows better.

import { type FormEvent, useState } from "react";
import { client } from "../../api/client";
import type { Household, HouseholdChange, Resident } from "../../api/types";
import { useNotices } from "../../state/notices";
import { asApiError } from "../../state/resource";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { Button, TextField } from "../../ui/controls";
import { Dialog } from "../../ui/dialog";
import { errorWords } from "../../ui/feedback";
import { dayOfMoment, dayWithYear } from "../../words/days";
import { birthDay, chanceOf, likenessOf, residentName } from "../../words/likeness";
import { houseNumber, postcode } from "../../words/words";

const REASON_MAX = 400;

// What somebody is about to decide; the server hears it with a reason.
interface Decision {
  title: string;
  means: string;
  said: string;
  path: "splitsen" | "samenvoegen";
  body: { alias: string } | { persoon: number } | { met: string };
}

interface Props {
  household: Household;
  reason: string | undefined;
  onChange: () => void;
}

export function Composition({ household, reason, onChange }: Props) {
  const t = useTexts();
  const [decision, setDecision] = useState<Decision | null>(null);
  const { personen, vergelijkingen, geschiedenis } = household;
  // One description, as it came: there is nothing to explain.
  if (personen.length < 2 && geschiedenis.length === 0) return null;
  return (
    <section className="vak">
      <h2 className="utrecht-heading-2">{t.composition.title}</h2>
      <People household={household} onDecide={setDecision} />
      {vergelijkingen.length > 0 && <WhyTogether household={household} />}
      {geschiedenis.length > 0 && <History household={household} onDecide={setDecision} />}
      {decision && (
        <DecisionDialog
          decision={decision}
          household={household.huishoudenId}
          reason={reason}
          onClose={() => setDecision(null)}
          onDone={onChange}
        />
      )}
    </section>
  );
}

interface PartProps {
  household: Household;
  onDecide: (decision: Decision) => void;
}

function People({ household, onDecide }: PartProps) {
  const t = useTexts();
  const persons = new Set(household.personen.map(({ persoon }) => persoon));
  const seen = new Set<number>();
  const takeOut = (one: Resident) =>
    onDecide({
      title: t.composition.takeOutTitle(residentName(one)),
      means: t.composition.divideMeans,
      said: t.composition.divided,
      path: "splitsen",
      body: { persoon: one.persoon },
    });
  return (
    <ul className="regels">
      {household.personen.map((one) => {
        const first = !seen.has(one.persoon);
        seen.add(one.persoon);
        return (
          <li key={one.nummer}>
            <DescribedAs one={one} />
            {first && persons.size > 1 && (
              <Button look="subtle" onClick={() => takeOut(one)}>
                {t.composition.takeOut}
                <span className="alleen-voorlezen">: {residentName(one)}</span>
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function DescribedAs({ one }: { one: Resident }) {
  const t = useTexts();
  const [from, to] = [one.eersteSignaaldatum, one.laatsteSignaaldatum].map((day) => dayWithYear(day, t.locale));
  const born = one.geboortedatum ? t.composition.born(dayWithYear(birthDay(one.geboortedatum), t.locale)) : "";
  return (
    <>
      <strong>{residentName(one)}</strong>
      {[born, `${postcode(one.adres)} ${houseNumber(one.adres)}`]
        .filter(Boolean)
        .map((words) => ` · ${words}`)
        .join("")}
      <span className="klein"> · {t.composition.signals(one.aantalSignalen, from ?? "", to ?? "")}</span>
    </>
  );
}

function WhyTogether({ household }: { household: Household }) {
  const t = useTexts();
  const byNumber = new Map(household.personen.map((one) => [one.nummer, one]));
  return (
    <details className="meer">
      <summary>{t.composition.why}</summary>
      <ul className="regels">
        {household.vergelijkingen.map((comparison) => {
          const one = byNumber.get(comparison.met);
          const other = byNumber.get(comparison.beschrijving);
          if (!one || !other) return null;
          const together = one.persoon === other.persoon ? t.composition.samePerson : t.composition.otherPerson;
          const sameAddress = JSON.stringify(one.adres) === JSON.stringify(other.adres);
          const { speaksFor, speaksAgainst } = likenessOf(comparison, sameAddress, t);
          return (
            <li key={comparison.beschrijving}>
              <strong>{together(residentName(one), residentName(other))}</strong>
              <br />
              {sameAddress && one.persoon !== other.persoon && `${t.composition.sameAddress} `}
              {t.composition.sure(chanceOf(comparison))}
              {speaksFor.length > 0 && (
                <>
                  <br />
                  {t.reviews.speaksFor} {speaksFor.join(", ")}
                </>
              )}
              {speaksAgainst.length > 0 && (
                <>
                  <br />
                  {t.reviews.speaksAgainst} {speaksAgainst.join(", ")}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

// What can still be turned back: a household that became a name of this one, and one that was kept apart.
function wayBack(change: HouseholdChange, household: Household): "divide" | "join" | null {
  if (!change.ander) return null;
  if (change.soort === "samengevoegd") return household.aliassen.includes(change.ander) ? "divide" : null;
  const apart = change.soort === "verschillend-beoordeeld" || change.soort === "afgesplitst";
  return apart && !household.aliassen.includes(change.ander) ? "join" : null;
}

function History({ household, onDecide }: PartProps) {
  const t = useTexts();
  const { nameOf } = useTeams();
  const divide = (alias: string) =>
    onDecide({
      title: t.composition.divideTitle,
      means: t.composition.divideMeans,
      said: t.composition.divided,
      path: "splitsen",
      body: { alias },
    });
  const join = (met: string) =>
    onDecide({
      title: t.composition.joinTitle,
      means: t.composition.joinMeans,
      said: t.composition.joined,
      path: "samenvoegen",
      body: { met },
    });
  // The last change that names a household is the one that can be turned.
  const changes = [...household.geschiedenis].reverse();
  const last = (change: HouseholdChange) => changes.find(({ ander }) => ander === change.ander) === change;
  return (
    <details className="meer">
      <summary>{t.composition.history}</summary>
      <ul className="regels">
        {changes.map((change, index) => {
          const back = last(change) ? wayBack(change, household) : null;
          const by = change.door ? t.household.by(nameOf(change.door)) : t.composition.byProgram;
          return (
            <li key={index}>
              {dayWithYear(dayOfMoment(change.op), t.locale)}: {t.composition.changes[change.soort] ?? change.soort}{" "}
              <span className="klein">
                {by}
                {change.reden && (
                  <>
                    : <span lang="nl">{change.reden}</span>
                  </>
                )}
              </span>{" "}
              {back === "divide" && (
                <Button look="subtle" onClick={() => divide(change.ander ?? "")}>
                  {t.composition.divide}
                </Button>
              )}
              {back === "join" && (
                <Button look="subtle" onClick={() => join(change.ander ?? "")}>
                  {t.composition.join}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

interface DialogProps {
  decision: Decision;
  household: string;
  reason: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

function DecisionDialog({ decision, household, reason, onClose, onDone }: DialogProps) {
  const t = useTexts();
  const { tell } = useNotices();
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !why.trim()) return;
    setBusy(true);
    try {
      const body = { ...decision.body, reden: why.trim() };
      await client.post<Household>(`/v1/huishoudens/${household}/${decision.path}`, body, { reason });
      tell({ kind: "ok", text: decision.said });
      onDone();
      onClose();
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
      setBusy(false);
    }
  };
  return (
    <Dialog title={decision.title} onClose={onClose}>
      <form className="formulier" onSubmit={(event) => void submit(event)} noValidate>
        <p className="utrecht-paragraph">{decision.means}</p>
        <TextField
          label={t.composition.reason}
          maxLength={REASON_MAX}
          value={why}
          error={tried && !why.trim() ? t.reviews.reasonMissing : null}
          onChange={(event) => setWhy(event.target.value)}
        />
        <div className="knoppen">
          <Button type="submit" look="primary" busy={busy}>
            {decision.path === "splitsen" ? t.composition.divide : t.composition.join}
          </Button>
          <Button onClick={onClose}>{t.app.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
