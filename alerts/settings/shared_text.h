// SharedText: a text that many hold and that is in memory once: the policy of 340 municipalities.
//
// A value that cannot be changed; thread safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vroegsein {

class SharedText {
 public:
  SharedText() : SharedText(std::string()) {}
  SharedText(std::string text)  // NOLINT: a text is one
      : text_(std::make_shared<const std::string>(std::move(text))) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}  // NOLINT: as above

  const std::string& text() const { return *text_; }
  operator std::string_view() const { return *text_; }  // NOLINT: as above
  bool empty() const { return text_->empty(); }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace vroegsein
