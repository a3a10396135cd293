// Scan walks over a short piece of text with a fixed form (a date, a duration).
//
// It looks at the text it was given and owns nothing. One thread. Nothing fails loudly: a piece
// that is not there is false or nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vroegsein::feel {

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}
  bool AtEnd() const { return at_ >= text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  char At(size_t index) const { return text_[index]; }
  size_t position() const { return at_; }
  std::string_view Rest() const { return text_.substr(at_); }
  void Skip() { ++at_; }
  void SkipAll() { at_ = text_.size(); }
  bool Take(char wanted) {
    if (AtEnd() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  // A whole number of at least `least` and at most `most` digits. REQUIRES: most <= 18
  std::optional<int64_t> Number(size_t least, size_t most) {
    const size_t from = at_;
    int64_t value = 0;
    while (!AtEnd() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - from < most) {
      value = value * 10 + (text_[at_] - '0');
      ++at_;
    }
    if (at_ - from < least) return std::nullopt;
    return value;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace vroegsein::feel
