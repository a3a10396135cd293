// Assigning many tasks at once. Each goes with who the coordinator saw it with: what a colleague took
// in the meantime is refused by the server, and said.

import { useMemo, useState } from "react";
import { client } from "../../api/client";
import type { AssignResult, Task } from "../../api/types";
import { useNotices } from "../../state/notices";
import { asApiError } from "../../state/resource";
import { useTeams } from "../../state/teams";
import { useTexts } from "../../text/text";
import { Button, Check, Select } from "../../ui/controls";
import { errorWords } from "../../ui/feedback";

const NOBODY = "-";

export interface Selection {
  chosen: Task[];
  all: boolean;
  has: (caseId: string) => boolean;
  toggle: (caseId: string) => void;
  toggleAll: () => void;
  clear: () => void;
}

export function useSelection(tasks: Task[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return useMemo(() => {
    const chosen = tasks.filter(({ zaakId }) => ids.has(zaakId));
    const all = tasks.length > 0 && chosen.length === tasks.length;
    return {
      chosen,
      all,
      has: (caseId: string) => ids.has(caseId),
      toggle: (caseId: string) =>
        setIds((before) => {
          const next = new Set(before);
          if (!next.delete(caseId)) next.add(caseId);
          return next;
        }),
      toggleAll: () => setIds(all ? new Set() : new Set(tasks.map(({ zaakId }) => zaakId))),
      clear: () => setIds(new Set()),
    };
  }, [tasks, ids]);
}

export function AssignBar({ selection, onDone }: { selection: Selection; onDone: () => void }) {
  const t = useTexts();
  const { tell } = useNotices();
  const { teams } = useTeams();
  const [to, setTo] = useState("");
  const [busy, setBusy] = useState(false);

  // Only teams that may have a chosen task: nobody gets work of another team by a slip of the mouse.
  const wanted = new Set(selection.chosen.map(({ team }) => team));
  const people = teams
    .filter(({ team }) => wanted.has(team))
    .flatMap(({ naam, medewerkers }) =>
      medewerkers.map((person): [string, string] => [person.gebruiker, `${person.naam} (${naam})`]),
    );
  const assign = async () => {
    if (!to) return;
    setBusy(true);
    try {
      const body = {
        behandelaar: to === NOBODY ? null : to,
        zaken: selection.chosen.map(({ zaakId, behandelaar }) => ({ zaakId, verwachteBehandelaar: behandelaar })),
      };
      const { resultaten } = await client.post<AssignResult>("/v1/taken/toewijzen", body);
      const done = resultaten.filter(({ status }) => status === "toegewezen").length;
      const refused = resultaten.length - done;
      const said = [done > 0 ? t.today.assigned(done) : "", refused > 0 ? t.today.refused(refused) : ""];
      tell({ kind: refused > 0 ? "info" : "ok", text: said.filter(Boolean).join(" ") });
      selection.clear();
      onDone();
    } catch (failure) {
      tell({ kind: "error", text: errorWords(asApiError(failure), t) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="toewijzen">
      <Check label={t.today.selectAll} checked={selection.all} onChange={selection.toggleAll} />
      {selection.chosen.length > 0 && (
        <div className="toewijzen__rij">
          <p className="toewijzen__aantal" role="status">
            {t.today.selected(selection.chosen.length)}
          </p>
          <Select
            label={t.today.assignTo}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            options={[["", t.task.choose], ...people, [NOBODY, t.today.toNobody]]}
          />
          <Button look="primary" busy={busy || !to} onClick={() => void assign()}>
            {t.today.assign}
          </Button>
        </div>
      )}
    </div>
  );
}
