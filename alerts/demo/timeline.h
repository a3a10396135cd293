// The demo's timeline: what deploy/demo/README.md describes, as events of the log, moved by whole
// days so that the last signal is of yesterday. Errors: kInvalid with file and line.
#pragma once

#include <string>
#include <vector>

#include "alerts/desk/data_folder.h"

namespace vroegsein {

struct TimelineStep {
  Event event;
  // For what is done to a case: a signal of it, by which it is found when the moment comes.
  SignalId of_case;
  size_t line = 0;
};

struct Timeline {
  Instant start;  // a day before the first event
  std::vector<TimelineStep> steps;
};

Result<Timeline> ReadTimeline(const std::string& folder, Instant now);

// Does every step in order. Failure when one does not fit: the demo's files belong together.
Status Replay(const Timeline& timeline, DataFolder* folder);

}  // namespace vroegsein
