// TakenOffsets: of what was taken from topics, up to where all of it is done.
//
// Records are taken in order and finished in any. What is committed is the first that is not done,
// so that nothing before it comes again and it does. An offset that was never taken (there is none
// of that number) counts as done. One that is taken again is not done again.
//
// A value without I/O. Not thread safe.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace vroegsein {

struct TopicPartition {
  std::string topic;
  int32_t partition = 0;
  auto operator<=>(const TopicPartition&) const = default;
};

class TakenOffsets {
 public:
  void Take(const TopicPartition& from, int64_t offset);
  // REQUIRES: it was taken.
  void Finish(const TopicPartition& from, int64_t offset);

  // How many there are from the first that is not done up to the last that was taken.
  size_t Span(const TopicPartition& from) const;

  // The first that is not done, of partitions where that is another than Finished() gave last.
  std::map<TopicPartition, int64_t> Finished();

 private:
  struct Part {
    int64_t first = -1;  // not done, or not yet taken
    int64_t told = -1;
    std::deque<bool> done;  // from `first` on
  };
  std::map<TopicPartition, Part> parts_;
};

}  // namespace vroegsein
