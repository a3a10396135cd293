// What a partner hears of one signal, as JSON: over HTTP and on a topic the same.
//
//   {"nummer", "gemeentecode", "signaalId", "status", "tijdstip", "hulpAanvaard",
//   "opschortenTotEnMet"}
//
// A pure function; thread safe.
#pragma once

#include <string>

#include "alerts/reading/json_writer.h"
#include "store/record.pb.h"

namespace vroegsein {

void AddFeedback(const std::string& municipality, const FeedbackRecord& feedback, JsonWriter* json);

}  // namespace vroegsein
