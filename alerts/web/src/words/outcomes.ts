// The national outcomes (DDAS vroegsignalering 1.2), in the order in which a worker looks for them.

export type OutcomeGroup = "help" | "self" | "none" | "other";

export const OUTCOMES: { group: OutcomeGroup; values: string[] }[] = [
  {
    group: "help",
    values: [
      "Vervolghulp en/of verwijzing financieel",
      "Vervolghulp en/of verwijzing niet financieel",
      "Vervolghulp en/of verwijzing",
      "(Budget)advies en/of quick fix",
      "Verwijzing zonder tussenkomst inwoner",
      "Inwoner al bekend bij schuldhulpverlening",
      "Inwoner heeft al een ander lopend traject",
    ],
  },
  {
    group: "self",
    values: [
      "Inwoner heeft zelf al betaald/betalingsregeling getroffen",
      "Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering",
    ],
  },
  {
    group: "none",
    values: ["Definitief geen contact kunnen krijgen", "Geen reactie na eerder contact"],
  },
  {
    group: "other",
    values: [
      "Inwoner is overleden",
      "Persoon is geen inwoner (meer) in de gemeente",
      "Niet opgepakt: herhaalde melding",
      "Niet opgepakt: onterecht signaal",
      "Niet opgepakt: andere reden",
    ],
  },
];

// Outcomes after which nobody is left to look after.
export function hasAftercare(outcome: string): boolean {
  return OUTCOMES.some(({ group, values }) => group !== "other" && values.includes(outcome));
}

export const ATTEMPT_KINDS = [
  "Huisbezoek",
  "Telefoon",
  "SMS/Whatsapp",
  "Kaartje",
  "Brief",
  "Mail",
  "Afspraak op locatie",
  "Overige",
];
