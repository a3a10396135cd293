// What the screen says back: errors in plain words, the last notice with its undo, and "please wait".

import { useEffect, useRef } from "react";
import { type ApiError, CODE_NO_CONNECTION } from "../api/client";
import { useNotices } from "../state/notices";
import { useTexts } from "../text/text";
import type { Texts } from "../text/nl";
import { Alert, Button } from "./controls";

export function errorWords(error: ApiError, t: Texts): string {
  if (error.code === CODE_NO_CONNECTION) return t.errors.connection;
  return t.errors.codes[error.code] ?? (t.code === "nl" && error.detail ? error.detail : t.errors.unknown);
}

export function ErrorAlert({ error, onRetry }: { error: ApiError | null; onRetry?: () => void }) {
  const t = useTexts();
  if (!error) return null;
  return (
    <Alert kind="error" role="alert">
      <p className="utrecht-paragraph">{errorWords(error, t)}</p>
      {onRetry && <Button onClick={onRetry}>{t.app.retry}</Button>}
    </Alert>
  );
}

export function Loading() {
  const t = useTexts();
  return (
    <p className="utrecht-paragraph laden" role="status">
      {t.app.loading}
    </p>
  );
}

const NOTICE_MS = 20_000;

// At the bottom, where a thumb is; it leaves by itself, but not while somebody is in it.
export function NoticeBar() {
  const t = useTexts();
  const { notice, clear } = useNotices();
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!notice) return undefined;
    const timer = setInterval(() => {
      if (!bar.current?.contains(document.activeElement) && !bar.current?.matches(":hover")) clear();
    }, NOTICE_MS);
    return () => clearInterval(timer);
  }, [notice, clear]);

  return (
    <div className="melding-plek" role="status" aria-live="polite">
      {notice && (
        <div ref={bar} className={`melding melding--${notice.kind}`}>
          <p className="melding__tekst">{notice.text}</p>
          {notice.undo && (
            <button
              type="button"
              className="melding__knop"
              onClick={() => {
                clear();
                notice.undo?.();
              }}
            >
              {t.app.undo}
            </button>
          )}
          <button type="button" className="melding__knop melding__sluit" onClick={clear}>
            <span aria-hidden="true">×</span>
            <span className="alleen-voorlezen">{t.app.close}</span>
          </button>
        </div>
      )}
    </div>
  );
}
