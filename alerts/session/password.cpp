#include "alerts/session/password.h"

#include <sodium.h>

#include <array>
#include <charconv>
#include <optional>

#include "ingest/status.h"

namespace vroegsein {
namespace {

constexpr std::string_view kName = "argon2id";
constexpr unsigned kPasses = 3;
constexpr size_t kHashBytes = 32;
// What a file may ask of us: ten times our own.
constexpr unsigned kPassesMax = 30;
constexpr size_t kMemoryKibMax = 10 * kPasswordMemoryBytes / 1024;
constexpr char kAlphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";

static_assert(kPasswordSaltBytes == crypto_pwhash_argon2id_SALTBYTES);
static_assert(sizeof kAlphabet == 33);

struct Parts {
  unsigned passes = kPasses;
  size_t memory_kib = kPasswordMemoryBytes / 1024;
  std::string salt;
  std::string hash;
};

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hex(std::string_view bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), Bytes(bytes), bytes.size());
  text.pop_back();
  return text;
}

std::string Derive(std::string_view password, const Parts& parts) {
  std::string hash(kHashBytes, '\0');
  int failed = crypto_pwhash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                             password.data(), password.size(), Bytes(parts.salt), parts.passes,
                             parts.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
  VROEGSEIN_CHECK(failed == 0);  // out of memory: there is nothing to go on with
  return hash;
}

std::string_view TakePart(std::string_view* rest) {
  size_t end = std::min(rest->find(':'), rest->size());
  std::string_view part = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return part;
}

template <typename Number>
bool ReadNumber(std::string_view text, Number low, Number high, Number* number) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && *number >= low && *number <= high;
}

bool ReadHex(std::string_view text, size_t bytes, std::string* out) {
  out->assign(bytes, '\0');
  size_t length = 0;
  int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(out->data()), bytes, text.data(),
                              text.size(), nullptr, &length, nullptr);
  return failed == 0 && length == bytes && text.size() == 2 * bytes;
}

std::optional<Parts> Parse(std::string_view kept) {
  Parts parts;
  if (TakePart(&kept) != kName) return std::nullopt;
  bool right = ReadNumber(TakePart(&kept), 1u, kPassesMax, &parts.passes) &&
               ReadNumber(TakePart(&kept), size_t{8}, kMemoryKibMax, &parts.memory_kib) &&
               ReadHex(TakePart(&kept), kPasswordSaltBytes, &parts.salt) &&
               ReadHex(kept, kHashBytes, &parts.hash);
  return right ? std::optional(parts) : std::nullopt;
}

}  // namespace

std::string HashPassword(std::string_view password, std::string_view salt) {
  VROEGSEIN_CHECK(salt.size() == kPasswordSaltBytes);
  Parts parts;
  parts.salt = salt;
  std::string kept(kName);
  kept += ':' + std::to_string(parts.passes) + ':' + std::to_string(parts.memory_kib);
  return kept + ':' + Hex(salt) + ':' + Hex(Derive(password, parts));
}

bool IsPassword(std::string_view password, std::string_view kept) {
  std::optional<Parts> parts = Parse(kept);
  bool known = parts.has_value();
  if (!known) {
    parts.emplace();
    parts->salt.assign(kPasswordSaltBytes, '\0');
    parts->hash.assign(kHashBytes, '\0');
  }
  std::string hash = Derive(password, *parts);
  return sodium_memcmp(hash.data(), parts->hash.data(), kHashBytes) == 0 && known;
}

std::string MakePassword(std::string_view chance) {
  VROEGSEIN_CHECK(chance.size() == kRandomPasswordBytes);
  std::string password;
  for (char byte : chance) password += kAlphabet[static_cast<unsigned char>(byte) & 31];
  return password;
}

}  // namespace vroegsein
