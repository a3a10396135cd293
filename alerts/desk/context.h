// What every part of a step is given: the state, the settings in force, and the moment.
#pragma once

#include <utility>
#include <vector>

#include "alerts/desk/policy.h"
#include "ingest/calendar.h"
#include "store/log.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

struct StepContext {
  State* state = nullptr;
  const MunicipalityRecord* municipality = nullptr;
  Policy* policy = nullptr;  // in force today; only where the event needs decisions
  Instant now;
  Date today;                                // in Amsterdam
  std::vector<TaskChange>* tasks = nullptr;  // where changes of tasks are told; may be nobody

  const MunicipalitySettings& settings() const { return municipality->settings(); }
  const std::string& code() const { return municipality->settings().code(); }
};

}  // namespace vroegsein
