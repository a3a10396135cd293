// The two things a worker looks for first: is it a crisis, and how long is left.

import type { Deadline } from "../api/types";
import { useTexts } from "../text/text";
import { deadlineWords, urgency } from "../words/words";
import { Badge } from "./controls";

export function TaskMarks({ crisis, deadline }: { crisis: boolean; deadline: Deadline | null }) {
  const t = useTexts();
  const kind = { late: "danger", soon: "warning", calm: "neutral" } as const;
  return (
    <span className="merken">
      {crisis && (
        <Badge kind="danger">
          <span aria-hidden="true">▲ </span>
          {t.task.crisis}
        </Badge>
      )}
      {deadline && <Badge kind={kind[urgency(deadline)]}>{deadlineWords(deadline, t)}</Badge>}
    </span>
  );
}
