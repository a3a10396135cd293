// What the first page asks the server, asked before the page is there: this small script is fetched beside
// the bundle and asks who is signed in, and then what that page shows, while the bundle is still on its
// way. The client takes the answers over (api/early.ts); who opens another page gets just the first one.

import { early } from "./api/early";
import type { WhoAmI } from "./api/types";
import { questionOf, viewOf } from "./pages/today/question";
import { mayAssign, worksOnTasks } from "./state/roles";
import { FIRST_PAGE, pathOf } from "./state/task_path";

async function begin(): Promise<void> {
  const session = await early("/v1/sessies/huidige");
  if (session.status === 401) {
    void early("/v1/aanmeldwijzen");
    return;
  }
  if (!session.ok) return;
  const who = (await session.clone().json()) as WhoAmI;
  if (window.location.pathname !== "/" || !worksOnTasks(who.rol)) return;
  const query = new URLSearchParams(window.location.search);
  const view = viewOf(query, mayAssign(who.rol) ? "team" : "mijn");
  void early(pathOf(questionOf(query, view, who.gebruiker, ""), FIRST_PAGE, null));
  void early("/v1/teams");
}

// Without a line the bundle finds out by itself, and says so.
begin().catch(() => undefined);
