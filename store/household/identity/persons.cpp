#include "store/household/identity/persons.h"

#include <algorithm>
#include <array>
#include <memory_resource>
#include <numeric>

namespace vroegsein::identity {
namespace {

// What a usual house needs is on the stack; it is given back at the end.
using Memory = std::pmr::monotonic_buffer_resource;
constexpr size_t kUsualBytes = 4'096;

struct Link {
  Pair pair;
  float bits;
  float same;
};

// The fields that tell people of one home apart.
constexpr std::array<Field, 3> kTelling = {Field::kGiven, Field::kBirth, Field::kCitizenNumber};

bool Links(const Agreement& agreement, double bits, const PersonOptions& options) {
  return bits >= (IsElsewhere(agreement) ? options.link_elsewhere_bits : options.link_bits);
}

// Pairs of residents, each compared once: what links two is asked again when groups are weighed.
class Comparisons {
 public:
  struct One {
    Agreement agreement;
    Verdict verdict;
    bool known = false;
  };

  Comparisons(std::span<const Resident> residents, const Judge& judge, Memory* memory)
      : residents_(residents), judge_(judge), kept_(memory) {
    if (residents.size() <= kKeptMax) kept_.resize(residents.size() * (residents.size() - 1) / 2);
  }

  // Valid until the next call. REQUIRES: two of the residents.
  const One& Of(uint32_t a, uint32_t b) {
    uint32_t low = std::min(a, b), high = std::max(a, b);
    One& one = kept_.empty() ? last_ : kept_[size_t{high} * (high - 1) / 2 + low];
    if (one.known && !kept_.empty()) return one;
    one.agreement = Compare(residents_[low], residents_[high]);
    one.verdict = judge_.Weigh(residents_[low], residents_[high], one.agreement);
    one.known = true;
    return one;
  }

 private:
  static constexpr size_t kKeptMax = 32;  // residents: more than a house holds

  std::span<const Resident> residents_;
  const Judge& judge_;
  std::pmr::vector<One> kept_;  // by the higher of the two, then the lower
  One last_;
};

class Grouping {
 public:
  Grouping(std::span<const Resident> residents, const Judge& judge, const PersonOptions& options,
           Comparisons* comparisons, Memory* memory)
      : residents_(residents),
        judge_(judge),
        options_(options),
        comparisons_(comparisons),
        alone_(residents.size(), memory),
        members_(residents.size(), memory),
        leader_(residents.size(), memory) {
    std::iota(alone_.begin(), alone_.end(), 0u);
    std::iota(leader_.begin(), leader_.end(), 0u);
  }

  void Take(const Link& link) {
    uint32_t a = Leader(link.pair.a), b = Leader(link.pair.b);
    if (a == b || !Agree(Members(a), Members(b))) return;
    if (Members(a).size() < Members(b).size()) std::swap(a, b);
    auto joining = Members(b);
    if (members_[a].empty()) members_[a].push_back(a);
    members_[a].insert(members_[a].end(), joining.begin(), joining.end());
    members_[b].clear();
    leader_[b] = a;
  }

  uint32_t Leader(uint32_t resident) {
    while (leader_[resident] != resident) {
      resident = leader_[resident] = leader_[leader_[resident]];
    }
    return resident;
  }

 private:
  // Of a group by its leader.
  std::span<const uint32_t> Members(uint32_t leader) const {
    if (members_[leader].empty()) return {&alone_[leader], 1};
    return members_[leader];
  }

  // What speaks for it among all pairs of members, and per telling field what contradicts it: many
  // records without a birth date do not make up for two that differ in it.
  bool Agree(std::span<const uint32_t> a, std::span<const uint32_t> b) const {
    if (a.size() == 1 && b.size() == 1) return true;
    size_t step_a = 1 + (a.size() - 1) / options_.compared_max;
    size_t step_b = 1 + (b.size() - 1) / options_.compared_max;
    double sum = 0;
    std::array<double, kTelling.size()> of_field{};
    for (size_t i = 0; i < a.size(); i += step_a) {
      for (size_t j = 0; j < b.size(); j += step_b) {
        const Resident &x = residents_[a[i]], &y = residents_[b[j]];
        const auto& [agreement, verdict, known] = comparisons_->Of(a[i], b[j]);
        double bits = verdict.bits;
        sum += Vote(x, y, agreement, bits);
        for (size_t f = 0; f < kTelling.size(); ++f) {
          of_field[f] += FieldVote(kTelling[f], x, y, agreement, bits);
        }
      }
    }
    bool contradicted = std::any_of(of_field.begin(), of_field.end(),
                                    [this](double votes) { return votes < -options_.field_bits; });
    return sum >= 0 && !contradicted;
  }

  double Vote(const Resident& a, const Resident& b, const Agreement& agreement, double bits) const {
    if (Links(agreement, bits, options_)) return std::min(bits, options_.vote_bits);
    double against = options_.contradiction_weight * judge_.Contradiction(a, b, agreement);
    return -std::min(against, options_.contradiction_weight * options_.vote_bits);
  }

  double FieldVote(Field field, const Resident& a, const Resident& b, const Agreement& agreement,
                   double bits) const {
    if (agreement[static_cast<size_t>(field)] == level::kNone) return 0;
    Judge::Share share = judge_.ShareOf(field, a, b, agreement);
    double vote = std::min({share.against_unrelated, share.against_home, options_.field_bits});
    return Links(agreement, bits, options_) ? std::max(vote, 0.0) : vote;
  }

  std::span<const Resident> residents_;
  const Judge& judge_;
  const PersonOptions& options_;
  Comparisons* comparisons_;
  std::pmr::vector<uint32_t> alone_;
  std::pmr::vector<std::pmr::vector<uint32_t>> members_;  // empty: the leader alone
  std::pmr::vector<uint32_t> leader_;
};

std::pmr::vector<Link> StrongestFirst(std::span<const Pair> candidates,
                                      const PersonOptions& options, Comparisons* comparisons,
                                      Memory* memory) {
  std::pmr::vector<Link> links(memory);
  for (Pair pair : candidates) {
    const auto& [agreement, verdict, known] = comparisons->Of(pair.a, pair.b);
    if (!Links(agreement, verdict.bits, options)) continue;
    links.push_back({pair, static_cast<float>(verdict.bits), static_cast<float>(verdict.same)});
  }
  std::stable_sort(links.begin(), links.end(),
                   [](const Link& a, const Link& b) { return a.bits > b.bits; });
  return links;
}

}  // namespace

PersonGroups GroupPersons(std::span<const Resident> residents, std::span<const Pair> candidates,
                          const Judge& judge, const PersonOptions& options) {
  std::array<std::byte, kUsualBytes> buffer;
  Memory memory(buffer.data(), buffer.size());
  Comparisons comparisons(residents, judge, &memory);
  auto links = StrongestFirst(candidates, options, &comparisons, &memory);
  Grouping grouping(residents, judge, options, &comparisons, &memory);
  for (const Link& link : links) grouping.Take(link);
  PersonGroups persons;
  persons.group.reserve(residents.size());
  persons.certainty.reserve(residents.size());
  std::pmr::vector<uint32_t> number(residents.size(), UINT32_MAX, &memory);
  uint32_t next = 0;
  for (uint32_t i = 0; i < residents.size(); ++i) {
    uint32_t& of_leader = number[grouping.Leader(i)];
    if (of_leader == UINT32_MAX) of_leader = next++;
    persons.group.push_back(of_leader);
  }
  std::pmr::vector<float> best(residents.size(), 0, &memory);
  for (const Link& link : links) {
    if (persons.group[link.pair.a] != persons.group[link.pair.b]) continue;
    best[link.pair.a] = std::max(best[link.pair.a], link.same);
    best[link.pair.b] = std::max(best[link.pair.b], link.same);
  }
  for (float certainty : best) persons.certainty.push_back(certainty > 0 ? certainty : 1);
  return persons;
}

}  // namespace vroegsein::identity
