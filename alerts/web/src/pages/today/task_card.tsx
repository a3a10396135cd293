import type { Task } from "../../api/types";
import { useCaseAction } from "../../state/actions";
import { useWho } from "../../state/session";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { AppLink, Button, Check } from "../../ui/controls";
import { TaskMarks } from "../../ui/task_marks";
import { dayInWords } from "../../words/days";
import { attemptKind, lower, mainReason, postcode, sector, street, triedWords } from "../../words/words";
import type { Selection } from "./assign_bar";

interface TaskCardProps {
  task: Task;
  selection: Selection | null;
  onChanged: () => void;
}

export function TaskCard({ task, selection, onChanged }: TaskCardProps) {
  const t = useTexts();
  const address = street(task.adres, task.straatnaam);
  return (
    <li className={`taak ${task.crisis ? "taak--crisis" : ""}`}>
      {selection && (
        <Check
          label={t.today.select(address)}
          labelHidden
          checked={selection.has(task.zaakId)}
          onChange={() => selection.toggle(task.zaakId)}
        />
      )}
      <div className="taak__midden">
        <div className="taak__kop">
          <h2 className="taak__adres">
            <AppLink to={`/zaken/${task.zaakId}`}>{address}</AppLink>
          </h2>
          <TaskMarks crisis={task.crisis} deadline={task} />
        </div>
        <p className="taak__regel">
          {[task.naam, `${postcode(task.adres)} ${task.plaatsnaam ?? ""}`.trim(), task.zone]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p className="taak__reden" lang="nl">
          {mainReason(task.redenen)}
        </p>
        <p className="taak__regel">
          {triedWords(task, t)}
          {task.volgendeStap && (
            <>
              {". "}
              <strong>
                {t.task.next(
                  lower(attemptKind(task.volgendeStap.soort, t)),
                  dayInWords(task.volgendeStap.datum, t.locale),
                )}
              </strong>
            </>
          )}
        </p>
      </div>
      <CardSide task={task} onChanged={onChanged} />
    </li>
  );
}

function CardSide({ task, onChanged }: { task: Task; onChanged: () => void }) {
  const t = useTexts();
  const { gebruiker } = useWho();
  const { nameOf } = useTeams();
  const { act, busy } = useCaseAction(onChanged);
  const owner = () => {
    if (!task.behandelaar) return t.task.nobody;
    return task.behandelaar === gebruiker ? t.task.mine : t.task.of(nameOf(task.behandelaar));
  };
  return (
    <div className="taak__zij">
      <p className="taak__regel">{task.soorten.map((kind) => sector(kind, t)).join(", ")}</p>
      <p className="taak__regel">{owner()}</p>
      {!task.behandelaar && (
        <Button
          busy={busy}
          aria-label={`${t.task.pickUp}: ${street(task.adres, task.straatnaam)}`}
          onClick={() => void act({ caseId: task.zaakId, path: "oppakken", said: t.task.pickedUp })}
        >
          {t.task.pickUp}
        </Button>
      )}
    </div>
  );
}
