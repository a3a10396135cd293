// Which team goes to this door? The resident's own zone first (Heerenveen's way of working);
// another team only when a specialism is asked that the own team lacks, when the own team is full,
// or when it is urgent and the own team is nearly full and another has less to do. Of overlapping
// ranges the narrowest holds. Outside every zone: the named fallback team, never nowhere.
//
// Pure function of settings, loads and the case; thread safe. The reason is Dutch and is recorded.
#pragma once

#include <string>
#include <string_view>

#include "store/record.pb.h"

namespace vroegsein {

struct TeamRoute {
  std::string zone;  // empty outside every zone
  std::string team;  // code; empty only when the settings name no team at all
  std::string reason;
};

// What the case asks of a team.
struct RoutingNeed {
  std::string_view postcode;
  std::string_view specialism;  // empty: none
  bool urgent = false;
};

bool TeamExists(const MunicipalitySettings& settings, std::string_view code);

TeamRoute RouteCase(const MunicipalitySettings& settings, const CountersRecord& loads,
                    const RoutingNeed& need);

}  // namespace vroegsein
