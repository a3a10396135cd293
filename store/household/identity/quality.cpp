#include "store/household/identity/quality.h"

#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "ingest/status.h"

namespace vroegsein::identity {
namespace {

double PairsIn(uint64_t count) {
  return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2;
}

using Households = std::unordered_map<uint32_t, std::set<uint32_t>>;

bool LivedTogether(const std::set<uint32_t>& a, const std::set<uint32_t>& b) {
  for (uint32_t household : a) {
    if (b.count(household) > 0) return true;
  }
  return false;
}

bool HasStrangers(const std::set<uint32_t>& persons, const Households& of_person) {
  for (auto a = persons.begin(); a != persons.end(); ++a) {
    for (auto b = persons.begin(); b != a; ++b) {
      if (!LivedTogether(of_person.at(*a), of_person.at(*b))) return true;
    }
  }
  return false;
}

double Ratio(double part, double whole) { return whole > 0 ? part / whole : 1; }

}  // namespace

Quality MeasureGroups(std::span<const uint32_t> found, std::span<const uint32_t> truth) {
  VROEGSEIN_CHECK(found.size() == truth.size());
  std::unordered_map<uint32_t, uint64_t> found_size, true_size;
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> both_size;
  for (size_t i = 0; i < found.size(); ++i) {
    ++found_size[found[i]];
    ++true_size[truth[i]];
    ++both_size[{found[i], truth[i]}];
  }
  Quality quality;
  quality.groups = found_size.size();
  double together = 0, belong = 0, right = 0, precision = 0, recall = 0;
  for (const auto& [label, size] : found_size) together += PairsIn(size);
  for (const auto& [label, size] : true_size) belong += PairsIn(size);
  std::unordered_map<uint32_t, uint64_t> truths_in_group;
  for (const auto& [labels, size] : both_size) {
    right += PairsIn(size);
    auto shared = static_cast<double>(size);
    precision += shared * shared / static_cast<double>(found_size[labels.first]);
    recall += shared * shared / static_cast<double>(true_size[labels.second]);
    if (++truths_in_group[labels.first] == 2) ++quality.joined_wrongly;
  }
  quality.pairs = {Ratio(right, together), Ratio(right, belong)};
  auto records = static_cast<double>(found.size());
  quality.b_cubed = {Ratio(precision, records), Ratio(recall, records)};
  return quality;
}

uint64_t GroupsWithStrangers(std::span<const uint32_t> found, std::span<const uint32_t> persons,
                             std::span<const uint32_t> households) {
  VROEGSEIN_CHECK(found.size() == persons.size() && found.size() == households.size());
  Households of_person;
  std::unordered_map<uint32_t, std::set<uint32_t>> in_group;
  for (size_t i = 0; i < found.size(); ++i) {
    of_person[persons[i]].insert(households[i]);
    in_group[found[i]].insert(persons[i]);
  }
  uint64_t count = 0;
  for (const auto& [group, people] : in_group) {
    if (HasStrangers(people, of_person)) ++count;
  }
  return count;
}

}  // namespace vroegsein::identity
