// JsonScan: where a JSON value begins and ends, seen byte by byte, without understanding it.
//
// Used to cut a stream into records, and to say where a broken record breaks. It respects strings
// and escapes, and is forgiving on purpose: what is not JSON must still end somewhere, so that the
// records after it are not lost. Therefore a raw newline ends a string (JSON allows none inside), a
// closing bracket closes what was left open inside it, and an object that opens where none can (not
// after a colon) is reported as the beginning of something else.
//
// Not thread safe; constant memory: brackets are remembered to kScanDepthMax, deeper ones counted.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vroegsein {

inline constexpr size_t kScanDepthMax = 64;

class JsonScan {
 public:
  enum class Event {
    kInside,          // nothing special; the byte was taken
    kClosed,          // the byte was taken and closed the outermost bracket
    kMisplacedOpen,   // a `{` that cannot belong here; not taken
    kEnclosingClose,  // a `]` or `}` that closes more than was opened; not taken
  };

  Event Feed(char c) {
    if (in_string_) {
      FeedString(c);
      return Event::kInside;
    }
    bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    return space ? Event::kInside : FeedToken(c);
  }

  // How many bytes of `[from, to)` lie inside the string that the scan is in and change nothing:
  // most of a signal is text, and Feed() need not see it. 0 outside a string.
  size_t PlainBytes(const char* from, const char* to) const {
    if (!in_string_ || escaped_) return 0;
    const char* at = from;
    while (at != to && *at != '"' && *at != '\\' && *at != '\n') ++at;
    return static_cast<size_t>(at - from);
  }

  void Reset() { *this = JsonScan(); }
  size_t depth() const { return depth_; }
  bool in_string() const { return in_string_; }
  // A string was ended by a newline, or a bracket by another one's closing.
  bool mended() const { return mended_; }

 private:
  void FeedString(char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"' || c == '\n') {
      in_string_ = false;
      mended_ = mended_ || c == '\n';
    }
  }
  Event FeedToken(char c);
  bool TopIsObject() const;
  void Push(bool object);
  Event Close(bool object);

  bool in_string_ = false;
  bool escaped_ = false;
  bool mended_ = false;
  char last_token_ = 0;
  size_t depth_ = 0;
  uint64_t objects_ = 0;  // bit n: the bracket at depth n is an object
};

}  // namespace vroegsein
