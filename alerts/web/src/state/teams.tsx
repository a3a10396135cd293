// The teams and their people: asked once, since names of colleagues are on every page.

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Team } from "../api/types";
import { useResource } from "./resource";

interface Teams {
  teams: Team[];
  nameOf: (user: string) => string;
  teamName: (team: string) => string;
}

const TeamsContext = createContext<Teams>({
  teams: [],
  nameOf: (user) => user,
  teamName: (team) => team,
});

export function TeamsProvider({ children }: { children: ReactNode }) {
  const { data } = useResource<{ teams: Team[] }>("/v1/teams");
  const value = useMemo(() => {
    const teams = data?.teams ?? [];
    const people = new Map(
      teams.flatMap((team) => team.medewerkers.map(({ gebruiker, naam }) => [gebruiker, naam] as const)),
    );
    const names = new Map(teams.map(({ team, naam }) => [team, naam]));
    return {
      teams,
      nameOf: (user: string) => people.get(user) ?? user,
      teamName: (team: string) => names.get(team) ?? team,
    };
  }, [data]);
  return <TeamsContext.Provider value={value}>{children}</TeamsContext.Provider>;
}

export function useTeams(): Teams {
  return useContext(TeamsContext);
}
