// A small language for the tests of the desk's records: signals, households and cases as a row of a
// table says them. Dates are texts, `2026-11-20`. Values; for one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/ddas/values.h"
#include "ingest/calendar.h"
#include "ingest/status.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein::testing {

inline Date Day(std::string_view text) {
  auto day = ParseDate(text);
  VROEGSEIN_CHECK(day.has_value());
  return *day;
}

// Noon in Amsterdam, give or take an hour of summer time.
inline int64_t Noon(std::string_view day) {
  return MillisOf(StartOfDayInAmsterdam(Day(day)) + std::chrono::hours(12));
}

struct SignalRow {
  std::string id = "1";
  std::string day = "2026-03-10";  // signaaldatum, and received on that day
  int64_t cents = 20'000;
  std::string partner = "vitens";
  std::string sector = "Water";
  Threat threat = THREAT_NONE;
  std::string customer = "7788";
  std::string origin = "2025-12-01";
  bool crisis_flag = false;
};

inline SignalRecord MakeSignal(const SignalRow& row, uint32_t case_number = 0) {
  SignalRecord record;
  Signal* signal = record.mutable_signal();
  signal->set_partner(row.partner);
  signal->set_id(row.id);
  signal->set_municipality("0080");
  signal->set_sector(row.sector);
  signal->set_signal_day(DaysOf(Day(row.day)));
  signal->set_arrears_cents(row.cents);
  signal->set_origin_day(DaysOf(Day(row.origin)));
  signal->set_customer_number(row.customer);
  signal->set_threat(row.threat);
  signal->set_crisis(row.crisis_flag);
  Client* client = signal->mutable_client();
  client->set_surname("Vries");
  client->set_postcode("8911AD");
  client->set_house_number("12");
  record.set_received_ms(Noon(row.day));
  record.mutable_decision()->set_admitted(true);
  record.mutable_decision()->set_crisis(row.threat != THREAT_NONE || row.crisis_flag);
  record.set_case_number(case_number);
  return record;
}

inline HouseholdRecord MakeHousehold(uint64_t number = 1) {
  HouseholdRecord household;
  household.set_version(kRecordVersion);
  household.set_municipality("0080");
  household.set_number(number);
  household.mutable_address()->set_postcode("8911AD");
  household.mutable_address()->set_house_number("12");
  return household;
}

struct CaseRow {
  std::string opened = "2026-03-10";
  std::string deadline = "2026-04-07";
  std::string zone = "Binnenstad";
  std::string team = "centrum";
  bool crisis = false;
  bool multiple = false;
  bool consecutive = false;
  std::string outcome;  // empty: open
  std::string closed = "2026-04-01";
};

inline CaseRecord MakeCase(const CaseRow& row, uint32_t number = 1) {
  CaseRecord made;
  made.set_number(number);
  made.set_opened_ms(Noon(row.opened));
  made.set_deadline_day(DaysOf(Day(row.deadline)));
  made.set_zone(row.zone);
  made.set_team(row.team);
  CaseFacts* facts = made.add_decisions()->mutable_facts();
  facts->set_crisis(row.crisis);
  facts->set_multiple(row.multiple);
  facts->set_consecutive(row.consecutive);
  if (row.outcome.empty()) return made;
  made.set_closed_ms(Noon(row.closed));
  made.set_task(TASK_DONE);
  made.set_outcome(row.outcome);
  return made;
}

inline void AddAttempt(const std::string& kind, const std::string& day, bool reached,
                       CaseRecord* case_record) {
  ContactAttempt* attempt = case_record->add_attempts();
  attempt->set_kind(kind);
  attempt->set_day(DaysOf(Day(day)));
  attempt->set_reached(reached);
}

inline void AddAftermath(AftermathKind kind, SignalRecord* record) {
  Aftermath* aftermath = record->add_aftermaths();
  aftermath->set_partner(record->signal().partner());
  aftermath->set_signal_id(record->signal().id());
  aftermath->set_kind(kind);
  aftermath->set_day(record->signal().signal_day() + 30);
}

}  // namespace vroegsein::testing
