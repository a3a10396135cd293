// Gate: who is this, going by the key in the Authorization header; and what that identity may see.
//
// Comparing takes as long whether a key is nearly right or quite wrong, and looks at every key.
// Immutable once made; thread safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/settings/installation.h"

namespace vroegsein {

class Gate {
 public:
  explicit Gate(std::vector<Identity> identities) : identities_(std::move(identities)) {}

  // nullptr when the header is no `Bearer KEY` of somebody we know. The identity lives as long as
  // the gate.
  const Identity* SignIn(std::string_view authorization) const;
  // Somebody of that name has a key.
  bool Knows(std::string_view name) const;

 private:
  std::vector<Identity> identities_;
};

bool MaySeeMunicipality(const Identity& identity, std::string_view municipality);
// Whoever has no team of its own sees every team.
bool MaySeeTeam(const Identity& identity, std::string_view team);

}  // namespace vroegsein
