// Which role sees which pages; the server decides what it answers.

import type { Role } from "../api/types";

export const worksOnTasks = (role: Role) => role === "wijkteamlid" || role === "coordinator";
export const seesWorkload = (role: Role) => role === "coordinator" || role === "manager";
export const readsAccessLog = (role: Role) => role === "privacy-officer";
export const mayAssign = (role: Role) => role === "coordinator";
