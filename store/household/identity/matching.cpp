#include "store/household/identity/matching.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "store/household/identity/frequencies.h"
#include "store/household/person.h"

namespace vroegsein::identity {
namespace {

// A phone or e-mail that people of so many surnames have belongs to an institution.
constexpr size_t kSharedContactNames = 8;

void DropSharedContacts(std::string Resident::*contact, std::vector<Resident>* residents) {
  std::unordered_map<std::string, std::set<std::string>> names;
  for (const Resident& resident : *residents) {
    if ((resident.*contact).empty() || resident.codes.empty()) continue;
    auto& known = names[resident.*contact];
    if (known.size() < kSharedContactNames) known.insert(resident.codes[0]);
  }
  for (Resident& resident : *residents) {
    auto found = names.find(resident.*contact);
    bool shared = found != names.end() && found->second.size() >= kSharedContactNames;
    if (shared) (resident.*contact).clear();
  }
}

// In a small file the chance that any two records belong together is larger than in a
// municipality: about one pair per record.
Weights ForSize(Weights weights, size_t residents) {
  constexpr double kMost = 0.05;
  double share = std::min(kMost, 1 / static_cast<double>(std::max<size_t>(residents, 1)));
  weights.same_prior = std::max(weights.same_prior, share);
  weights.home_prior = std::max(weights.home_prior, share / 2);
  return weights;
}

}  // namespace

Population Populate(const std::vector<ResidentText>& records) {
  Population population;
  std::unordered_map<std::string, uint32_t> seen;
  for (const ResidentText& record : records) {
    Resident resident = Describe(record);
    auto index = static_cast<uint32_t>(population.residents.size());
    if (IsTelling(resident)) index = seen.try_emplace(Fingerprint(resident), index).first->second;
    if (index == population.residents.size()) population.residents.push_back(std::move(resident));
    population.resident_of.push_back(index);
  }
  DropSharedContacts(&Resident::phone, &population.residents);
  DropSharedContacts(&Resident::email, &population.residents);
  Frequencies frequencies;
  for (const Resident& resident : population.residents) frequencies.Count(resident);
  for (Resident& resident : population.residents) frequencies.Fill(&resident);
  return population;
}

std::vector<Placed> MatchRecords(const std::vector<ResidentText>& records,
                                 const MatchOptions& options, MatchTrace* trace) {
  Population population = Populate(records);
  std::vector<Pair> candidates = CandidatePairs(population.residents);
  bool learn = options.learn && population.residents.size() >= kLearnFrom;
  Weights weights = ForSize(options.weights, population.residents.size());
  if (learn) weights = Learn(population.residents, candidates, weights);
  Judge judge(weights);
  PersonGroups persons = GroupPersons(population.residents, candidates, judge, options.persons);
  std::vector<Stay> stays;
  for (size_t i = 0; i < records.size(); ++i) {
    uint32_t resident = population.resident_of[i];
    stays.push_back(
        {resident, persons.group[resident], records[i].day, FoldName(records[i].contract)});
  }
  std::vector<uint32_t> homes = GroupHomes(population.residents, stays, options.homes);
  std::vector<Placed> placed;
  for (size_t i = 0; i < records.size(); ++i) {
    placed.push_back({stays[i].person, homes[i], persons.certainty[stays[i].resident]});
  }
  if (trace != nullptr) *trace = {std::move(population), weights};
  return placed;
}

}  // namespace vroegsein::identity
