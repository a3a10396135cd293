#include "ingest/simulator/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace vroegsein::simulator {

Status OutputFile::Append(std::string_view line) {
  if (!begun_ && buffer_.empty()) buffer_ = header_;
  buffer_ += line;
  return buffer_.size() >= kOutputBufferBytes ? Flush() : Status::Ok();
}

Status OutputFile::Flush() {
  if (buffer_.empty()) return Status::Ok();
  errno = 0;
  std::FILE* file = std::fopen(path_.c_str(), begun_ ? "ab" : "wb");
  bool done = file && std::fwrite(buffer_.data(), 1, buffer_.size(), file) == buffer_.size();
  int error = errno;
  if (file && std::fclose(file) != 0) {
    if (done) error = errno;
    done = false;
  }
  if (!done) {
    std::string message = "write " + path_.string() + ": " + std::strerror(error);
    return error == ENOSPC ? Status::Exhausted(message) : Status::Unavailable(message);
  }
  begun_ = true;
  buffer_.clear();
  return Status::Ok();
}

}  // namespace vroegsein::simulator
