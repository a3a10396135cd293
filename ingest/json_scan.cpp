#include "ingest/json_scan.h"

namespace vroegsein {

bool JsonScan::TopIsObject() const {
  if (depth_ == 0 || depth_ > kScanDepthMax) return false;
  return ((objects_ >> (depth_ - 1)) & 1u) != 0;
}

void JsonScan::Push(bool object) {
  if (depth_ < kScanDepthMax) {
    uint64_t bit = uint64_t{1} << depth_;
    objects_ = object ? objects_ | bit : objects_ & ~bit;
  }
  ++depth_;
}

JsonScan::Event JsonScan::Close(bool object) {
  if (depth_ > kScanDepthMax) {
    --depth_;
    return Event::kInside;
  }
  size_t match = depth_;
  while (match > 0 && (((objects_ >> (match - 1)) & 1u) != 0) != object) --match;
  if (match == 0) {
    // Nothing of this kind is open. A `]` may be the array's around us; a stray `}` is noise.
    return object && depth_ > 0 ? Event::kInside : Event::kEnclosingClose;
  }
  mended_ = mended_ || match != depth_;
  depth_ = match - 1;
  return depth_ == 0 ? Event::kClosed : Event::kInside;
}

JsonScan::Event JsonScan::FeedToken(char c) {
  if (c == '{' && TopIsObject() && last_token_ != ':') return Event::kMisplacedOpen;
  Event event = Event::kInside;
  switch (c) {
    case '"': in_string_ = true; break;
    case '{': Push(true); break;
    case '[': Push(false); break;
    case '}': event = Close(true); break;
    case ']': event = Close(false); break;
    default: break;
  }
  if (event != Event::kEnclosingClose) last_token_ = c;
  return event;
}

}  // namespace vroegsein
