// Which household does this resident belong to? The one question, behind one interface, so that the
// way of answering can be replaced without touching the desk.
//
// A new fact can change what was thought of others: that two households are one, or that one is
// two. The matcher says so and changes nothing: what hangs on a household (cases, tasks, signals)
// is the desk's. Called within a step: deterministic, reads only through State. Thread: the desk's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/household/identity/resident.h"
#include "store/household/identity/weights.h"
#include "store/state.h"

namespace vroegsein {

// People who belong in another household than they are in.
struct Regrouping {
  struct Part {
    uint64_t household = 0;         // where they are
    std::vector<uint32_t> persons;  // descriptions of it
  };
  uint64_t household = 0;  // where they belong; 0: in one that is not there yet
  std::vector<Part> parts;
  std::string reason;  // in Dutch, for people
};

// A resident who is described in a new way.
struct Newcomer {
  identity::Resident resident;
  AddressRecord address;                   // where they were seen
  uint64_t spelling = 0;                   // SpellingOf() it
  std::vector<keys::IndexKey> lists = {};  // PersonKeys() of it
};

// Somebody in another household who may be this one.
struct Doubt {
  uint64_t household = 0;
  uint32_t person = 0;
  double bits = 0;
};

struct Placement {
  std::vector<Regrouping> regroupings;  // to be carried out first, in order
  uint64_t household = 0;               // where the resident belongs; 0: in a new one, or
  std::optional<size_t> regrouping;     // where the people of this regrouping went
  uint32_t person = 0;                  // the description in that household; 0: a new one
  std::unique_ptr<Newcomer> newcomer;   // of the new one
  std::vector<Doubt> doubts;
  std::vector<uint64_t> linked;    // households that were looked at beside one another
  std::vector<MatchLimit> limits;  // that were met; sorted
  // Where the household takes the resident in and nothing else changes: which person each of its
  // descriptions is of (their numbers there and the first of that person's; 0 is the new one).
  std::vector<std::pair<uint32_t, uint32_t>> persons;
};

class HouseholdMatcher {
 public:
  virtual ~HouseholdMatcher() = default;
  virtual Result<Placement> Place(State* state, const MunicipalitySettings& settings,
                                  const Signal& signal) const = 0;
  // What a household's people are to one another is asked again when they change.
  virtual const identity::Judge& judge() const = 0;
};

}  // namespace vroegsein
