// How it ended. The partners are told at once, and hear it too when it is undone: a window asks once more.

import { type FormEvent, useState } from "react";
import { emptyOutcome } from "../../state/drafts";
import { useTexts } from "../../text/text";
import { Button, Choices, TextField } from "../../ui/controls";
import { Dialog } from "../../ui/dialog";
import { addMonths, dayWithYear, today, weekdayFrom } from "../../words/days";
import { hasAftercare, OUTCOMES } from "../../words/outcomes";
import type { FormProps } from "./work_panel";

const AFTERCARE_MONTHS = 3;

export function OutcomeForm({ zaak, reason, actions, draft }: FormProps) {
  const t = useTexts();
  const now = today();
  const typed = draft.draft.outcome;
  const form = { ...typed, datum: typed.datum || now };
  const [wrong, setWrong] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const set = (part: Partial<typeof form>) => {
    setWrong(null);
    draft.update({ outcome: { ...typed, ...part } });
  };
  const aftercare = hasAftercare(form.eindresultaat);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = !form.eindresultaat ? t.outcome.missing : form.datum > now ? t.attempt.future : null;
    setWrong(said);
    if (!said) setAsking(true);
  };
  const close = async () => {
    const body = {
      eindresultaat: form.eindresultaat,
      datum: form.datum,
      ...(aftercare && form.nazorgdatum ? { nazorgdatum: form.nazorgdatum } : {}),
    };
    const error = await actions.act({ caseId: zaak.zaakId, path: "eindresultaat", body, said: t.outcome.saved, reason });
    setAsking(false);
    if (!error) draft.update({ note: "", outcome: emptyOutcome() });
  };

  return (
    <form className="formulier" onSubmit={submit} noValidate>
      <h3 className="utrecht-heading-3">{t.outcome.title}</h3>
      {OUTCOMES.map(({ group, values }) => (
        <Choices
          key={group}
          list
          legend={t.outcome.groups[group]}
          name="eindresultaat"
          value={form.eindresultaat}
          options={values.map((value) => [value, t.outcome.values[value] ?? value])}
          onChoose={(eindresultaat) => set({ eindresultaat })}
        />
      ))}
      <TextField
        label={t.outcome.date}
        type="date"
        max={now}
        value={form.datum}
        fieldClass="kort"
        onChange={(event) => set({ datum: event.target.value })}
      />
      {aftercare && (
        <>
          <TextField
            label={t.outcome.aftercare}
            hint={t.outcome.aftercareHint}
            type="date"
            min={now}
            value={form.nazorgdatum}
            fieldClass="kort"
            onChange={(event) => set({ nazorgdatum: event.target.value })}
          />
          <div className="knoppen knoppen--klein">
            <Button look="subtle" onClick={() => set({ nazorgdatum: weekdayFrom(addMonths(now, AFTERCARE_MONTHS)) })}>
              {t.outcome.aftercareQuick}
            </Button>
          </div>
        </>
      )}
      {wrong && (
        <p className="utrecht-form-field-error-message" role="alert">
          {wrong}
        </p>
      )}
      <Button type="submit" look="primary">
        {t.outcome.next}
      </Button>
      {asking && (
        <Dialog title={t.outcome.confirmTitle} onClose={() => setAsking(false)}>
          <p className="utrecht-paragraph">
            <strong>{t.outcome.values[form.eindresultaat] ?? form.eindresultaat}</strong>,{" "}
            {dayWithYear(form.datum, t.locale)}
          </p>
          <p className="utrecht-paragraph">{t.outcome.confirm}</p>
          <div className="knoppen">
            <Button look="primary" busy={actions.busy} onClick={() => void close()}>
              {t.outcome.confirmDo}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.app.cancel}</Button>
          </div>
        </Dialog>
      )}
    </form>
  );
}
