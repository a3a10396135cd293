// StableHash: FNV-1a over a row of texts, the same on every machine and in every version, which
// std::hash does not promise. Stands in keys and records. No defence against who looks for two
// texts with one hash: what it leads to is compared. A value. Threads: one at a time.
#pragma once

#include <cstdint>
#include <string_view>

namespace vroegsein {

class StableHash {
 public:
  // No text runs over into the next: none holds 1F.
  void Add(std::string_view text) {
    for (char c : text) Mix(c);
    Mix('\x1f');
  }
  uint64_t value() const { return value_; }

 private:
  void Mix(char c) { value_ = (value_ ^ static_cast<unsigned char>(c)) * uint64_t{1099511628211u}; }
  uint64_t value_ = 14695981039346656037u;
};

}  // namespace vroegsein
