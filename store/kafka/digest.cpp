#include "store/kafka/digest.h"

#include <sodium.h>

namespace vroegsein {

std::string DigestOf(std::string_view bytes) {
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return digest;
}

}  // namespace vroegsein
