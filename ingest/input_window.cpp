#include "ingest/input_window.h"

#include <cstring>

namespace vroegsein {

void InputWindow::Consume(size_t bytes) {
  VROEGSEIN_CHECK(bytes <= end_ - begin_);
  begin_ += bytes;
  bytes_consumed_ += bytes;
}

Result<bool> InputWindow::More() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + read_bytes_) buffer_.resize(end_ + read_bytes_);
  auto bytes = source_->Read(buffer_.data() + end_, read_bytes_);
  if (!bytes.ok()) return bytes.status();
  end_ += *bytes;
  bytes_read_ += *bytes;
  at_end_ = *bytes == 0;
  return !at_end_;
}

Result<bool> InputWindow::SkipSpace() {
  while (true) {
    size_t at = view().find_first_not_of(" \t\r\n");
    if (at != std::string_view::npos) {
      Consume(at);
      return true;
    }
    Consume(view().size());
    auto more = More();
    if (!more.ok() || !*more) return more;
  }
}

}  // namespace vroegsein
