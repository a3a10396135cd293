// What to write down: a contact attempt, a note, the outcome. One draft for the three, saved as typed.

import { useState } from "react";
import { useDraft } from "../../state/drafts";
import { useWho } from "../../state/session";
import { useTexts } from "../../text/text";
import { Choices } from "../../ui/controls";
import { AttemptForm } from "./attempt_form";
import { NoteForm } from "./note_form";
import { OutcomeForm } from "./outcome_form";
import type { CasePartProps } from "./owner";

type Tab = "attempt" | "note" | "outcome";

export interface FormProps extends CasePartProps {
  draft: ReturnType<typeof useDraft>;
}

export function WorkPanel(props: CasePartProps) {
  const t = useTexts();
  const { gebruiker } = useWho();
  const draft = useDraft(gebruiker, props.zaak.zaakId);
  const [chosen, setTab] = useState<Tab | null>(null);
  // Who comes back to half a note finds the note.
  const tab = chosen ?? (draft.draft.note ? "note" : "attempt");
  const tabs: [Tab, string][] = [
    ["attempt", t.attempt.tab],
    ["note", t.noteForm.tab],
    ["outcome", t.outcome.tab],
  ];
  return (
    <section className="vak werk" aria-labelledby="wat-nu">
      <h2 className="utrecht-heading-2" id="wat-nu">
        {t.household.what}
      </h2>
      <Choices
        legend={t.household.what}
        hideLegend
        name="werk"
        value={tab}
        options={tabs}
        onChoose={(value) => setTab(value as Tab)}
      />
      {tab === "attempt" && <AttemptForm {...props} draft={draft} />}
      {tab === "note" && <NoteForm {...props} draft={draft} />}
      {tab === "outcome" && <OutcomeForm {...props} draft={draft} />}
      <p className="klein concept" role="status">
        {draft.kept === "server" && t.noteForm.draft}
        {draft.kept === "here" && t.noteForm.draftHere}
      </p>
    </section>
  );
}
