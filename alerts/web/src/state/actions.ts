// What a worker does with a case: done, said, and undone where that is possible.

import { useCallback, useState } from "react";
import { type ApiError, client } from "../api/client";
import type { Case } from "../api/types";
import { useTexts } from "../text/text";
import { errorWords } from "../ui/feedback";
import { useNotices } from "./notices";
import { asApiError } from "./resource";

interface Action {
  caseId: string;
  path: string; // below /v1/zaken/{zaakId}/
  body?: object;
  said: string;
  reason?: string | undefined;
}

// after: what the case is like now; called for the action, and again when it is undone.
export function useCaseAction(after: (zaak: Case) => void) {
  const t = useTexts();
  const { tell } = useNotices();
  const [busy, setBusy] = useState(false);

  const undo = useCallback(
    async (caseId: string, reason?: string) => {
      try {
        after(await client.post<Case>(`/v1/zaken/${caseId}/ongedaan-maken`, {}, { reason }));
        tell({ kind: "ok", text: t.app.undone });
      } catch (failure) {
        tell({ kind: "error", text: errorWords(asApiError(failure), t) });
      }
    },
    [after, t, tell],
  );

  // null: done; else what went wrong, which has been said already.
  const act = useCallback(
    async ({ caseId, path, body = {}, said, reason }: Action): Promise<ApiError | null> => {
      setBusy(true);
      try {
        const zaak = await client.post<Case>(`/v1/zaken/${caseId}/${path}`, body, { reason });
        after(zaak);
        tell({ kind: "ok", text: said, undo: () => void undo(caseId, reason) });
        return null;
      } catch (failure) {
        const error = asApiError(failure);
        tell({ kind: "error", text: errorWords(error, t) });
        return error;
      } finally {
        setBusy(false);
      }
    },
    [after, t, tell, undo],
  );

  return { act, undo, busy };
}
