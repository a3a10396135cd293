#include "alerts/api/case_answer.h"

#include <algorithm>

#include "alerts/api/household_answer.h"
#include "alerts/ddas/values.h"
#include "alerts/deadline/working_days.h"
#include "alerts/desk/case_file.h"
#include "alerts/desk/reopening.h"
#include "alerts/reading/case_json.h"

namespace vroegsein {
namespace {

std::string Moment(int64_t millis) { return FormatInstant(InstantOf(millis)); }
std::string Day(int32_t days) { return FormatDate(DateOf(days)); }

template <typename Rules>
void AddRules(const Rules& fired, JsonWriter* json) {
  json->Array("regels");
  for (const FiredRule& rule : fired) {
    json->BeginObject().Text("tabel", rule.table()).Integer("regel", rule.rule());
    json->Real("punten", rule.points()).TextOrNull("reden", rule.reason()).EndObject();
  }
  json->EndArray();
}

void AddFacts(const CaseFacts& facts, JsonWriter* json) {
  json->Object("feiten").Integer("aantalSignalen", facts.signals());
  json->Integer("aantalSoorten", facts.sectors());
  json->Integer("totaalbedragCenten", facts.arrears_cents());
  json->Integer("langsteAchterstandDagen", facts.longest_arrears_days());
  json->Flag("meervoudig", facts.multiple()).Flag("opeenvolgend", facts.consecutive());
  json->Flag("crisis", facts.crisis());
  json->Text("zwaarsteDreiging", ddas::NameOf(facts.heaviest_threat()));
  json->Flag("warmeOverdracht", facts.warm_handover());
  json->Integer("eerdereZaken", facts.earlier_cases()).EndObject();
}

void AddDecision(const CaseDecision& decision, JsonWriter* json) {
  json->BeginObject().Text("beleid", decision.policy());
  json->Text("genomenOp", Moment(decision.decided_ms()));
  AddFacts(decision.facts(), json);
  AddRules(decision.fired(), json);
  json->Real("score", decision.score()).Text("prioriteit", decision.priority());
  json->Array("contactladder");
  for (const std::string& step : decision.ladder()) json->Text(step);
  json->EndArray().TextOrNull("specialisme", decision.specialism()).EndObject();
}

void AddAttempts(const CaseRecord& case_record, JsonWriter* json) {
  json->Array("contactpogingen");
  for (const ContactAttempt& attempt : case_record.attempts()) {
    json->BeginObject().Text("soort", attempt.kind()).Text("datum", Day(attempt.day()));
    json->TextOrNull("dagdeel", attempt.day_part()).Flag("bereikt", attempt.reached());
    json->Text("medewerker", attempt.worker());
    json->Text("vastgelegdOp", Moment(attempt.recorded_ms())).EndObject();
  }
  json->EndArray();
}

std::string_view NameOf(ActionKind kind) {
  switch (kind) {
    case ACTION_CLAIM: return "oppakken";
    case ACTION_RELEASE: return "teruggeven";
    case ACTION_ASSIGN: return "toewijzen";
    case ACTION_LEAD: return "regie";
    case ACTION_CONTACT: return "contactpoging";
    case ACTION_NOTE: return "notitie";
    case ACTION_OUTCOME: return "eindresultaat";
    default: return "";
  }
}

void AddNotes(const CaseRecord& case_record, JsonWriter* json) {
  json->Array("notities");
  for (const Note& note : case_record.notes()) {
    json->BeginObject().Text("tekst", note.text()).Text("medewerker", note.worker());
    json->Text("vastgelegdOp", Moment(note.recorded_ms())).EndObject();
  }
  json->EndArray();
}

bool MayUndo(const HouseholdRecord& household, const CaseRecord& case_record,
             const CaseViewer& viewer) {
  if (!case_record.has_closed_ms()) return case_record.last_action().worker() == viewer.name;
  return MayReopen(viewer.name, viewer.now, household, case_record);
}

void AddForViewer(const HouseholdRecord& household, const CaseRecord& case_record,
                  const CaseViewer& viewer, JsonWriter* json) {
  json->Key("volgendeStap");
  AddNextStep(case_record, json);
  bool aftercare = case_record.has_aftercare_day();
  json->TextOrNull("nazorgdatum", aftercare ? Day(case_record.aftercare_day()) : "");
  bool own = MayUndo(household, case_record, viewer);
  json->TextOrNull("ongedaanTeMaken", own ? NameOf(case_record.last_action().kind()) : "");
  json->Flag("buitenEigenTeam", viewer.outside_team);
}

void AddWork(const CaseRecord& case_record, Date today, JsonWriter* json) {
  json->TextOrNull("zone", case_record.zone()).Text("routering", case_record.routing());
  json->TextOrNull("behandelaar", case_record.assignee());
  json->TextOrNull("regisseur", case_record.lead());
  json->Text("geopendOp", Moment(case_record.opened_ms()));
  bool closed = case_record.has_closed_ms();
  json->TextOrNull("geslotenOp", closed ? Moment(case_record.closed_ms()) : "");
  bool dated = case_record.has_outcome_day();
  json->TextOrNull("datumEindresultaat", dated ? Day(case_record.outcome_day()) : "");
  json->TextOrNull("afgeslotenDoor", case_record.outcome_worker());
  json->Key("termijn");
  if (closed) {
    json->Null();
  } else {
    json->BeginObject();
    AddTimeLeft(TimeUntil(DateOf(case_record.deadline_day()), today), json);
    json->EndObject();
  }
}

// As people know it. Whoever is a partner no more keeps its id.
std::string PartnerName(const CaseViewer& viewer, const std::string& id) {
  if (viewer.settings == nullptr) return id;
  const auto& partners = viewer.settings->partners();
  auto found = std::find_if(partners.begin(), partners.end(),
                            [&](const Partner& partner) { return partner.id() == id; });
  return found == partners.end() || found->name().empty() ? id : found->name();
}

void AddSignal(const SignalRecord& record, const CaseViewer& viewer, JsonWriter* json) {
  const Signal& signal = record.signal();
  json->BeginObject().Text("partner", signal.partner()).Text("id", signal.id());
  json->Text("partnerNaam", PartnerName(viewer, signal.partner()));
  json->Text("soort", signal.sector()).Integer("bedragCenten", signal.arrears_cents());
  json->Text("ddasStatus", ddas::NameOf(record.status()));
  json->Text("signaaldatum", Day(signal.signal_day()));
  json->Text("ontstaansdatum", Day(signal.origin_day()));
  json->Text("dreiging", ddas::NameOf(signal.threat()));
  json->TextOrNull("dreigingsdatum", signal.has_threat_day() ? Day(signal.threat_day()) : "");
  json->Flag("crisissignaal", signal.crisis()).Flag("warmeOverdracht", signal.warm_handover());
  json->Text("ontvangenOp", Moment(record.received_ms()));
  AddClient(signal.client(), json);
  const SignalDecision& decision = record.decision();
  json->Object("besluit").Text("beleid", decision.policy());
  json->Integer("dagenAchterstand", decision.arrears_days()).Flag("crisis", decision.crisis());
  json->Flag("toegelaten", decision.admitted()).TextOrNull("reden", decision.refusal());
  AddRules(decision.fired(), json);
  json->EndObject().Array("aflopen");
  for (const Aftermath& aftermath : record.aftermaths()) {
    json->BeginObject().Text("afloop", ddas::NameOf(aftermath.kind()));
    json->Text("datum", Day(aftermath.day())).EndObject();
  }
  json->EndArray().EndObject();
}

// The names and values of AppendCaseJson(), in its order.
void AddOverview(const HouseholdRecord& household, const CaseRecord& case_record,
                 const CaseViewer& viewer, JsonWriter* json) {
  const CaseDecision& decision = DecisionOf(case_record);
  json->Text("zaakId", IdOf(household, case_record).Text());
  json->Text("huishoudenId", IdOf(household).Text());
  json->Text("gemeentecode", household.municipality());
  AddAddress(household.address(), json);
  json->Array("signalen");
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    AddSignal(*record, viewer, json);
  }
  json->EndArray();
  json->Flag("crisis", decision.facts().crisis());
  json->Flag("meervoudig", decision.facts().multiple());
  json->Flag("opeenvolgend", decision.facts().consecutive());
  json->Real("score", decision.score()).Text("prioriteit", decision.priority());
  AddReasons(decision, json);
  json->Text("team", case_record.team()).Text("taakStatus", NameOf(case_record.task()));
  json->Text("deadline", Day(case_record.deadline_day()));
  json->Text("status", case_record.has_closed_ms() ? "gesloten" : "open");
  json->TextOrNull("eindresultaat", case_record.outcome());
}

}  // namespace

TimeLeft TimeUntil(Date deadline, Date today) {
  TimeLeft left;
  left.days = static_cast<int>((deadline - today).count());
  left.working_days = WorkingDaysBetween(today, deadline);
  left.late = deadline < today;
  left.near = !left.late && left.working_days <= kNearWorkingDays;
  return left;
}

void AddTimeLeft(const TimeLeft& left, JsonWriter* json) {
  json->Integer("dagenTotDeadline", left.days).Integer("werkdagenTotDeadline", left.working_days);
  json->Flag("teLaat", left.late).Flag("bijnaTeLaat", left.near);
}

// The BSN stays where it is.
void AddClient(const Client& client, JsonWriter* json) {
  json->Object("client").Text("voorletters", client.initials());
  json->Text("voorvoegsel", client.prefix()).Text("achternaam", client.surname());
  json->TextOrNull("geboortedatum", client.has_birth_day() ? Day(client.birth_day()) : "");
  json->Text("straatnaam", client.street()).Text("postcode", client.postcode());
  json->Text("huisnummer", client.house_number());
  json->Text("huisnummertoevoeging", client.house_number_suffix());
  json->Text("plaatsnaam", client.town()).TextOrNull("telefoonnummer", client.phone());
  json->TextOrNull("email", client.email()).Flag("rechtspersoon", client.legal_person());
  json->EndObject();
}

void AddAddress(const AddressRecord& address, JsonWriter* json) {
  json->Object("adres").Text("postcode", address.postcode());
  json->Text("huisnummer", address.house_number());
  json->Text("huisnummertoevoeging", address.suffix()).EndObject();
}

void AddNextStep(const CaseRecord& case_record, JsonWriter* json) {
  if (case_record.next_step().empty() || !case_record.has_next_day()) {
    json->Null();
    return;
  }
  json->BeginObject().Text("soort", case_record.next_step());
  json->Text("datum", Day(case_record.next_day())).EndObject();
}

void AddReasons(const CaseDecision& decision, JsonWriter* json) {
  json->Array("redenen");
  for (const FiredRule& fired : decision.fired()) {
    if (!fired.reason().empty()) json->Text(fired.reason());
  }
  json->EndArray();
}

void AddCase(const HouseholdRecord& household, const CaseRecord& case_record, Date today,
             const CaseViewer& viewer, JsonWriter* json) {
  json->BeginObject();
  AddOverview(household, case_record, viewer, json);
  AddWork(case_record, today, json);
  AddForViewer(household, case_record, viewer, json);
  AddAttempts(case_record, json);
  AddNotes(case_record, json);
  json->Array("besluiten");
  for (const CaseDecision& decision : case_record.decisions()) AddDecision(decision, json);
  json->EndArray();
  json->Object("_links").Object("self");
  json->Text("href", "/v1/zaken/" + IdOf(household, case_record).Text()).EndObject();
  json->Object("huishouden").Text("href", "/v1/huishoudens/" + IdOf(household).Text());
  json->EndObject().EndObject().EndObject();
}

void AddHousehold(const HouseholdRecord& household, const CaseViewer& viewer, JsonWriter* json) {
  json->BeginObject().Text("huishoudenId", IdOf(household).Text());
  json->Text("gemeentecode", household.municipality());
  AddAddress(household.address(), json);
  json->Array("zaken");
  for (const CaseRecord& case_record : household.cases()) {
    std::string id = IdOf(household, case_record).Text();
    json->BeginObject().Text("zaakId", id).Text("team", case_record.team());
    json->Text("status", case_record.has_closed_ms() ? "gesloten" : "open");
    json->Text("taakStatus", NameOf(case_record.task()));
    json->Text("deadline", Day(case_record.deadline_day()));
    json->TextOrNull("eindresultaat", case_record.outcome());
    json->Text("geopendOp", Moment(case_record.opened_ms()));
    bool closed = case_record.has_closed_ms();
    json->TextOrNull("geslotenOp", closed ? Moment(case_record.closed_ms()) : "");
    json->Object("_links").Object("self").Text("href", "/v1/zaken/" + id);
    json->EndObject().EndObject().EndObject();
  }
  json->EndArray().Array("signalen");
  for (const SignalRecord& record : household.signals()) AddSignal(record, viewer, json);
  json->EndArray();
  AddComposition(household, json);
  json->Object("_links").Object("self");
  json->Text("href", "/v1/huishoudens/" + IdOf(household).Text());
  json->EndObject().EndObject().EndObject();
}

}  // namespace vroegsein
