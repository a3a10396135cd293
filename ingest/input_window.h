// InputWindow: the piece of a stream that is being looked at. It grows at the end with More() and
// shrinks at the front with Consume(), so that whoever cuts records needs no copy of them; its size
// is whatever the cutter lets it grow to, plus one read.
//
// Threads: one at a time. Views die with the next More().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"

namespace vroegsein {

class InputWindow {
 public:
  // REQUIRES: `source` outlives the window; read_bytes > 0.
  InputWindow(ByteSource* source, size_t read_bytes) : source_(source), read_bytes_(read_bytes) {}

  std::string_view view() const { return {buffer_.data() + begin_, end_ - begin_}; }

  // REQUIRES: bytes <= view().size()
  void Consume(size_t bytes);

  // Reads more behind the view; false at the end of the source.
  Result<bool> More();

  // Consumes JSON white space; false when nothing but that was left.
  Result<bool> SkipSpace();

  bool at_end() const { return at_end_; }
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_consumed() const { return bytes_consumed_; }

 private:
  ByteSource* source_;
  size_t read_bytes_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  bool at_end_ = false;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_consumed_ = 0;
};

}  // namespace vroegsein
