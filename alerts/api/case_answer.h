// A case, a household and their parts as the API shows them to a team: design.md's case with
// everything that explains it: the signals, the decisions with their facts and rules, the routing,
// the attempts.
//
// Of the residents it shows what is needed to reach them; never the BSN.
// Pure functions; thread safe.
#pragma once

#include <string>

#include "alerts/reading/json_writer.h"
#include "ingest/calendar.h"
#include "store/record.pb.h"

namespace vroegsein {

// From so few working days on a deadline that has not passed is near.
inline constexpr int kNearWorkingDays = 2;

struct TimeLeft {
  int days = 0;
  int working_days = 0;
  bool late = false;  // teLaat
  bool near = false;  // bijnaTeLaat
};
// The day of the deadline itself is on time.
TimeLeft TimeUntil(Date deadline, Date today);
void AddTimeLeft(const TimeLeft& left, JsonWriter* json);

// How to reach the resident.
void AddClient(const Client& client, JsonWriter* json);
void AddAddress(const AddressRecord& address, JsonWriter* json);
// The Dutch sentences of the rules that fired.
void AddReasons(const CaseDecision& decision, JsonWriter* json);
// For whom a case is shown.
struct CaseViewer {
  std::string name;
  bool outside_team = false;
  // Of its municipality, for the names of partners; nullptr: their ids have to do.
  const MunicipalitySettings* settings = nullptr;
  Instant now = {};  // an outcome can be taken back for a while
};
void AddCase(const HouseholdRecord& household, const CaseRecord& case_record, Date today,
             const CaseViewer& viewer, JsonWriter* json);
// `{"soort","datum"}`, or null when there is none.
void AddNextStep(const CaseRecord& case_record, JsonWriter* json);
void AddHousehold(const HouseholdRecord& household, const CaseViewer& viewer, JsonWriter* json);

}  // namespace vroegsein
