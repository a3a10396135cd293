// What a worker does with a case: done, said, and undone where that is possible.

import { useCallback, useRef, useState } from "react";
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

const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// after: what the case is like now; called for the action, and again when it is undone.
export function useCaseAction(after: (zaak: Case) => void) {
  const t = useTexts();
  const { tell } = useNotices();
  const [busy, setBusy] = useState(false);
  // What was asked and not answered well: the same words again are the same request.
  const asked = useRef<{ words: string; key: string } | null>(null);

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
      const words = JSON.stringify([caseId, path, body]);
      if (asked.current?.words !== words) asked.current = { words, key: randomKey() };
      const { key } = asked.current;
      try {
        const zaak = await client.post<Case>(`/v1/zaken/${caseId}/${path}`, body, { reason, key });
        asked.current = null;
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
