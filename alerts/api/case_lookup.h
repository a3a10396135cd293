// Finding a household or a case for somebody who asks: it is there, and they may see it.
//
// Whoever has a team of its own may see another team's in the own municipality when the header
// Toegangsreden says why; that is told to the access log. What is found is noted there too.
// Threads: any.
#pragma once

#include <optional>
#include <string>

#include "alerts/api/api_context.h"
#include "alerts/api/router.h"
#include "alerts/settings/installation.h"
#include "ingest/http/http_message.h"
#include "store/ids.h"
#include "store/record.pb.h"

namespace vroegsein {

struct FoundHousehold {
  HouseholdRecord household;
  std::optional<HttpResponse> problem;  // when set, the answer
};

struct FoundCase {
  HouseholdRecord household;
  const CaseRecord* record = nullptr;
  CaseId id;
  bool outside_team = false;            // seen for a reason
  std::optional<HttpResponse> problem;  // when set, the answer
};

// Whoever has a team of its own sees the households of which a case is that team's.
FoundHousehold FindHouseholdFor(const ApiContext& api, const Call& call, const std::string& text);
FoundCase FindCaseFor(const ApiContext& api, const Call& call, const std::string& text);

// The settings as the store has them now. An absent municipality reads as an empty record.
Result<MunicipalityRecord> ReadMunicipalityRecord(const Database& database,
                                                  const std::string& code);

// As the configuration file has them; nullptr when it does not know the municipality.
const MunicipalitySettings* SettingsOf(const ApiContext& api, const std::string& code);

}  // namespace vroegsein
