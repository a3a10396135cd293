// Neighbourhood: everybody whose household may depend on a new fact: who lives at the address, who
// may be the same person elsewhere, and who lives at the addresses of those.
//
// That reaches as far as there is anybody, so that it is the same whoever of them is new, and what
// is decided about it does not follow from the order of arrival. It is bounded: of a place with
// very many households only those are looked at that a name, birth date or phone leads to, and it
// counts as crowded; limits() says which bounds were met. Errors: of the store. Thread: the desk's.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/household/identity/resident.h"
#include "store/household/identity/weights.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

// Households looked at for one fact, and descriptions in them.
inline constexpr size_t kNeighboursMax = 48;
inline constexpr size_t kMembersMax = 120;
// With more, an address is crowded without counting.
inline constexpr size_t kLoadedPerAddressMax = 16;
// Descriptions of which it is asked who is like them and who lives there besides.
inline constexpr size_t kAskedMax = 96;
// From so far below even odds that two are one person, they are worth a look by a person.
inline constexpr double kDoubtBits = -2;

class Neighbourhood {
 public:
  // All must outlive it.
  Neighbourhood(State* state, const std::string& municipality, const identity::Judge& judge)
      : state_(state), municipality_(municipality), judge_(judge) {}

  // Everybody around somebody at that address. A description of `household` may be that somebody.
  // `lists` are its keys in the person index.
  Status Gather(const identity::Resident& resident, std::span<const keys::IndexKey> lists,
                const AddressRecord& address);

  const std::vector<HouseholdRecord*>& households() const { return households_; }
  // DwellingKey()s of places too full to be looked at whole.
  const std::set<std::string>& crowded() const { return crowded_; }
  const std::set<MatchLimit>& limits() const { return limits_; }

 private:
  Status AddAddress(const AddressRecord& address);
  Status AddLookAlikes(const identity::Resident& resident, std::span<const keys::IndexKey> lists,
                       double bits_least);
  bool IsAlike(const identity::Resident& resident, const HouseholdRecord& household,
               double bits_least) const;
  Status AddRing(size_t first, size_t last);
  bool HasRoom();
  void Take(HouseholdRecord* household);
  Result<HouseholdRecord*> Load(uint64_t number);

  State* state_;
  const std::string& municipality_;
  const identity::Judge& judge_;
  std::vector<HouseholdRecord*> households_;
  std::vector<uint64_t> seen_;  // numbers of those
  std::vector<keys::IndexKey> addresses_;
  std::set<std::string> crowded_;
  std::set<MatchLimit> limits_;
  size_t asked_ = 0;
};

// `adres-vol`; what stands behind each is said in store/record.proto.
std::string_view NameOf(MatchLimit limit);

// Whether the person index leads from one to the other. What it does not find is not compared over
// two addresses either: else it would depend on who else is looked at.
bool IndexLeadsTo(const identity::Resident& a, const identity::Resident& b);

}  // namespace vroegsein
