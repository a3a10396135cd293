// Today's addresses by neighbourhood, on the screen and on paper.

import { useState } from "react";
import type { Task } from "../api/types";
import { useWho } from "../state/session";
import { useTasks } from "../state/tasks";
import { useTexts } from "../text/text";
import { Alert, AppLink, Button, Choices, ExternalLink } from "../ui/controls";
import { ErrorAlert, Loading } from "../ui/feedback";
import { TaskMarks } from "../ui/task_marks";
import { dayInWords, today } from "../words/days";
import { byAddress, mainReason, mapAddress, postcode, street, triedWords } from "../words/words";
import { PageTitle } from "./page_title";
import { asQuestion } from "./today/question";

const nothing = () => undefined;

// Today: what is planned for today or was before, and what cannot wait.
export function isForToday(task: Task, day: string): boolean {
  if (task.volgendeStap) return task.volgendeStap.datum <= day;
  return task.crisis || task.teLaat || task.bijnaTeLaat;
}

export function byZone(tasks: Task[]): [string, Task[]][] {
  const zones = new Map<string, Task[]>();
  for (const task of tasks) {
    const zone = task.zone ?? "";
    zones.set(zone, [...(zones.get(zone) ?? []), task]);
  }
  return [...zones]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([zone, list]) => [zone, list.sort((a, b) => byAddress(a.adres, b.adres))]);
}

export function RoutePage() {
  const t = useTexts();
  const who = useWho();
  const [all, setAll] = useState(false);
  const list = useTasks(asQuestion({ behandelaar: who.gebruiker }), nothing);
  const day = today();
  const wanted = (list.tasks ?? []).filter((task) => all || isForToday(task, day));
  return (
    <div className="route">
      <div className="titelrij">
        <PageTitle text={t.route.title} />
        {wanted.length > 0 && (
          <Button look="primary" className="niet-afdrukken" onClick={() => window.print()}>
            {t.route.print}
          </Button>
        )}
      </div>
      <p className="utrecht-paragraph niet-afdrukken">{t.route.intro}</p>
      <p className="utrecht-paragraph alleen-afdrukken">
        {t.route.printedFor(who.naam, dayInWords(day, t.locale))}. {t.route.privacy}
      </p>
      <div className="niet-afdrukken">
        <Choices
          legend={t.route.which}
          hideLegend
          name="welke"
          value={all ? "alles" : "vandaag"}
          options={[
            ["vandaag", t.route.todayOnly],
            ["alles", t.route.allMine],
          ]}
          onChoose={(value) => setAll(value === "alles")}
        />
      </div>
      <ErrorAlert error={list.error} onRetry={list.reload} />
      {!list.tasks && !list.error && <Loading />}
      {list.tasks && wanted.length === 0 && (
        <Alert kind="info">
          <p className="utrecht-paragraph">{t.route.empty}</p>
        </Alert>
      )}
      {byZone(wanted).map(([zone, tasks]) => (
        <section key={zone} className="route__wijk">
          <h2 className="utrecht-heading-2">
            {zone || t.route.noZone} <small>({t.route.addresses(tasks.length)})</small>
          </h2>
          <ol className="route__adressen">
            {tasks.map((task) => (
              <Stop key={task.zaakId} task={task} />
            ))}
          </ol>
        </section>
      ))}
      {list.hasMore && (
        <Button onClick={list.more} busy={list.busy} className="niet-afdrukken">
          {t.today.more}
        </Button>
      )}
    </div>
  );
}

function Stop({ task }: { task: Task }) {
  const t = useTexts();
  const address = street(task.adres, task.straatnaam);
  return (
    <li className="halte">
      <div>
        <h3 className="taak__adres">
          <AppLink to={`/zaken/${task.zaakId}`}>{address}</AppLink>
        </h3>
        <p className="taak__regel">
          {[task.naam, `${postcode(task.adres)} ${task.plaatsnaam ?? ""}`.trim()].filter(Boolean).join(" · ")}
        </p>
        <p className="taak__regel" lang="nl">
          {mainReason(task.redenen)}
        </p>
        <p className="taak__regel">{triedWords(task, t)}</p>
        <p className="niet-afdrukken">
          <ExternalLink href={mapAddress(task.adres, task.straatnaam, task.plaatsnaam)}>
            {t.household.map}
          </ExternalLink>
        </p>
      </div>
      <TaskMarks crisis={task.crisis} deadline={task} />
      <p className="halte__ruimte alleen-afdrukken">{t.route.outcome}</p>
    </li>
  );
}
