// What every part of a step is given: the state, the settings in force, and the moment.
#pragma once

#include <utility>

#include "alerts/desk/policy.h"
#include "ingest/calendar.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

struct StepContext {
  State* state = nullptr;
  const MunicipalityRecord* municipality = nullptr;
  Policy* policy = nullptr;  // in force today; only where the event needs decisions
  Instant now;
  Date today;  // in Amsterdam

  const MunicipalitySettings& settings() const { return municipality->settings(); }
  const std::string& code() const { return municipality->settings().code(); }
};

}  // namespace vroegsein
