#include "alerts/access/gate.h"

#include <algorithm>

#include "alerts/access/key.h"

namespace vroegsein {
namespace {

constexpr size_t kKeyBytesMax = 200;
constexpr std::string_view kScheme = "bearer ";

bool StartsWithScheme(std::string_view text) {
  return text.size() > kScheme.size() &&
         std::equal(kScheme.begin(), kScheme.end(), text.begin(), [](char expected, char found) {
           return expected ==
                  (found >= 'A' && found <= 'Z' ? static_cast<char>(found + 32) : found);
         });
}

}  // namespace

const Identity* Gate::SignIn(std::string_view authorization) const {
  if (!StartsWithScheme(authorization)) return nullptr;
  std::string_view key = authorization.substr(kScheme.size());
  if (key.empty() || key.size() > kKeyBytesMax) return nullptr;
  std::string hash = HashKey(key);
  const Identity* found = nullptr;
  for (const Identity& identity : identities_) {
    for (const std::string& known : identity.key_hashes) {
      if (SameHash(known, hash)) found = &identity;
    }
  }
  return found;
}

bool Gate::Knows(std::string_view name) const {
  return std::any_of(identities_.begin(), identities_.end(),
                     [&](const Identity& identity) { return identity.name == name; });
}

bool MaySeeMunicipality(const Identity& identity, std::string_view municipality) {
  const auto& known = identity.municipalities;
  return std::find(known.begin(), known.end(), municipality) != known.end();
}

bool MaySeeTeam(const Identity& identity, std::string_view team) {
  return identity.team.empty() || identity.team == team;
}

}  // namespace vroegsein
