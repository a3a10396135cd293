// Yes or no, and why.

import { type FormEvent, useState } from "react";
import type { Review } from "../../api/types";
import { useTexts } from "../../text/text";
import { Button, Choices, TextField } from "../../ui/controls";

export type Verdict = "zelfde" | "verschillend";
export const REASON_MAX = 400;

interface Props {
  review: Review;
  onAnswer: (verdict: Verdict, reason: string) => Promise<void>;
}

export function AnswerForm({ review, onAnswer }: Props) {
  const t = useTexts();
  const [verdict, setVerdict] = useState<"" | Verdict>("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const why = reason.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !verdict || !why) return;
    setBusy(true);
    await onAnswer(verdict, why);
    setBusy(false);
  };
  return (
    <form className="formulier" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        legend={t.reviews.question}
        name={`oordeel-${review.beoordelingId}`}
        value={verdict}
        options={[
          ["zelfde", t.reviews.yes],
          ["verschillend", t.reviews.no],
        ]}
        onChoose={(chosen) => setVerdict(chosen as Verdict)}
      />
      <ul className="regels klein">
        <li>{t.reviews.yesMeans}</li>
        <li>{t.reviews.noMeans}</li>
      </ul>
      <TextField
        label={t.reviews.reason}
        hint={t.reviews.reasonHint}
        maxLength={REASON_MAX}
        value={reason}
        error={tried && !why ? t.reviews.reasonMissing : null}
        onChange={(event) => setReason(event.target.value)}
      />
      {tried && !verdict && (
        <p className="utrecht-form-field-error-message" role="alert">
          {t.reviews.choose}
        </p>
      )}
      <Button type="submit" look="primary" busy={busy}>
        {t.reviews.save}
      </Button>
    </form>
  );
}
