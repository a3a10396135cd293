#include "store/household/identity/candidates.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "store/household/identity/spelling.h"

namespace vroegsein::identity {
namespace {

// FNV-1a: the same on every machine, which std::hash does not promise.
uint64_t Hash(char kind, std::initializer_list<std::string_view> parts) {
  constexpr uint64_t kPrime = 1099511628211u;
  uint64_t hash = 14695981039346656037u;
  auto add = [&hash](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * kPrime; };
  add(kind);
  for (std::string_view part : parts) {
    for (char c : part) add(c);
    add('\x1f');
  }
  return hash;
}

class Keys {
 public:
  explicit Keys(const Resident& resident) : resident_(resident) {}

  std::vector<uint64_t> Make() {
    Address();
    Name();
    Birth();
    Add('p', {resident_.phone});
    Add('e', {resident_.email});
    Add('c', {resident_.citizen_number});
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

 private:
  // No key when a part is not known.
  void Add(char kind, std::initializer_list<std::string_view> parts) {
    if (std::any_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return;
    if (keys_.size() < kBlockingKeysMax) keys_.push_back(Hash(kind, parts));
  }

  void Address() {
    const Resident& r = resident_;
    Add('a', {r.postcode, r.number});
    Add('s', {r.street, r.number});
    if (r.dutch_postcode) return;
    Add('l', {r.line, r.number});
    if (!r.codes.empty()) Add('t', {r.street, r.codes[0]});
    Add('u', {r.street, r.line});
    Add('v', {r.town, r.number});
    if (!r.codes.empty()) Add('w', {r.town, r.codes[0]});
    Add('x', {r.town, r.given});
    Add('z', {r.street, r.given});
  }

  void Name() {
    const Resident& r = resident_;
    std::string_view initial = std::string_view(r.initials).substr(0, 1);
    for (const std::string& code : r.codes) {
      if (!r.given.empty()) {
        // In one order, so that exchanged names meet.
        std::string given = SoundCode(r.given);
        Add('g', {std::min(code, given), std::max(code, given)});
      }
      Add('q', {code, r.postcode});
      if (r.dutch_postcode) Add('n', {code, initial, r.postcode.substr(0, 4), r.number});
      if (r.initials.size() > 1) Add('r', {code, r.initials});
    }
    if (!r.given.empty()) Add('h', {r.given, r.postcode});
  }

  // The year with day and month in order of size, so that swapped ones meet.
  void Birth() {
    const Resident& r = resident_;
    if (r.birth.size() != 8) return;
    std::string_view birth = r.birth, year = birth.substr(0, 4);
    std::string_view month = birth.substr(4, 2), day = birth.substr(6);
    Add('b', {year, std::min(month, day), std::max(month, day)});
    std::string_view initial = std::string_view(r.initials).substr(0, 1);
    for (const std::string& code : r.codes) {
      Add('y', {code, initial, year});
      Add('m', {code, initial, month, day});
    }
    if (!r.given.empty()) Add('j', {r.given, year});
  }

  const Resident& resident_;
  std::vector<uint64_t> keys_;
};

struct Entry {
  uint64_t key;
  uint32_t resident;
};

void AddPair(uint32_t a, uint32_t b, std::vector<uint64_t>* packed) {
  packed->push_back((static_cast<uint64_t>(std::min(a, b)) << 32) | std::max(a, b));
}

void Neighbours(std::span<const Resident> residents, std::span<Entry> block,
                std::vector<uint64_t>* packed) {
  std::sort(block.begin(), block.end(), [&](const Entry& x, const Entry& y) {
    const Resident &a = residents[x.resident], &b = residents[y.resident];
    if (int order = a.surname.compare(b.surname); order != 0) return order < 0;
    if (int order = a.initials.compare(b.initials); order != 0) return order < 0;
    return x.resident < y.resident;
  });
  for (size_t i = 0; i < block.size(); ++i) {
    size_t end = std::min(block.size(), i + 1 + kNeighboursMax);
    for (size_t j = i + 1; j < end; ++j) AddPair(block[i].resident, block[j].resident, packed);
  }
}

void PairBlock(std::span<const Resident> residents, std::span<Entry> block,
               std::vector<uint64_t>* packed) {
  if (block.size() > kBlockMax) return Neighbours(residents, block, packed);
  for (size_t i = 0; i < block.size(); ++i) {
    for (size_t j = i + 1; j < block.size(); ++j) {
      AddPair(block[i].resident, block[j].resident, packed);
    }
  }
}

void SortUnique(std::vector<uint64_t>* packed) {
  std::sort(packed->begin(), packed->end());
  packed->erase(std::unique(packed->begin(), packed->end()), packed->end());
}

}  // namespace

std::vector<uint64_t> BlockingKeys(const Resident& resident) { return Keys(resident).Make(); }

std::vector<Pair> CandidatePairs(std::span<const Resident> residents) {
  std::vector<Entry> entries;
  for (uint32_t i = 0; i < residents.size(); ++i) {
    for (uint64_t key : BlockingKeys(residents[i])) entries.push_back({key, i});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.resident < b.resident;
  });
  std::vector<uint64_t> packed;
  for (size_t from = 0, to = 0; from < entries.size(); from = to) {
    while (to < entries.size() && entries[to].key == entries[from].key) ++to;
    PairBlock(residents, std::span(entries).subspan(from, to - from), &packed);
  }
  SortUnique(&packed);
  std::vector<Pair> pairs;
  pairs.reserve(packed.size());
  for (uint64_t each : packed) {
    pairs.push_back({static_cast<uint32_t>(each >> 32), static_cast<uint32_t>(each)});
  }
  return pairs;
}

}  // namespace vroegsein::identity
