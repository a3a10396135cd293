// Regex is an XPath/XQuery regular expression (as FEEL's matches, replace and split use it), run
// by ICU within a time limit.
//
// Where XPath's language and ICU's differ the pattern is translated; what XPath forbids is an
// error. Threads: one per object. Errors: nullopt, with error() or timed_out().
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vroegsein::feel {

class Regex {
 public:
  Regex(std::string_view pattern, std::string_view flags, int limit_ms);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  std::optional<bool> Find(std::string_view text);
  std::optional<std::string> Replace(std::string_view text, std::string_view replacement,
                                     size_t bytes_max);
  std::optional<std::vector<std::string>> Split(std::string_view text, size_t parts_max);

  const std::string& error() const { return error_; }
  bool timed_out() const { return timed_out_; }

 private:
  struct Inner;
  bool SetText(std::string_view text);
  bool Check(int status);
  bool MatchesSomething();

  std::unique_ptr<Inner> inner_;
  std::string error_;
  bool timed_out_ = false;
};

std::string ToUpper(std::string_view text);
std::string ToLower(std::string_view text);

}  // namespace vroegsein::feel
