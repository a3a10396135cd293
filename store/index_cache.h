// IndexCache: the entries of indexes (keys.h: 'A', 'K', 'P') that were read or written lately,
// within a bound; an entry that is not in the store is kept as an empty list.
//
// Entries of the person index are by far the most and are kept under the number that their key
// holds, in a third of the memory. A pointer is valid until the next call. Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "store/household_list.h"
#include "store/keys.h"
#include "store/recent.h"

namespace vroegsein {

class IndexCache {
 public:
  IndexCache(size_t named_max, size_t persons_max) : named_(named_max), persons_(persons_max) {}

  // nullptr when it is not here.
  HouseholdList* Find(const std::string& key) {
    auto person = keys::ParsePerson(key);
    return person ? persons_.Find(*person) : named_.Find(key);
  }

  // REQUIRES: it is not here, as Find() said.
  HouseholdList* Add(const std::string& key, HouseholdList list) {
    auto person = keys::ParsePerson(key);
    return person ? persons_.Add(*person, std::move(list), 1) : named_.Add(key, std::move(list), 1);
  }

 private:
  // The number in the key is a hash already.
  struct Spread {
    size_t operator()(const keys::PersonName& name) const noexcept {
      return name.hash ^ name.municipality;
    }
  };
  Recent<std::string, HouseholdList> named_;
  Recent<keys::PersonName, HouseholdList, Spread> persons_;
};

}  // namespace vroegsein
