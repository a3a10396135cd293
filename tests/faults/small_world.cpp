#include "tests/faults/small_world.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/report/case_fact.h"
#include "rules/dmn/model.h"
#include "tests/policy/small_policy.h"

namespace vroegsein::faults {
namespace {

constexpr const char* kPartners[] = {"vitens", "vitens", "essent"};
constexpr const char* kSectors[] = {"Water", "Water", "Energie"};
constexpr const char* kPostcodes[] = {"8911AD", "8911AD", "8921AB", "9999ZZ"};
constexpr const char* kNumbers[] = {"12", "14", "3", "1"};
constexpr const char* kCustomers[] = {"71", "71", "71", "72", ""};
constexpr const char* kSurnames[] = {"Vries", "de Vries", "Hoekstra"};
constexpr const char* kOrigins[] = {"2025-08-01", "2025-08-01", "2025-09-15"};
constexpr const char* kDays[] = {"2025-10-31", "2025-11-01", "2025-11-30", "2025-12-31",
                                 "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-30",
                                 "2026-05-01", "2026-05-31", "2026-06-30", "2026-07-01",
                                 "2026-08-31", "2026-09-01", "2026-11-10", "2026-11-19"};
constexpr int64_t kCents[] = {10'000, 10'000, 10'000, 8'000, 12'000, 7'000, 600'000};
// Not too many, or every household has a crisis whatever comes and goes.
constexpr Threat kThreats[] = {
    THREAT_NONE, THREAT_NONE,         THREAT_NONE,         THREAT_NONE,     THREAT_NONE,
    THREAT_NONE, THREAT_NONE,         THREAT_NONE,         THREAT_NONE,     THREAT_NONE,
    THREAT_NONE, THREAT_WATER_CUTOFF, THREAT_WATER_CUTOFF, THREAT_EVICTION, THREAT_EVICTION};
constexpr unsigned kFlagOnly = 10;  // in kThreats: the partner's own crisis flag, without a threat

template <typename T, size_t kSize>
const T& Pick(const T (&table)[kSize], unsigned place) {
  return table[place % kSize];
}

std::string SignalLine(const SignalRecord& record) {
  return record.signal().partner() + "/" + record.signal().id() + "=" +
         std::to_string(record.status()) + (record.case_number() != 0 ? "+" : "-") + " ";
}

template <typename Record>
std::string SortedIds(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const auto* record : records) lines.push_back(SignalLine(*record));
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

std::string CaseText(const HouseholdRecord& household, const CaseRecord& found) {
  const CaseDecision& decision = DecisionOf(found);
  std::string text = "  case " + SortedIds(SignalsOf(household, found.number()));
  text += decision.facts().ShortDebugString() + " score " + std::to_string(decision.score());
  for (const FiredRule& rule : decision.fired()) text += " " + rule.reason();
  text += " " + decision.priority() + " to " + found.team() + " (" + found.routing() + ") zone " +
          found.zone() + " before " + FormatDate(DateOf(found.deadline_day())) + " task " +
          std::to_string(found.task()) + " " + found.assignee() + " " + found.outcome() + "\n";
  return text;
}

std::string FactText(CaseFact fact) {
  auto* signals = fact.mutable_signals();
  std::sort(signals->begin(), signals->end(), [](const SignalFact& a, const SignalFact& b) {
    return a.SerializeAsString() < b.SerializeAsString();
  });
  return "  fact " + fact.ShortDebugString() + "\n";
}

std::string HouseholdText(const HouseholdRecord& household) {
  const AddressRecord& address = household.address();
  std::vector<const SignalRecord*> all;
  for (const SignalRecord& record : household.signals()) all.push_back(&record);
  std::string text = address.postcode() + " " + address.house_number() + address.suffix() + ": " +
                     SortedIds(all) + "\n";
  std::vector<std::string> parts;
  for (const CaseRecord& found : household.cases()) parts.push_back(CaseText(household, found));
  for (const CaseFact& fact : FactsOfHousehold(household)) parts.push_back(FactText(fact));
  std::sort(parts.begin(), parts.end());
  for (const std::string& part : parts) text += part;
  return text;
}

}  // namespace

Signal SignalOf(const Draw& draw, const std::string& municipality, unsigned number) {
  Signal signal;
  signal.set_partner(Pick(kPartners, draw.partner));
  signal.set_sector(Pick(kSectors, draw.partner));
  signal.set_id("S" + std::to_string(number));
  signal.set_municipality(municipality);
  signal.set_customer_number(Pick(kCustomers, draw.customer));
  signal.set_origin_day(DaysOf(*ParseDate(Pick(kOrigins, draw.origin))));
  signal.set_signal_day(DaysOf(*ParseDate(Pick(kDays, draw.day))));
  signal.set_arrears_cents(Pick(kCents, draw.cents));
  signal.set_threat(Pick(kThreats, draw.threat));
  signal.set_crisis(draw.threat == kFlagOnly);
  signal.mutable_client()->set_postcode(Pick(kPostcodes, draw.address));
  signal.mutable_client()->set_house_number(Pick(kNumbers, draw.address));
  signal.mutable_client()->set_surname(Pick(kSurnames, draw.surname));
  return signal;
}

MunicipalitySettings UnlimitedSettings(const MunicipalitySettings& from,
                                       const std::string& municipality) {
  MunicipalitySettings settings = from;
  settings.set_code(municipality);
  for (Team& team : *settings.mutable_teams()) team.set_capacity(0);
  return settings;
}

Event EventAt(Instant now, const std::string& municipality) {
  Event event;
  event.set_recorded_ms(MillisOf(now));
  event.set_municipality(municipality);
  return event;
}

Event SignalEvent(Instant now, const Signal& signal) {
  Event event = EventAt(now, signal.municipality());
  *event.mutable_signal()->mutable_signal() = signal;
  return event;
}

namespace {

constexpr unsigned kSignalIds = 400;
constexpr unsigned kHouseholds = 6;
constexpr unsigned kCases = 3;
constexpr const char* kWorkers[] = {"a.wiersma", "b.smit"};
constexpr const char* kOutcomes[] = {"(Budget)advies en/of quick fix",
                                     "Vervolghulp en/of verwijzing financieel",
                                     "Definitief geen contact kunnen krijgen", "onbekend woord"};

Draw RandomDraw(std::mt19937_64* chance) {
  auto any = [chance] { return static_cast<unsigned>((*chance)() % 960); };
  return {any(), any(), any(), any(), any(), any(), any() % 15, any()};
}

void AddWork(std::mt19937_64* chance, const std::string& case_id, int32_t day, Event* event) {
  std::string worker = Pick(kWorkers, static_cast<unsigned>((*chance)() % 2));
  switch ((*chance)() % 3) {
    case 0:
      event->mutable_contact()->set_case_id(case_id);
      event->mutable_contact()->mutable_attempt()->set_kind("Huisbezoek");
      event->mutable_contact()->mutable_attempt()->set_day(day);
      event->mutable_contact()->mutable_attempt()->set_worker(worker);
      return;
    case 1:
      event->mutable_outcome()->set_case_id(case_id);
      event->mutable_outcome()->set_outcome(
          Pick(kOutcomes, static_cast<unsigned>((*chance)() % 4)));
      event->mutable_outcome()->set_worker(worker);
      event->mutable_outcome()->set_day(day);
      return;
    default:
      event->mutable_task()->set_case_id(case_id);
      event->mutable_task()->set_action(static_cast<TaskAction>(1 + (*chance)() % 4));
      event->mutable_task()->set_worker(worker);
      event->mutable_task()->set_assignee(Pick(kWorkers, static_cast<unsigned>((*chance)() % 2)));
  }
}

// A handful of versions, so that the same one comes back; some are no policy at all.
std::string RandomModel(std::mt19937_64* chance) {
  constexpr const char* kThresholds[] = {"50", "75", "110"};
  constexpr const char* kHighFrom[] = {"100", "500"};
  auto place = static_cast<unsigned>((*chance)() % 32);
  if (place == 30) return "no model";
  SmallPolicy policy;
  policy.threshold = Pick(kThresholds, place);
  policy.high_from = Pick(kHighFrom, place / 3);
  if (place == 31) policy.aanpak = "Iets anders";
  return policy.Model();
}

// In the past, today, tomorrow, later; often a day that has a version already.
int32_t RandomDay(std::mt19937_64* chance, Instant now) {
  constexpr int kDaysAhead[] = {-1, 0, 0, 1, 1, 7, 40, 40};
  return DaysOf(DayInAmsterdam(now)) + Pick(kDaysAhead, static_cast<unsigned>((*chance)() % 8));
}

}  // namespace

Event RandomPolicyEvent(std::mt19937_64* chance, Instant now, const std::string& municipality) {
  Event event = EventAt(now, municipality);
  switch ((*chance)() % 8) {
    case 0: event.mutable_withdrawn()->set_effective_day(RandomDay(chance, now)); break;
    case 1: event.mutable_shadow(); break;
    case 2:
    case 3:
      event.mutable_shadow()->set_model(RandomModel(chance));
      event.mutable_shadow()->set_hash(dmn::HashOf(event.shadow().model()));
      break;
    default:
      event.mutable_policy()->set_model(RandomModel(chance));
      event.mutable_policy()->set_hash(dmn::HashOf(event.policy().model()));
      event.mutable_policy()->set_tests("as examined at the door");
      event.mutable_policy()->set_effective_day(RandomDay(chance, now));
      event.mutable_policy()->set_configured((*chance)() % 8 == 0);
  }
  return event;
}

Event RandomEvent(std::mt19937_64* chance, Instant now, const std::string& municipality) {
  auto number = static_cast<unsigned>((*chance)() % kSignalIds);
  auto kind = (*chance)() % 100;
  if (kind < 65) return SignalEvent(now, SignalOf(RandomDraw(chance), municipality, number));
  Event event = EventAt(now, municipality);
  if (kind < 93) {
    std::string case_id = municipality + "-" + std::to_string(1 + (*chance)() % kHouseholds) + "-" +
                          std::to_string(1 + (*chance)() % kCases);
    AddWork(chance, case_id, DaysOf(DayInAmsterdam(now)), &event);
  } else if (kind < 98) {
    Aftermath* told = event.mutable_aftermath()->mutable_aftermath();
    told->set_partner(Pick(kPartners, number));
    told->set_signal_id("S" + std::to_string(number));
    told->set_kind(static_cast<AftermathKind>(1 + (*chance)() % 6));
    told->set_day(DaysOf(DayInAmsterdam(now)));
  } else if (kind == 98) {
    return RandomPolicyEvent(chance, now, municipality);
  } else {
    event.mutable_tick();
  }
  return event;
}

Result<std::string> CanonicalState(const Database& database, const std::string& municipality) {
  std::vector<std::string> texts;
  Status read =
      EachHousehold(database, municipality, Depth::kCases, [&](const HouseholdRecord& household) {
        texts.push_back(HouseholdText(household));
        return Status::Ok();
      });
  if (!read.ok()) return read;
  std::sort(texts.begin(), texts.end());
  std::string whole;
  for (const std::string& text : texts) whole += text;
  return whole;
}

int Rounds(int when_short, int when_normal, int when_long) {
  const char* length = std::getenv("VROEGSEIN_TEST_LENGTH");
  std::string_view text = length != nullptr ? length : "normal";
  return text == "long" ? when_long : text == "short" ? when_short : when_normal;
}

}  // namespace vroegsein::faults
