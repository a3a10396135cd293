import { type FormEvent, useState } from "react";
import { useTexts } from "../../text/text";
import { Button, TextArea } from "../../ui/controls";
import type { FormProps } from "./work_panel";

const NOTE_CHARACTERS_MAX = 2000;
const NOTE_WARN_FROM = 1700;

export function NoteForm({ zaak, reason, actions, draft }: FormProps) {
  const t = useTexts();
  const text = draft.draft.note;
  const [wrong, setWrong] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const tekst = text.trim();
    setWrong(!tekst);
    if (!tekst || actions.busy) return;
    const action = { caseId: zaak.zaakId, path: "notities", body: { tekst }, said: t.noteForm.saved, reason };
    if (!(await actions.act(action))) draft.update({ note: "" });
  };
  return (
    <form className="formulier" onSubmit={(event) => void submit(event)} noValidate>
      <TextArea
        label={t.noteForm.label}
        hint={t.noteForm.hint}
        rows={5}
        maxLength={NOTE_CHARACTERS_MAX}
        value={text}
        error={wrong && !text.trim() ? t.app.required : null}
        onChange={(event) => draft.update({ note: event.target.value })}
      />
      {text.length >= NOTE_WARN_FROM && (
        <p className="klein">{t.noteForm.left(NOTE_CHARACTERS_MAX - text.length)}</p>
      )}
      <Button type="submit" look="primary" busy={actions.busy}>
        {t.noteForm.save}
      </Button>
    </form>
  );
}
