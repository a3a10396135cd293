#include "rules/feel/regex.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/uregex.h>
#include <unicode/utypes.h>

#include <algorithm>

namespace vroegsein::feel {

namespace {

constexpr size_t kPatternBytesMax = 10000;
constexpr int32_t kStackBytesMax = 4 << 20;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Flag x: blanks in the pattern do not count, except in a class.
std::string WithoutBlanks(std::string_view pattern) {
  std::string out;
  int class_depth = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool escaped = i > 0 && pattern[i - 1] == '\\' && (i < 2 || pattern[i - 2] != '\\');
    if (c == '[' && !escaped) ++class_depth;
    if (c == ']' && !escaped && class_depth > 0) --class_depth;
    if (class_depth == 0 && IsSpace(c)) continue;
    out += c;
  }
  return out;
}

// XPath's pattern in ICU's words. nullopt: XPath knows no such pattern.
class Translation {
 public:
  Translation(std::string_view pattern, bool multiline, bool dot_all)
      : pattern_(pattern), multiline_(multiline), dot_all_(dot_all) {}

  std::optional<std::string> Run() {
    while (at_ < pattern_.size() && valid_) Step();
    if (!valid_ || class_depth_ != 0) return std::nullopt;
    return out_;
  }

 private:
  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

  void Step() {
    const char c = pattern_[at_];
    if (c == '\\') {
      Escape();
    } else if (class_depth_ > 0) {
      InClass(c);
    } else {
      Outside(c);
    }
  }

  void Outside(char c) {
    ++at_;
    if (c == '[') {
      OpenClass();
    } else if (c == '$' && !multiline_) {
      out_ += "\\z";
    } else if (c == '.' && !dot_all_) {
      out_ += "[^\\n\\r]";
    } else if (c == '(') {
      if (at_ < pattern_.size() && pattern_[at_] == '?') {
        // Only the group that is not captured is XPath's.
        valid_ = at_ + 1 < pattern_.size() && pattern_[at_ + 1] == ':';
        open_.push_back(0);
      } else {
        open_.push_back(++groups_);
      }
      out_ += c;
    } else if (c == ')') {
      if (!open_.empty()) {
        if (open_.back() != 0) closed_.push_back(open_.back());
        open_.pop_back();
      }
      out_ += c;
    } else {
      out_ += c;
    }
  }

  void OpenClass() {
    ++class_depth_;
    out_ += '[';
    if (at_ < pattern_.size() && pattern_[at_] == '^') out_ += pattern_[at_++];
    class_start_ = at_;
  }

  void InClass(char c) {
    ++at_;
    if (c == '-' && at_ < pattern_.size() && pattern_[at_] == '[') {
      ++at_;
      out_ += "--";
      OpenClass();
      return;
    }
    if (c == '[') {
      valid_ = false;
      return;
    }
    if (c == ']') {
      --class_depth_;
      out_ += c;
      return;
    }
    if (c == '-') {
      const bool first = at_ - 1 == class_start_;
      const bool last = at_ < pattern_.size() && pattern_[at_] == ']';
      const bool after_range = out_.size() >= 2 && last_range_end_ == out_.size();
      if (first || last || after_range) {
        out_ += "\\-";
        return;
      }
      out_ += c;
      range_open_ = true;
      return;
    }
    if (c == '&' || c == '{' || c == '}' || c == '$') out_ += '\\';
    out_ += c;
    if (range_open_) {
      range_open_ = false;
      last_range_end_ = out_.size();
    }
  }

  void Escape() {
    if (at_ + 1 >= pattern_.size()) {
      valid_ = false;
      return;
    }
    const char c = pattern_[at_ + 1];
    at_ += 2;
    constexpr std::string_view kSame = "nrtdDsSwW\\|.?*+(){}-[]^$";
    if (c == 'p' || c == 'P') {
      Property(c);
    } else if (c == 'i' || c == 'I' || c == 'c' || c == 'C') {
      const bool name_part = c == 'c' || c == 'C';
      const bool negated = c == 'I' || c == 'C';
      out_ += negated ? "[^" : "[";
      out_ += name_part ? "\\p{L}\\p{N}_:.\\-\\u00B7]" : "\\p{L}_:]";
    } else if (IsDigit(c)) {
      BackReference(c);
    } else if (kSame.find(c) != std::string_view::npos) {
      out_ += '\\';
      out_ += c;
    } else {
      valid_ = false;
    }
  }

  void BackReference(char c) {
    int group = c - '0';
    while (at_ < pattern_.size() && IsDigit(pattern_[at_]) &&
           group * 10 + (pattern_[at_] - '0') <= groups_) {
      group = group * 10 + (pattern_[at_++] - '0');
    }
    const bool known = std::find(closed_.begin(), closed_.end(), group) != closed_.end();
    if (class_depth_ > 0 || group == 0 || !known) {
      valid_ = false;
      return;
    }
    out_ += "(?:\\" + std::to_string(group) + ")";
  }

  void Property(char c) {
    const size_t end = pattern_.find('}', at_);
    if (at_ >= pattern_.size() || pattern_[at_] != '{' || end == std::string_view::npos) {
      valid_ = false;
      return;
    }
    std::string name;
    for (const char part : pattern_.substr(at_ + 1, end - at_ - 1)) {
      if (IsSpace(part)) valid_ = false;
      name += part;
    }
    at_ = end + 1;
    out_ += '\\';
    out_ += c;
    out_ += name.starts_with("Is") ? "{block=" + name.substr(2) + "}" : "{" + name + "}";
  }

  std::string_view pattern_;
  bool multiline_;
  bool dot_all_;
  bool valid_ = true;
  size_t at_ = 0;
  std::string out_;
  int class_depth_ = 0;
  size_t class_start_ = 0;
  bool range_open_ = false;
  size_t last_range_end_ = 0;
  int groups_ = 0;
  std::vector<int> open_;
  std::vector<int> closed_;
};

struct RegexFlags {
  bool valid = true;
  bool multiline = false;
  bool dot_all = false;
  bool skip_blanks = false;
  uint32_t icu = 0;
};

RegexFlags ReadFlags(std::string_view flags) {
  RegexFlags out;
  for (const char c : flags) {
    switch (c) {
      case 's':
        out.dot_all = true;
        out.icu |= UREGEX_DOTALL;
        break;
      case 'm':
        out.multiline = true;
        out.icu |= UREGEX_MULTILINE | UREGEX_UNIX_LINES;
        break;
      case 'i': out.icu |= UREGEX_CASE_INSENSITIVE; break;
      case 'x': out.skip_blanks = true; break;
      case 'q': out.icu |= UREGEX_LITERAL; break;
      default: out.valid = false;
    }
  }
  return out;
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

}  // namespace

struct Regex::Inner {
  URegularExpression* regex = nullptr;
  icu::UnicodeString text;
  bool literal = false;
  ~Inner() {
    if (regex != nullptr) uregex_close(regex);
  }
  std::string Slice(int32_t from, int32_t to) const {
    std::string out;
    text.tempSubStringBetween(from, to).toUTF8String(out);
    return out;
  }
};

Regex::Regex(std::string_view pattern, std::string_view flags, int limit_ms)
    : inner_(std::make_unique<Inner>()) {
  const RegexFlags parsed = ReadFlags(flags);
  if (!parsed.valid || pattern.size() > kPatternBytesMax) {
    error_ =
        parsed.valid ? "the regular expression is too long" : "unknown regular expression flag";
    return;
  }
  inner_->literal = (parsed.icu & UREGEX_LITERAL) != 0;
  std::string translated(pattern);
  if (!inner_->literal) {
    if (parsed.skip_blanks) translated = WithoutBlanks(pattern);
    auto result = Translation(translated, parsed.multiline, parsed.dot_all).Run();
    if (!result) {
      error_ = "this is no regular expression";
      return;
    }
    translated = std::move(*result);
  }
  // ICU takes no empty pattern; this one means the same.
  if (translated.empty() && !inner_->literal) translated = "(?:)";
  const icu::UnicodeString wide = FromUtf8(translated);
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  inner_->regex = uregex_open(wide.getBuffer(), wide.length(), parsed.icu, &where, &status);
  if (inner_->regex != nullptr) {
    uregex_setTimeLimit(inner_->regex, limit_ms, &status);
    uregex_setStackLimit(inner_->regex, kStackBytesMax, &status);
  }
  if (U_FAILURE(status)) error_ = "this is no regular expression";
}

Regex::~Regex() = default;

bool Regex::Check(int status) {
  const auto code = static_cast<UErrorCode>(status);
  if (U_SUCCESS(code)) return true;
  timed_out_ = code == U_REGEX_TIME_OUT || code == U_REGEX_STACK_OVERFLOW;
  error_ = "the regular expression failed";
  return false;
}

bool Regex::SetText(std::string_view text) {
  if (!error_.empty()) return false;
  inner_->text = FromUtf8(text);
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(inner_->regex, inner_->text.getBuffer(), inner_->text.length(), &status);
  return Check(status);
}

std::optional<bool> Regex::Find(std::string_view text) {
  if (!SetText(text)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const bool found = uregex_find(inner_->regex, 0, &status) != 0;
  if (!Check(status)) return std::nullopt;
  return found;
}

// XPath's fn:replace and fn:tokenize refuse such a pattern (FORX0003).
bool Regex::MatchesSomething() {
  const auto found = Find("");
  if (found && *found) error_ = "the regular expression matches a string of nothing";
  return found && !*found;
}

std::optional<std::string> Regex::Replace(std::string_view text, std::string_view replacement,
                                          size_t bytes_max) {
  if (!MatchesSomething() || !SetText(text)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const int32_t groups = uregex_groupCount(inner_->regex, &status);
  std::string out;
  int32_t last = 0;
  while (uregex_findNext(inner_->regex, &status) && U_SUCCESS(status)) {
    const int32_t start = uregex_start(inner_->regex, 0, &status);
    out += inner_->Slice(last, start);
    last = uregex_end(inner_->regex, 0, &status);
    for (size_t i = 0; i < replacement.size(); ++i) {
      const char c = replacement[i];
      const bool more = i + 1 < replacement.size();
      if (inner_->literal || (c != '$' && c != '\\')) {
        out += c;
      } else if (c == '\\' && more && (replacement[i + 1] == '\\' || replacement[i + 1] == '$')) {
        out += replacement[++i];
      } else if (c == '$' && more && replacement[i + 1] >= '0' && replacement[i + 1] <= '9') {
        int32_t group = replacement[++i] - '0';
        while (i + 1 < replacement.size() && replacement[i + 1] >= '0' &&
               replacement[i + 1] <= '9' && group * 10 + (replacement[i + 1] - '0') <= groups) {
          group = group * 10 + (replacement[++i] - '0');
        }
        if (group > groups) continue;
        const int32_t from = uregex_start(inner_->regex, group, &status);
        const int32_t to = uregex_end(inner_->regex, group, &status);
        if (from >= 0) out += inner_->Slice(from, to);
      } else {
        error_ = "the replacement has a '$' or '\\' that stands for nothing";
        return std::nullopt;
      }
    }
    if (out.size() > bytes_max) break;
  }
  if (!Check(status)) return std::nullopt;
  out += inner_->Slice(last, inner_->text.length());
  return out;
}

std::optional<std::vector<std::string>> Regex::Split(std::string_view text, size_t parts_max) {
  if (!MatchesSomething() || !SetText(text)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  std::vector<std::string> out;
  int32_t last = 0;
  while (out.size() < parts_max && uregex_findNext(inner_->regex, &status) && U_SUCCESS(status)) {
    const int32_t start = uregex_start(inner_->regex, 0, &status);
    const int32_t end = uregex_end(inner_->regex, 0, &status);
    if (end == start) continue;  // `\b`: nothing to cut away
    out.push_back(inner_->Slice(last, start));
    last = end;
  }
  if (!Check(status)) return std::nullopt;
  out.push_back(inner_->Slice(last, inner_->text.length()));
  return out;
}

std::string ToUpper(std::string_view text) {
  std::string out;
  FromUtf8(text).toUpper(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

std::string ToLower(std::string_view text) {
  std::string out;
  FromUtf8(text).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

}  // namespace vroegsein::feel
