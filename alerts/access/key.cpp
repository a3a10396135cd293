#include "alerts/access/key.h"

#include <fmt/format.h>
#include <sodium.h>

#include "ingest/status.h"

namespace vroegsein {
namespace {

std::string Hex(std::string_view bytes) {
  std::string text;
  for (char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

}  // namespace

std::string MakeKey(std::string_view chance) {
  VROEGSEIN_CHECK(chance.size() == kKeyChanceBytes);
  return "vs_" + Hex(chance);
}

std::string HashKey(std::string_view key) {
  unsigned char digest[crypto_generichash_BYTES];
  crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(key.data()),
                     key.size(), nullptr, 0);
  return "blake2b:" + Hex({reinterpret_cast<const char*>(digest), sizeof digest});
}

bool SameHash(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace vroegsein
