// OutputFile: a text file that is written in order, of which hundreds may be under way at once.
//
// It holds a buffer and no file handle: the file is opened for each full buffer. It is made with
// the first byte that reaches it; nothing written, no file. One thread at a time. Errors are
// returned: kExhausted when the disk is full, kUnavailable for all else.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "ingest/status.h"

namespace vroegsein::simulator {

inline constexpr size_t kOutputBufferBytes = size_t{32} << 10;

class OutputFile {
 public:
  // `header` goes in front of the first line.
  OutputFile(std::filesystem::path path, std::string header)
      : path_(std::move(path)), header_(std::move(header)) {}

  Status Append(std::string_view line);
  // REQUIRES: called at the end; what is not flushed is not in the file.
  Status Flush();
  bool written() const { return begun_; }

 private:
  std::filesystem::path path_;
  std::string header_;
  std::string buffer_;
  bool begun_ = false;
};

}  // namespace vroegsein::simulator
