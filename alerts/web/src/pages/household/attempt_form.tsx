// A contact attempt in three taps: what, reached or not, save. Day and part of the day are filled in
// for who writes it down at the door; the next step is the ladder's when nobody was reached.

import { type FormEvent, useState } from "react";
import { emptyAttempt } from "../../state/drafts";
import { useTexts } from "../../text/text";
import { Button, Choices, Select, TextField } from "../../ui/controls";
import { addDays, partOfDay, today, weekdayFrom } from "../../words/days";
import { ATTEMPT_KINDS } from "../../words/outcomes";
import { attemptKind } from "../../words/words";
import type { FormProps } from "./work_panel";

const PARTS = ["Ochtend", "Middag", "Avond"];

export function AttemptForm({ zaak, reason, actions, draft }: FormProps) {
  const t = useTexts();
  const now = today();
  const typed = draft.draft.attempt;
  const form = { ...typed, datum: typed.datum || now, dagdeel: typed.dagdeel || partOfDay() };
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (part: Partial<typeof form>) => {
    setWrong(null);
    draft.update({ attempt: { ...typed, ...part } });
  };

  const complaint = () => {
    if (!form.soort || !form.bereikt) return t.attempt.missing;
    if (form.datum > now) return t.attempt.future;
    if (form.volgendeStap && form.volgendeStapDatum < now) return t.attempt.nextMissing;
    return null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const said = complaint();
    setWrong(said);
    if (said || actions.busy) return;
    const body = {
      soort: form.soort,
      datum: form.datum,
      dagdeel: form.dagdeel,
      bereikt: form.bereikt === "ja",
      ...(form.volgendeStap
        ? { volgendeStap: form.volgendeStap, volgendeStapDatum: form.volgendeStapDatum }
        : {}),
    };
    const action = { caseId: zaak.zaakId, path: "contactpogingen", body, said: t.attempt.saved, reason };
    if (!(await actions.act(action))) draft.update({ attempt: emptyAttempt() });
  };

  return (
    <form className="formulier" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        legend={t.attempt.kind}
        name="soort"
        value={form.soort}
        options={ATTEMPT_KINDS.map((kind) => [kind, attemptKind(kind, t)])}
        onChoose={(soort) => set({ soort })}
      />
      <Choices
        legend={t.attempt.part}
        name="dagdeel"
        value={form.dagdeel}
        options={PARTS.map((part) => [part, t.attempt.parts[part] ?? part])}
        onChoose={(dagdeel) => set({ dagdeel })}
      />
      <Choices
        legend={t.attempt.reached}
        name="bereikt"
        value={form.bereikt}
        options={[
          ["ja", t.attempt.reachedYes],
          ["nee", t.attempt.reachedNo],
        ]}
        onChoose={(bereikt) => set({ bereikt: bereikt === "ja" ? "ja" : "nee" })}
      />
      <TextField
        label={t.attempt.date}
        type="date"
        max={now}
        value={form.datum}
        fieldClass="kort"
        onChange={(event) => set({ datum: event.target.value })}
      />
      <NextStepFields
        kind={form.volgendeStap}
        day={form.volgendeStapDatum}
        onChange={(volgendeStap, volgendeStapDatum) => set({ volgendeStap, volgendeStapDatum })}
      />
      {wrong && (
        <p className="utrecht-form-field-error-message" role="alert">
          {wrong}
        </p>
      )}
      <Button type="submit" look="primary" busy={actions.busy}>
        {t.attempt.save}
      </Button>
    </form>
  );
}

interface NextStepProps {
  kind: string;
  day: string;
  onChange: (kind: string, day: string) => void;
}

function NextStepFields({ kind, day, onChange }: NextStepProps) {
  const t = useTexts();
  const now = today();
  const quick: [string, string][] = [
    [weekdayFrom(addDays(now, 1)), t.attempt.quick.tomorrow],
    [weekdayFrom(addDays(now, 2)), t.attempt.quick.twoDays],
    [weekdayFrom(addDays(now, 7)), t.attempt.quick.week],
  ];
  return (
    <div className="volgende">
      <Select
        label={t.attempt.next}
        value={kind}
        options={[["", t.attempt.nextNone], ...ATTEMPT_KINDS.map((one): [string, string] => [one, attemptKind(one, t)])]}
        onChange={(event) => onChange(event.target.value, event.target.value ? day || (quick[1]?.[0] ?? now) : "")}
      />
      {kind && (
        <>
          <TextField
            label={t.attempt.nextDate}
            type="date"
            min={now}
            value={day}
            fieldClass="kort"
            onChange={(event) => onChange(kind, event.target.value)}
          />
          <div className="knoppen knoppen--klein">
            {quick.map(([date, words]) => (
              <Button key={words} look="subtle" aria-pressed={date === day} onClick={() => onChange(kind, date)}>
                {words}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
