#include "store/record_check.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "store/ids.h"
#include "store/state.h"

namespace vroegsein {
namespace {

// Years 1583 to 9999, in days and milliseconds since 1970.
constexpr int64_t kDayMin = -141'000, kDayMax = 2'932'896;
constexpr int64_t kMillisPerDay = 86'400'000;

bool IsDay(int64_t day) { return day >= kDayMin && day <= kDayMax; }
bool IsMoment(int64_t ms) { return ms >= kDayMin * kMillisPerDay && ms <= kDayMax * kMillisPerDay; }

bool IsWhole(const CaseRecord& record, uint32_t after) {
  if (record.number() <= after || record.decisions_size() == 0) return false;
  bool moments = IsMoment(record.opened_ms()) && IsMoment(record.closed_ms()) &&
                 IsDay(record.deadline_day()) && IsDay(record.outcome_day());
  bool days = std::all_of(record.attempts().begin(), record.attempts().end(),
                          [](const ContactAttempt& attempt) { return IsDay(attempt.day()); });
  bool scores =
      std::all_of(record.decisions().begin(), record.decisions().end(),
                  [](const CaseDecision& decision) { return std::isfinite(decision.score()); });
  return moments && days && scores;
}

bool IsWhole(const SignalRecord& record) {
  const Signal& signal = record.signal();
  bool days = IsDay(signal.signal_day()) && IsDay(signal.origin_day());
  bool aftermaths = std::all_of(record.aftermaths().begin(), record.aftermaths().end(),
                                [](const Aftermath& one) { return IsDay(one.day()); });
  return days && aftermaths && IsMoment(record.received_ms());
}

bool IsWhole(const PersonRecord& person, const HouseholdRecord& household) {
  bool place = static_cast<int>(person.address()) < household.addresses_size();
  return place && person.number() > 0 && person.number() <= household.persons_given() &&
         IsDay(person.first_day()) && IsDay(person.last_day());
}

bool IsWhole(const HouseholdRecord& household) {
  if (!IsMunicipalityCode(household.municipality()) || household.number() == 0) return false;
  if (household.version() == 0 || household.version() > kRecordVersion) return false;
  std::vector<uint32_t> numbers, held;  // in order: cases are
  uint32_t last = 0;
  int open = 0;
  for (const CaseRecord& record : household.cases()) {
    if (!IsWhole(record, last)) return false;
    if (!record.has_closed_ms() && ++open > 1) return false;
    last = record.number();
    numbers.push_back(last);
  }
  for (const PersonRecord& person : household.persons()) {
    if (!IsWhole(person, household)) return false;
  }
  for (const SignalRecord& record : household.signals()) {
    uint32_t number = record.case_number();
    if (!IsWhole(record)) return false;
    if (number != 0) held.push_back(number);
  }
  std::sort(held.begin(), held.end());
  held.erase(std::unique(held.begin(), held.end()), held.end());
  return held == numbers && last <= household.cases_given();
}

}  // namespace

bool IsWhole(const SignalDetail& detail) {
  return detail.version() > 0 && detail.version() <= kRecordVersion && detail.household() > 0 &&
         IsDay(detail.signal().threat_day()) && IsDay(detail.signal().client().birth_day());
}

bool IsMunicipalityCode(const std::string& code) {
  return code.size() == 4 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Status CheckHousehold(const HouseholdRecord& household) {
  if (IsWhole(household)) return Status::Ok();
  HouseholdId id{household.municipality(), household.number()};
  bool known = IsMunicipalityCode(id.municipality);
  return Status::DataLoss("the record of household " + (known ? id.Text() : "(no id)") +
                          " is damaged or of a newer version");
}

}  // namespace vroegsein
