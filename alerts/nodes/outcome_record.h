// Outcome (store/log.h) as it travels between nodes. Pure functions.
#pragma once

#include "alerts/nodes/node_call.pb.h"
#include "store/log.h"

namespace vroegsein {

OutcomeRecord RecordOf(const Outcome& outcome);
Outcome OutcomeOf(const OutcomeRecord& record);

}  // namespace vroegsein
