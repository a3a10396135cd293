// What the server says and hears, with its own Dutch names (alerts/api/openapi.json).

export type Role =
  | "wijkteamlid"
  | "coordinator"
  | "manager"
  | "partner"
  | "privacy-officer"
  | "beheerder";

export interface WhoAmI {
  gebruiker: string;
  naam: string;
  rol: Role;
  team: string | null;
  gemeenten: { code: string; naam: string }[];
  aanmeldwijze: "wachtwoord" | "openid-connect" | "sleutel";
  csrfToken: string | null;
  verlooptOp: string | null;
  uiterlijkOp: string | null;
}

export interface SignedOut {
  afgemeld: boolean;
  verder: string | null; // where to go to sign out at the provider too
}

export interface SignInWays {
  wachtwoord: boolean;
  openidConnect: { naam: string; href: string } | null;
}

export interface Link {
  href: string;
}

export interface Address {
  postcode: string;
  huisnummer: string;
  huisnummertoevoeging: string;
}

export interface NextStep {
  soort: string;
  datum: string;
}

export interface Task {
  zaakId: string;
  huishoudenId: string;
  gemeentecode: string;
  team: string;
  zone: string | null;
  status: "open" | "opgepakt";
  behandelaar: string | null;
  crisis: boolean;
  prioriteit: string;
  score: number;
  deadline: string;
  dagenTotDeadline: number;
  werkdagenTotDeadline: number;
  teLaat: boolean;
  bijnaTeLaat: boolean;
  adres: Address;
  redenen: string[];
  aantalContactpogingen: number;
  naam: string;
  straatnaam: string;
  plaatsnaam: string;
  soorten: string[];
  laatsteContactpoging: { soort: string; datum: string; bereikt: boolean } | null;
  volgendeStap: NextStep | null;
}

export interface TaskPage {
  taken: Task[];
  volgende: string | null;
}

export interface Client {
  voorletters?: string | null;
  voorvoegsel?: string | null;
  achternaam: string;
  geboortedatum?: string | null;
  straatnaam?: string | null;
  postcode: string;
  huisnummer: string;
  huisnummertoevoeging?: string | null;
  plaatsnaam?: string | null;
  telefoonnummer?: string | null;
  email?: string | null;
  rechtspersoon?: boolean;
}

export interface Rule {
  tabel: string;
  regel: number;
  punten: number;
  reden: string;
}

export interface CaseSignal {
  partner: string;
  partnerNaam?: string;
  id: string;
  soort: string;
  bedragCenten: number;
  ddasStatus: string;
  signaaldatum: string;
  ontstaansdatum: string;
  dreiging: string;
  dreigingsdatum: string | null;
  crisissignaal: boolean;
  warmeOverdracht: boolean;
  ontvangenOp: string;
  client: Client;
  aflopen: { afloop: string; datum: string }[];
}

export interface ContactAttempt {
  soort: string;
  datum: string;
  dagdeel: string | null;
  bereikt: boolean;
  medewerker: string;
  vastgelegdOp: string;
}

export interface Decision {
  genomenOp: string;
  regels: Rule[];
  score: number;
  prioriteit: string;
  contactladder: string[];
  specialisme: string | null;
}

export interface Note {
  tekst: string;
  medewerker: string;
  vastgelegdOp: string;
}

export interface Deadline {
  dagenTotDeadline: number;
  werkdagenTotDeadline: number;
  teLaat: boolean;
  bijnaTeLaat: boolean;
}

export interface Case {
  zaakId: string;
  huishoudenId: string;
  gemeentecode: string;
  adres: Address;
  signalen: CaseSignal[];
  crisis: boolean;
  meervoudig: boolean;
  opeenvolgend: boolean;
  score: number;
  prioriteit: string;
  redenen: string[];
  team: string;
  taakStatus: "open" | "opgepakt" | "afgerond";
  deadline: string;
  status: "open" | "gesloten";
  eindresultaat: string | null;
  zone: string | null;
  routering: string;
  behandelaar: string | null;
  regisseur: string | null;
  geopendOp: string;
  geslotenOp: string | null;
  datumEindresultaat: string | null;
  afgeslotenDoor: string | null;
  termijn: Deadline | null;
  contactpogingen: ContactAttempt[];
  besluiten: Decision[];
  notities: Note[];
  volgendeStap: NextStep | null;
  nazorgdatum: string | null;
  ongedaanTeMaken: Undoable | null;
  buitenEigenTeam: boolean;
}

export type Undoable =
  | "oppakken"
  | "teruggeven"
  | "toewijzen"
  | "regie"
  | "contactpoging"
  | "notitie"
  | "eindresultaat";

// How far one field of two descriptions agrees, and what that weighs for one person.
export interface FieldComparison {
  veld: string;
  overeenkomst: string;
  bitsTegenVreemden: number;
  bitsTegenHuisgenoten: number;
}

export interface Comparison {
  zelfdePersoon: boolean;
  kans: number;
  velden: FieldComparison[];
  keerpunten: { veld: string; is: string; zouMoetenZijn: string }[];
}

// One description of a resident, in the spelling in which it is compared.
export interface Resident {
  nummer: number;
  persoon: number;
  achternaam: string;
  voorletters: string | null;
  voornaam: string | null;
  geboortedatum: string | null; // JJJJMMDD
  adres: Address;
  eersteSignaaldatum: string;
  laatsteSignaaldatum: string;
  aantalSignalen: number;
  afkomstigUit: string | null;
}

export interface HouseholdChange {
  soort: "samengevoegd" | "afgesplitst" | "overgenomen" | "verhuisd" | "verschillend-beoordeeld";
  op: string;
  ander: string | null;
  door: string | null;
  reden: string | null;
}

export interface Household {
  huishoudenId: string;
  zaken: {
    zaakId: string;
    team: string;
    status: "open" | "gesloten";
    deadline: string;
    eindresultaat: string | null;
    geopendOp: string;
    geslotenOp: string | null;
  }[];
  signalen: CaseSignal[];
  aliassen: string[];
  personen: Resident[];
  geschiedenis: HouseholdChange[];
  vergelijkingen: (Comparison & { beschrijving: number; met: number })[];
}

export interface ReviewSide {
  huishoudenId: string;
  zaakId: string | null;
  adres: Address;
  client: Client;
}

export interface Review extends Comparison {
  beoordelingId: string;
  voorgesteldOp: string;
  huishoudens: [ReviewSide, ReviewSide];
}

export interface ReviewPage {
  beoordelingen: Review[];
  _links: { self: Link; next?: Link };
}

export interface Team {
  gemeentecode: string;
  team: string;
  naam: string;
  zones: string[];
  medewerkers: { gebruiker: string; naam: string }[];
}

export interface SavedFilter {
  filterId: string;
  naam: string;
  zoekvraag: string;
  gedeeld: boolean;
  eigen: boolean;
}

export interface Count {
  taken: number;
  nietOpgepakt: number;
  teLaat: number;
  bijnaTeLaat: number;
  crisis: number;
}

export interface Workload {
  peildatum: string;
  totaal: Count;
  teams: (Count & { gemeentecode: string; team: string; naam: string })[];
  zones: (Count & { gemeentecode: string; zone: string | null })[];
  medewerkers: (Count & { gemeentecode: string; gebruiker: string; naam: string; team: string })[];
}

export interface ReportSlice {
  signalen: { aantal: number; nietOpgepakt: number };
  zaken: {
    aantal: number;
    open: number;
    metContactpoging: number;
    bereikt: number;
    aandeelBereiktProcent: number | null;
    hulpAanvaard: number;
    aandeelHulpAanvaardProcent: number | null;
  };
  eerstePoging: { aandeelOpTijdProcent: number | null };
  dreigingen: { alle: { voorkomen: number; bevestigd: number; aandeelVoorkomenProcent: number | null } };
}

export interface Report {
  totaal: ReportSlice;
  perTeam?: (ReportSlice & { waarde: string })[];
}

export interface Patterns {
  aantalTerugkerend: number;
  terugkerend: { zaakId: string; team: string; eerdereZaken: number; adres: Address }[];
  collectief: {
    gemeentecode: string;
    gebied: string;
    soort: string;
    aantal: number;
    zaken: string[];
  }[];
}

export interface AssignResult {
  resultaten: { zaakId: string; status: "toegewezen" | "geweigerd"; code: string | null }[];
  meer?: boolean;
}

export interface Draft {
  inhoud: string | null;
  bewaardOp: string | null;
}

export interface AccessLog {
  regels: {
    nummer: number;
    tijdstip: string;
    gebruiker: string;
    rol: string;
    handeling: string;
    onderwerpen: string[];
    status: number;
    reden: string | null;
  }[];
  _links: { self: Link; next?: Link };
}
