// ReaderLimits: the bounds within which a delivery is read.
#pragma once

#include <cstddef>

namespace vroegsein {

struct ReaderLimits {
  // A record above this is one rejected row. REQUIRES: > 0. Bytes.
  size_t record_bytes_max = 64 * 1024;
  // How much is read from the source at a time. REQUIRES: > 0. Bytes.
  size_t read_bytes = 64 * 1024;
};

}  // namespace vroegsein
