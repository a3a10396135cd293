// Search, filters and the filters that somebody saved, alone or for the team.

import { type FormEvent, useState } from "react";
import { client } from "../../api/client";
import type { SavedFilter } from "../../api/types";
import { useNotices } from "../../state/notices";
import { asApiError, useResource } from "../../state/resource";
import { useWho } from "../../state/session";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { Button, Check, Select, TextField } from "../../ui/controls";
import { errorWords } from "../../ui/feedback";
import { priorityWord, sector } from "../../words/words";
import { type FilterName, filtersOn, savedQuestion, withFilter } from "./question";

const PRIORITIES = ["crisis", "hoog", "normaal", "laag"];
const SECTORS = ["Energie", "Huur", "Water", "Zorg", "Hypotheek", "Belastingdienst", "CAK Eigen bijdrage",
  "CAK Zorgverzekeringen", "Dienst Toeslagen", "DUO", "Overige"];

interface FilterBarProps {
  query: URLSearchParams;
  onQuery: (query: URLSearchParams) => void;
  words: string;
  onWords: (words: string) => void;
}

export function FilterBar({ query, onQuery, words, onWords }: FilterBarProps) {
  const t = useTexts();
  const active = filtersOn(query);
  return (
    <div className="zoeken">
      <div className="zoeken__rij">
        <TextField
          label={t.today.search}
          hint={t.today.searchHint}
          type="search"
          autoComplete="off"
          maxLength={100}
          value={words}
          onChange={(event) => onWords(event.target.value)}
        />
        <SavedFilters query={query} onQuery={onQuery} />
      </div>
      <details className="filters" open={active > 0 || undefined}>
        <summary>{active > 0 ? t.today.filtersOn(active) : t.today.filters}</summary>
        <FilterFields query={query} onQuery={onQuery} />
        {active > 0 && (
          <div className="filters__onder">
            <Button onClick={() => onQuery(new URLSearchParams(query.get("van") ? { van: query.get("van") ?? "" } : {}))}>
              {t.today.clear}
            </Button>
          </div>
        )}
      </details>
    </div>
  );
}

function FilterFields({ query, onQuery }: Pick<FilterBarProps, "query" | "onQuery">) {
  const t = useTexts();
  const { team: own } = useWho();
  const { teams } = useTeams();
  const team = query.get("team") ?? own;
  const zones = teams.filter((one) => !team || one.team === team).flatMap(({ zones: list }) => list);
  const select = (name: FilterName, label: string, options: [string, string][]) => (
    <Select
      label={label}
      value={query.get(name) ?? ""}
      onChange={(event) => onQuery(withFilter(query, name, event.target.value))}
      options={[["", t.today.any], ...options]}
    />
  );
  const check = (name: FilterName, label: string) => (
    <Check
      label={label}
      checked={query.get(name) === "ja"}
      onChange={(event) => onQuery(withFilter(query, name, event.target.checked ? "ja" : ""))}
    />
  );
  return (
    <div className="filters__velden">
      {!own && select("team", t.today.teamFilter, teams.map(({ team: code, naam }) => [code, naam]))}
      {select("zone", t.today.zone, [...new Set(zones)].sort().map((zone) => [zone, zone]))}
      {select("prioriteit", t.today.priority, PRIORITIES.map((word) => [word, priorityWord(word, t)]))}
      {select("soort", t.today.sector, SECTORS.map((kind) => [kind, sector(kind, t)]))}
      {select("status", t.today.status, [
        ["open", t.today.statusOpen],
        ["opgepakt", t.today.statusTaken],
      ])}
      <div className="filters__vinkjes">
        {check("teLaat", t.today.lateOnly)}
        {check("crisis", t.today.crisisOnly)}
      </div>
    </div>
  );
}

function SavedFilters({ query, onQuery }: Pick<FilterBarProps, "query" | "onQuery">) {
  const t = useTexts();
  const { tell } = useNotices();
  const saved = useResource<{ filters: SavedFilter[] }>("/v1/filters");
  const [naming, setNaming] = useState(false);
  const filters = saved.data?.filters ?? [];
  const question = savedQuestion(query);
  const current = filters.find(({ zoekvraag }) => zoekvraag === question && question !== "");

  const remove = async (filter: SavedFilter) => {
    try {
      await client.post(`/v1/filters/${filter.filterId}/verwijderen`);
      saved.reload();
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    }
  };

  return (
    <div className="bewaard">
      {filters.length > 0 && (
        <Select
          label={t.today.saved}
          value={current?.filterId ?? ""}
          onChange={(event) => {
            const chosen = filters.find(({ filterId }) => filterId === event.target.value);
            onQuery(new URLSearchParams(chosen?.zoekvraag ?? ""));
          }}
          options={[
            ["", t.today.savedChoose],
            ...filters.map((one): [string, string] => [
              one.filterId,
              one.gedeeld ? `${one.naam} (${t.today.sharedMark})` : one.naam,
            ]),
          ]}
        />
      )}
      {current?.eigen && (
        <Button look="subtle" onClick={() => void remove(current)}>
          {t.today.removeSaved(current.naam)}
        </Button>
      )}
      {!current && filtersOn(query) > 0 && !naming && (
        <Button look="subtle" onClick={() => setNaming(true)}>
          {t.today.save}
        </Button>
      )}
      {naming && (
        <SaveForm
          question={question}
          onClose={() => setNaming(false)}
          onSaved={() => {
            setNaming(false);
            saved.reload();
          }}
        />
      )}
    </div>
  );
}

interface SaveFormProps {
  question: string;
  onClose: () => void;
  onSaved: () => void;
}

function SaveForm({ question, onClose, onSaved }: SaveFormProps) {
  const t = useTexts();
  const { tell } = useNotices();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await client.post("/v1/filters", { naam: name.trim(), zoekvraag: question, gedeeld: shared });
      tell({ kind: "ok", text: t.today.savedDone(name.trim()) });
      onSaved();
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    }
  };
  return (
    <form className="bewaard__formulier" onSubmit={(event) => void save(event)}>
      <TextField
        label={t.today.saveName}
        required
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Check label={t.today.saveShared} checked={shared} onChange={(event) => setShared(event.target.checked)} />
      <div className="knoppen">
        <Button type="submit" look="primary">
          {t.today.saveDo}
        </Button>
        <Button onClick={onClose}>{t.app.cancel}</Button>
      </div>
    </form>
  );
}
