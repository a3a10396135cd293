// The list of tasks for one question: pages that follow each other, and the same pages loaded anew when
// something changed.

import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, client } from "../api/client";
import { subscribe } from "../api/live";
import type { Task, TaskPage } from "../api/types";
import { asApiError } from "./resource";
import { FIRST_PAGE, pathOf, type Question } from "./task_path";

const PAGE_SIZE_MAX = 200;
// A page of the server may be thin, or empty, and yet have a next one: so many are tried at a time.
const PAGES_FOLLOWED_MAX = 10;
const QUIET_MS = 400;

interface Loaded {
  question: string;
  tasks: Task[];
  next: string | null;
}

async function ask(question: string, size: number, cursor: string | null): Promise<TaskPage> {
  const { filters, words } = JSON.parse(question) as Question;
  if (!words) return client.get<TaskPage>(pathOf(question, size, cursor));
  const asked = { ...filters, ...(cursor ? { cursor } : {}), aantal: size, zoek: words };
  return client.post<TaskPage>("/v1/taken/zoeken", asked);
}

async function load(question: string, wanted: number, cursor: string | null) {
  const tasks: Task[] = [];
  let next = cursor;
  for (let page = 0; tasks.length < wanted && page < PAGES_FOLLOWED_MAX; page++) {
    const answer = await ask(question, wanted, next);
    tasks.push(...answer.taken);
    next = answer.volgende;
    if (!next) break;
  }
  return { tasks, next };
}

// question: as JSON, so that the same question is the same value.
export function useTasks(question: string, onArrived: (count: number) => void) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef<Loaded | null>(null);
  const asked = useRef(0);

  const show = useCallback((state: Loaded) => {
    latest.current = state;
    setLoaded(state);
    setError(null);
  }, []);

  const fetchFirst = useCallback(
    async (announce: boolean) => {
      const before = latest.current?.question === question ? latest.current : null;
      const size = Math.min(PAGE_SIZE_MAX, Math.max(FIRST_PAGE, before?.tasks.length ?? 0));
      const turn = ++asked.current;
      setBusy(true);
      try {
        const { tasks, next } = await load(question, size, null);
        if (turn !== asked.current) return; // a later question overtook this one
        show({ question, tasks, next });
        const known = new Set(before?.tasks.map(({ zaakId }) => zaakId));
        const arrived = tasks.filter(({ zaakId }) => !known.has(zaakId)).length;
        if (announce && before && arrived > 0) onArrived(arrived);
      } catch (failure) {
        if (turn === asked.current) setError(asApiError(failure));
      } finally {
        if (turn === asked.current) setBusy(false);
      }
    },
    [question, onArrived, show],
  );

  useEffect(() => void fetchFirst(false), [fetchFirst]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void fetchFirst(true), QUIET_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [fetchFirst]);

  const more = useCallback(async () => {
    const before = latest.current;
    if (!before?.next || busy) return;
    setBusy(true);
    try {
      const { tasks, next } = await load(before.question, FIRST_PAGE, before.next);
      if (latest.current === before) show({ ...before, tasks: [...before.tasks, ...tasks], next });
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  }, [busy, show]);

  const current = loaded?.question === question ? loaded : null;
  return {
    tasks: current?.tasks ?? null,
    hasMore: current?.next != null,
    error,
    busy,
    more: () => void more(),
    reload: () => void fetchFirst(false),
  };
}
