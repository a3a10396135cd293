// Vandaag: what somebody opens every morning. The own work first, crisis on top, and one button for who
// has nothing to do.

import { useCallback, useEffect, useState } from "react";
import { client } from "../../api/client";
import type { Case, Task } from "../../api/types";
import { useNotices } from "../../state/notices";
import { asApiError } from "../../state/resource";
import { navigate, useQuery } from "../../state/router";
import { mayAssign } from "../../state/roles";
import { useWho } from "../../state/session";
import { useTasks } from "../../state/tasks";
import { useTexts } from "../../text/text";
import { Alert, Button, Choices } from "../../ui/controls";
import { ErrorAlert, errorWords, Loading } from "../../ui/feedback";
import { PageTitle } from "../page_title";
import { AssignBar, useSelection } from "./assign_bar";
import { FilterBar } from "./filter_bar";
import { questionOf, type View, viewOf, withView } from "./question";
import { TaskCard } from "./task_card";

const TYPING_MS = 300;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function TodayPage() {
  const t = useTexts();
  const who = useWho();
  const { tell } = useNotices();
  const [query, setQuery] = useQuery();
  const [words, setWords] = useState("");
  const settledWords = useSettled(words);
  const assigns = mayAssign(who.rol);
  const view = viewOf(query, assigns ? "team" : "mijn");
  const arrived = useCallback((n: number) => tell({ kind: "info", text: t.today.arrived(n) }), [t, tell]);
  const list = useTasks(questionOf(query, view, who.gebruiker, settledWords), arrived);
  const selection = useSelection(list.tasks ?? []);

  const views: [string, string][] = [
    ["mijn", t.today.mine],
    ["team", assigns ? t.today.all : t.today.team],
  ];
  return (
    <>
      <div className="titelrij">
        <PageTitle text={t.today.title} />
        <NextButton />
      </div>
      <div className="zoekrij">
        <Choices
          legend={t.today.view}
          hideLegend
          name="van"
          value={view}
          options={views}
          onChoose={(value) => setQuery(withView(query, value))}
        />
      </div>
      <FilterBar query={query} onQuery={setQuery} words={words} onWords={setWords} />
      <ErrorAlert error={list.error} onRetry={list.reload} />
      {!list.tasks && !list.error && <Loading />}
      {list.tasks && (
        <>
          <Summary tasks={list.tasks} more={list.hasMore} />
          {assigns && <AssignBar selection={selection} onDone={list.reload} />}
          <TaskList tasks={list.tasks} view={view} selection={assigns ? selection : null} onChanged={list.reload} />
          {list.hasMore && (
            <p className="utrecht-paragraph midden">
              <Button onClick={list.more} busy={list.busy}>
                {t.today.more}
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}

function Summary({ tasks, more }: { tasks: Task[]; more: boolean }) {
  const t = useTexts();
  const late = tasks.filter((task) => task.teLaat).length;
  const soon = tasks.filter((task) => task.bijnaTeLaat && !task.teLaat).length;
  return (
    <p className="utrecht-paragraph samenvatting" role="status">
      <span>{t.today.shown(tasks.length, more)}</span>
      {late > 0 && <strong className="samenvatting__laat">{t.today.lateNotice(late)}</strong>}
      {soon > 0 && <span>{t.today.soonNotice(soon)}</span>}
    </p>
  );
}

interface TaskListProps {
  tasks: Task[];
  view: View;
  selection: ReturnType<typeof useSelection> | null;
  onChanged: () => void;
}

function TaskList({ tasks, view, selection, onChanged }: TaskListProps) {
  const t = useTexts();
  if (tasks.length === 0) {
    return (
      <Alert kind="info">
        <p className="utrecht-paragraph">{view === "mijn" ? t.today.emptyMine : t.today.emptyTeam}</p>
      </Alert>
    );
  }
  return (
    <ul className="taken">
      {tasks.map((task) => (
        <TaskCard key={task.zaakId} task={task} selection={selection} onChanged={onChanged} />
      ))}
    </ul>
  );
}

// Two workers who press at the same moment get two households: the server decides.
function NextButton() {
  const t = useTexts();
  const { tell } = useNotices();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const zaak = await client.post<Case>("/v1/taken/volgende");
      tell({ kind: "ok", text: t.task.pickedUp });
      navigate(`/zaken/${zaak.zaakId}`);
    } catch (failure) {
      tell({ kind: "info", text: errorWords(asApiError(failure), t) });
      setBusy(false);
    }
  };
  return (
    <Button look="primary" busy={busy} onClick={() => void take()} title={t.today.nextHint}>
      {t.today.next}
    </Button>
  );
}
