// Huishouden: everything about one case on one page, and beside it what to do now.

import { type FormEvent, useCallback, useEffect, useState } from "react";
import { subscribe } from "../../api/live";
import type { Case, Household } from "../../api/types";
import { useCaseAction } from "../../state/actions";
import { useReloadOnChange } from "../../state/live_reload";
import { useResource } from "../../state/resource";
import { useTexts } from "../../text/text";
import { Alert, AppLink, Badge, Button, TextField } from "../../ui/controls";
import { ErrorAlert, Loading } from "../../ui/feedback";
import { TaskMarks } from "../../ui/task_marks";
import { dayWithYear } from "../../words/days";
import { fullName, postcode, street } from "../../words/words";
import { PageTitle } from "../page_title";
import { Composition } from "./composition";
import { Advice, Contact, EarlierCases, QuickContact, Reasons } from "./facts";
import { CaseOwner } from "./owner";
import { Timeline } from "./timeline";
import { WorkPanel } from "./work_panel";

const QUIET_MS = 1000;

export function HouseholdPage({ caseId }: { caseId: string }) {
  const t = useTexts();
  const [reason, setReason] = useState<string | undefined>();
  const resource = useResource<Case>(`/v1/zaken/${caseId}`, { reason });
  const { data: zaak, error, reload, replace } = resource;

  // A colleague may be at work on the same household.
  useEffect(
    () => subscribe((change) => (change.zaakId === null || change.zaakId === caseId) && reload()),
    [caseId, reload],
  );

  return (
    <>
      <p className="utrecht-paragraph terug">
        <AppLink to="/">← {t.household.back}</AppLink>
      </p>
      {!zaak && error?.code === "reden-nodig" && <ReasonForm onReason={setReason} />}
      {error && error.code !== "reden-nodig" && (
        <>
          {!zaak && <PageTitle text={t.household.title("")} />}
          <ErrorAlert error={error} onRetry={reload} />
        </>
      )}
      {!zaak && !error && <Loading />}
      {zaak && <CaseView zaak={zaak} reason={reason} onChange={replace} onRegrouped={reload} />}
    </>
  );
}

function ReasonForm({ onReason }: { onReason: (reason: string) => void }) {
  const t = useTexts();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reason = text.trim();
    setWrong(reason.length < 5);
    if (reason.length >= 5) onReason(reason);
  };
  return (
    <form className="formulier" onSubmit={submit}>
      <PageTitle text={t.household.otherTeam} />
      <p className="utrecht-paragraph">{t.household.otherTeamWhy}</p>
      <TextField
        label={t.household.reason}
        maxLength={200}
        value={text}
        error={wrong ? t.household.reasonShort : null}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary">
        {t.household.open}
      </Button>
    </form>
  );
}

interface CaseViewProps {
  zaak: Case;
  reason: string | undefined;
  onChange: (zaak: Case) => void;
  onRegrouped: () => void;
}

function CaseView({ zaak, reason, onChange, onRegrouped }: CaseViewProps) {
  const t = useTexts();
  const after = useCallback((changed: Case) => onChange(changed), [onChange]);
  const actions = useCaseAction(after);
  const client = zaak.signalen[0]?.client;
  const address = street(zaak.adres, client?.straatnaam);
  const undoable = zaak.ongedaanTeMaken;
  return (
    <>
      <div className="titelrij">
        <PageTitle text={address} tab={t.household.title("").trim()} />
        <span className="merken">
          <TaskMarks crisis={zaak.crisis} deadline={zaak.status === "open" ? zaak.termijn : null} />
          {zaak.meervoudig && (
            <Badge kind="neutral">
              <span title={t.household.multipleWhy}>{t.household.multiple}</span>
            </Badge>
          )}
          {zaak.opeenvolgend && (
            <Badge kind="neutral">
              <span title={t.household.consecutiveWhy}>{t.household.consecutive}</span>
            </Badge>
          )}
        </span>
      </div>
      <p className="utrecht-paragraph huishouden__wie">
        {[client && fullName(client), `${postcode(zaak.adres)} ${client?.plaatsnaam ?? ""}`.trim()]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <QuickContact zaak={zaak} />
      {zaak.buitenEigenTeam && (
        <Alert kind="warning">
          <p className="utrecht-paragraph">{t.household.otherTeamMark}</p>
        </Alert>
      )}
      <div className="huishouden">
        <div className="huishouden__werk">
          <CaseOwner zaak={zaak} reason={reason} actions={actions} />
          {undoable && (
            <p className="utrecht-paragraph">
              <Button look="subtle" busy={actions.busy} onClick={() => void actions.undo(zaak.zaakId, reason)}>
                ↶ {t.household.undoOf[undoable] ?? t.app.undo}
              </Button>
              {undoable === "eindresultaat" && <span className="klein"> {t.household.undoOutcomeHint}</span>}
            </p>
          )}
          {zaak.status === "open" ? (
            <WorkPanel zaak={zaak} reason={reason} actions={actions} />
          ) : (
            <Alert kind="info">
              <p className="utrecht-paragraph">
                {t.household.isClosed(dayWithYear(zaak.datumEindresultaat ?? "", t.locale))}{" "}
                {zaak.eindresultaat && (t.outcome.values[zaak.eindresultaat] ?? zaak.eindresultaat)}
              </p>
            </Alert>
          )}
        </div>
        <div className="huishouden__feiten">
          <Contact zaak={zaak} />
          <Reasons zaak={zaak} />
          {zaak.status === "open" && <Advice zaak={zaak} />}
          <Timeline zaak={zaak} />
          <Around zaak={zaak} reason={reason} onRegrouped={onRegrouped} />
        </div>
      </div>
    </>
  );
}

// What the household is besides this case.
function Around({ zaak, reason, onRegrouped }: Omit<CaseViewProps, "onChange">) {
  const household = useResource<Household>(`/v1/huishoudens/${zaak.huishoudenId}`, { reason });
  useReloadOnChange(household.reload, QUIET_MS);
  const regrouped = () => {
    household.reload();
    onRegrouped();
  };
  if (!household.data) return null;
  return (
    <>
      <Composition household={household.data} reason={reason} onChange={regrouped} />
      <EarlierCases household={household.data} caseId={zaak.zaakId} />
    </>
  );
}
