#include "store/kafka/taken_offsets.h"

#include "ingest/status.h"

namespace vroegsein {

void TakenOffsets::Take(const TopicPartition& from, int64_t offset) {
  Part& part = parts_[from];
  // The first one; or another member had it meanwhile, and it begins before what is known here.
  if (part.first < 0 || offset < part.first) part = Part{offset, offset, {}};
  auto at = static_cast<size_t>(offset - part.first);
  if (at >= part.done.size()) part.done.resize(at + 1, true);
  part.done[at] = false;
}

void TakenOffsets::Finish(const TopicPartition& from, int64_t offset) {
  Part& part = parts_.at(from);
  if (offset < part.first) return;
  auto at = static_cast<size_t>(offset - part.first);
  VROEGSEIN_CHECK(at < part.done.size());
  part.done[at] = true;
  while (!part.done.empty() && part.done.front()) {
    part.done.pop_front();
    ++part.first;
  }
}

size_t TakenOffsets::Span(const TopicPartition& from) const {
  auto part = parts_.find(from);
  return part == parts_.end() ? 0 : part->second.done.size();
}

std::map<TopicPartition, int64_t> TakenOffsets::Finished() {
  std::map<TopicPartition, int64_t> finished;
  for (auto& [from, part] : parts_) {
    if (part.first == part.told) continue;
    finished[from] = part.told = part.first;
  }
  return finished;
}

}  // namespace vroegsein
