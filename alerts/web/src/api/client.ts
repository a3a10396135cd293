// Client talks with the server: one place that knows of the session, its token and its errors.
//
// A request that meets an expired session does not fail: it waits until somebody signed in again and is
// then sent once more, so that what a worker typed is never lost to the clock. A lost connection is an
// ApiError with code `geen-verbinding`; who called keeps what was typed and offers to try again.

import { takeEarly } from "./early";
import type { WhoAmI } from "./types";

export interface FieldError {
  code: string;
  veld: string;
  melding: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: FieldError[] = [],
  ) {
    super(code);
  }
}

export const CODE_NO_CONNECTION = "geen-verbinding";

interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  fouten?: FieldError[];
}

async function errorOf(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // A proxy answers in its own words: the status has to do.
  }
  const code = problem.type?.split(":").pop() ?? `http-${response.status}`;
  return new ApiError(response.status, code, problem.detail ?? problem.title ?? "", problem.fouten);
}

type AskToSignIn = () => Promise<void>;

export interface RequestOptions {
  reason?: string | undefined; // why somebody opens the case of another team
  quiet?: boolean; // an expired session is the caller's to handle
  key?: string; // the same for a request that is sent again: it counts once
}

export class Client {
  private csrfToken: string | null = null;
  private askToSignIn: AskToSignIn | null = null;
  private waiting: Promise<void> | null = null;

  signedIn(who: WhoAmI): void {
    this.csrfToken = who.csrfToken;
  }

  onExpired(ask: AskToSignIn): void {
    this.askToSignIn = ask;
  }

  get<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return this.send<T>("GET", path, undefined, options);
  }

  post<T>(path: string, body: object = {}, options: RequestOptions = {}): Promise<T> {
    return this.send<T>("POST", path, body, options);
  }

  private async send<T>(
    method: string,
    path: string,
    body: object | undefined,
    options: RequestOptions,
  ): Promise<T> {
    const response = await this.once(method, path, body, options);
    if (response.ok) return (await response.json()) as T;
    const error = await errorOf(response);
    const expired = error.code === "niet-aangemeld" || error.code === "csrf-ongeldig";
    if (!expired || options.quiet || !this.askToSignIn) throw error;
    await this.signInAgain();
    const second = await this.once(method, path, body, options);
    if (second.ok) return (await second.json()) as T;
    throw await errorOf(second);
  }

  private async once(
    method: string,
    path: string,
    body: object | undefined,
    options: RequestOptions,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (method === "POST" && this.csrfToken) headers["X-CSRF-Token"] = this.csrfToken;
    if (options.reason) headers["Toegangsreden"] = encodeURIComponent(options.reason);
    if (options.key) headers["Idempotency-Key"] = `"${options.key}"`;
    if (method === "GET" && !options.reason) {
      const early = await takeEarly(path);
      if (early) return early;
    }
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (body) init.body = JSON.stringify(body);
    try {
      return await fetch(path, init);
    } catch {
      throw new ApiError(0, CODE_NO_CONNECTION, "");
    }
  }

  // Many requests may find the session gone at once: the question is asked once.
  private async signInAgain(): Promise<void> {
    if (!this.waiting && this.askToSignIn) {
      this.waiting = this.askToSignIn().finally(() => {
        this.waiting = null;
      });
    }
    await this.waiting;
  }
}

export const client = new Client();
