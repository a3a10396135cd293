#include "store/household/identity_matcher.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "store/household/acquaintance.h"
#include "store/household/address.h"
#include "store/household/description.h"
#include "store/household/identity/dwelling.h"
#include "store/household/identity/homes.h"
#include "store/household/identity/persons.h"
#include "store/household/membership.h"
#include "store/household/neighbourhood.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using identity::Resident;

constexpr char kSamePerson[] = "Dezelfde bewoner is herkend.";
constexpr char kTogether[] = "Deze bewoners wonen samen op een adres.";
constexpr char kCrowded[] =
    "Op dit adres wonen mensen die niets met elkaar te maken hebben: het is niet een huishouden.";
constexpr char kWentApart[] = "Bewoners gingen uit elkaar, of volgden elkaar op dit adres op.";

bool Contains(const google::protobuf::RepeatedField<uint64_t>& numbers, uint64_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void AddOnce(uint32_t number, std::vector<uint32_t>* numbers) {
  bool known = std::find(numbers->begin(), numbers->end(), number) != numbers->end();
  if (!known) numbers->push_back(number);
}

// A description in the neighbourhood.
struct Member {
  uint64_t household = 0;  // 0: the newcomer
  uint32_t number = 0;     // of the description
  int32_t first_day = 0;
  int32_t last_day = 0;
  uint32_t records = 0;
  std::vector<identity::Contract> contracts = {};  // of which a home has one
};

// The neighbourhood as the rules see it, and what has to change for it.
class Judgement {
 public:
  Judgement(const identity::Judge& judge, const Neighbourhood& around,
            const MunicipalitySettings& settings)
      : judge_(judge), limits_(around.limits()) {
    if (settings.crowded_size() > 0 || !around.crowded().empty()) {
      own_options_.emplace(options());
      std::set<std::string>& crowded = own_options_->crowded;
      for (const AddressRecord& address : settings.crowded()) crowded.insert(DwellingOf(address));
      crowded.insert(around.crowded().begin(), around.crowded().end());
    }
    size_t members = 1;
    for (const HouseholdRecord* household : around.households()) {
      members += static_cast<size_t>(household->persons_size());
    }
    members_.reserve(members);
    residents_.reserve(members);
    for (HouseholdRecord* household : around.households()) AddHousehold(*household);
  }

  void AddNewcomer(const Resident& resident, const Signal& signal) {
    int32_t day = signal.signal_day();
    members_.push_back({0, 0, day, day, 1});
    residents_.push_back(resident);
    NoteContract(signal, &members_.back());
  }
  void NoteAgain(const Acquaintance& known, const Signal& signal) {
    int32_t day = signal.signal_day();
    for (Member& member : members_) {
      bool same =
          member.household == known.household->number() && member.number == known.person->number();
      if (!same) continue;
      member.first_day = std::min(member.first_day, day);
      member.last_day = std::max(member.last_day, day);
      ++member.records;
      NoteContract(signal, &member);
    }
  }

  void Decide(Placement* placement) {
    SortMembers();
    GroupIntoPersons();
    if (IsOneHomeStill()) return TakeIn(placement);
    GroupIntoHomes();
    HoldTogetherWhatIsSettled();
    ChooseHouseholds(placement);
    PlaceNewcomer(placement);
    NoteDoubts(placement);
    placement->limits.assign(limits_.begin(), limits_.end());
    NamePersons(placement);
  }

 private:
  using Label = uint32_t;

  void NoteContract(const Signal& signal, Member* member) const {
    std::string_view sort = ContractOf(signal.sector());
    if (sort.empty()) return;
    identity::AddContract(std::string(sort), signal.signal_day(), &member->contracts);
  }

  void AddHousehold(const HouseholdRecord& household) {
    by_number_[household.number()] = &household;
    size_t first = members_.size();
    AddMembers(household);
    for (const SignalRecord& record : household.signals()) {
      for (size_t i = first; i < members_.size(); ++i) {
        if (members_[i].number == record.person_number()) {
          NoteContract(record.signal(), &members_[i]);
        }
      }
    }
  }

  void AddMembers(const HouseholdRecord& household) {
    for (const PersonRecord& person : household.persons()) {
      if (members_.size() >= kMembersMax) {
        limits_.insert(MATCH_LIMIT_NEIGHBOURS);
        return;
      }
      members_.push_back({household.number(), person.number(), person.first_day(),
                          person.last_day(), person.records()});
      Recall(household, person, &residents_.emplace_back());
    }
  }

  // In an order that does not follow from who came first.
  void SortMembers() {
    std::vector<size_t> order(members_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    auto is_before = [this](size_t a, size_t b) {
      int fingerprints = identity::CompareFingerprints(residents_[a], residents_[b]);
      if (fingerprints != 0) return fingerprints < 0;
      return std::tie(members_[a].household, members_[a].number) <
             std::tie(members_[b].household, members_[b].number);
    };
    if (std::is_sorted(order.begin(), order.end(), is_before)) return;
    std::sort(order.begin(), order.end(), is_before);
    std::vector<Member> sorted;
    std::vector<Resident> residents;
    sorted.reserve(order.size());
    residents.reserve(order.size());
    for (size_t place : order) {
      sorted.push_back(std::move(members_[place]));
      residents.push_back(std::move(residents_[place]));
    }
    members_ = std::move(sorted);
    residents_ = std::move(residents);
  }

  // Where nobody but the household's own people was looked at: it takes the newcomer in.
  void TakeIn(Placement* placement) const {
    placement->household = by_number_.begin()->first;
    NamePersons(placement);
  }

  void GroupIntoPersons() {
    std::vector<identity::Pair> pairs;
    for (uint32_t place = 0; place < residents_.size(); ++place) {
      for (uint32_t other = 0; other < place; ++other) {
        if (WorthComparing(residents_[other], residents_[place])) pairs.push_back({other, place});
      }
    }
    persons_ = identity::GroupPersons(residents_, pairs, judge_).group;
  }

  // Another spelling of somebody in a household that nobody else was ever looked at with: of two
  // people who live together one was seen once more.
  bool IsOneHomeStill() const {
    const Member* newcomer = Newcomer();
    if (by_number_.size() != 1 || newcomer == nullptr || !limits_.empty()) return false;
    const HouseholdRecord& household = *by_number_.begin()->second;
    bool alone = !household.linked() && household.limits().empty();
    if (!alone || household.addresses_size() != 1) return false;
    const Resident& resident = ResidentOf(*newcomer);
    const auto& crowded = options().crowded;
    if (!crowded.empty() && crowded.contains(identity::DwellingKey(resident))) return false;
    uint32_t person = persons_[PlaceOf(*newcomer)];
    std::vector<uint32_t> others;
    for (size_t i = 0; i < members_.size(); ++i) {
      if (&members_[i] == newcomer) continue;
      bool there = residents_[i].postcode == resident.postcode &&
                   residents_[i].number == resident.number &&
                   residents_[i].suffix == resident.suffix;
      if (!there || (persons_[i] != person && ShareContract(*newcomer, members_[i]))) return false;
      AddOnce(persons_[i], &others);
    }
    bool known = std::find(others.begin(), others.end(), person) != others.end();
    return known && others.size() <= 2;
  }

  // Then who came after whom has to be asked.
  static bool ShareContract(const Member& a, const Member& b) {
    return std::any_of(a.contracts.begin(), a.contracts.end(), [&b](const auto& one) {
      return std::any_of(b.contracts.begin(), b.contracts.end(),
                         [&one](const auto& other) { return other.sort == one.sort; });
    });
  }

  void GroupIntoHomes() {
    std::vector<identity::Stay> stays;
    std::vector<size_t> first_stay;
    for (uint32_t i = 0; i < members_.size(); ++i) {
      first_stay.push_back(stays.size());
      AddStays(i, &stays);
    }
    std::vector<uint32_t> homes = identity::GroupHomes(residents_, stays, options());
    for (size_t stay : first_stay) labels_.push_back(homes[stay]);
  }

  // As many as there were signals, with the days and contracts that count.
  void AddStays(uint32_t place, std::vector<identity::Stay>* stays) const {
    const Member& member = members_[place];
    size_t most = stays->size() + std::clamp(member.records, 1u, kCountedRecordsMax);
    std::set<std::pair<int32_t, std::string>> seen;
    std::set<int32_t> days;
    for (const identity::Contract& contract : member.contracts) {
      for (int day : {contract.first_day, contract.last_day}) {
        seen.emplace(day, contract.sort);
        days.insert(day);
      }
    }
    for (int32_t day : {member.first_day, member.last_day}) {
      if (!days.contains(day)) seen.emplace(day, std::string());
    }
    for (const auto& [day, sort] : seen) {
      stays->push_back({place, persons_[place], DateOf(day), sort});
    }
    while (stays->size() < most) {
      stays->push_back({place, persons_[place], DateOf(member.last_day), {}});
    }
  }

  // The same whoever else is looked at: else the outcome would follow from the order of arrival.
  static bool WorthComparing(const Resident& a, const Resident& b) {
    if (IndexLeadsTo(a, b)) return true;
    if (!identity::SameDwelling(a, b)) return false;
    bool initial = a.initials.empty() || b.initials.empty() || a.initials[0] == b.initials[0];
    return initial || (!a.birth.empty() && a.birth == b.birth);
  }

  void HoldTogetherWhatIsSettled() {
    for (const auto& [number, household] : by_number_) {
      if (!household->settled()) continue;
      std::optional<Label> kept;
      for (size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].household != number) continue;
        if (!kept) kept = labels_[i];
        Label gone = labels_[i];
        if (gone != *kept) std::replace(labels_.begin(), labels_.end(), gone, *kept);
      }
    }
  }

  // Where the first description of a household belongs, there goes its number.
  Label KeptLabel(uint64_t household) const {
    uint32_t first = UINT32_MAX;
    Label kept = 0;
    for (size_t i = 0; i < members_.size(); ++i) {
      if (members_[i].household != household || members_[i].number > first) continue;
      first = members_[i].number;
      kept = labels_[i];
    }
    return kept;
  }

  bool MayJoin(const HouseholdRecord& a, const HouseholdRecord& b) {
    if (Contains(a.apart(), b.number()) || Contains(b.apart(), a.number())) return false;
    return FitsOne(a.persons_size() + b.persons_size());
  }

  bool FitsOne(int descriptions) {
    if (descriptions <= kJoinedDescriptionsMax) return true;
    limits_.insert(MATCH_LIMIT_SIZE);
    return false;
  }

  void ChooseHouseholds(Placement* placement) {
    for (const auto& [number, household] : by_number_) {
      owners_[KeptLabel(number)].push_back(number);
    }
    std::vector<Regrouping> joins;
    for (auto& [label, owners] : owners_) JoinOwners(label, &owners, &joins);
    std::map<Label, Regrouping> fresh;
    for (const auto& [number, household] : by_number_) {
      SendAway(*household, KeptLabel(number), &fresh, placement);
    }
    for (auto& [label, regrouping] : fresh) {
      fresh_[label] = placement->regroupings.size();
      placement->regroupings.push_back(std::move(regrouping));
    }
    // Last: a household of which nobody is left becomes another name of the one that it joined.
    for (Regrouping& join : joins) placement->regroupings.push_back(std::move(join));
  }

  // Everybody into the oldest; those that may not stay by themselves.
  void JoinOwners(Label label, std::vector<uint64_t>* owners, std::vector<Regrouping>* joins) {
    Regrouping regrouping;
    regrouping.household = owners->front();
    std::vector<uint64_t> left = {owners->front()};
    int size = by_number_.at(owners->front())->persons_size();
    for (size_t i = 1; i < owners->size(); ++i) {
      uint64_t number = (*owners)[i];
      const HouseholdRecord& one = *by_number_.at(number);
      std::vector<uint32_t> going = DescriptionsOf(number, label);
      size += static_cast<int>(going.size());
      if (!MayJoin(*by_number_.at(owners->front()), one) || !FitsOne(size)) {
        left.push_back(number);
        continue;
      }
      regrouping.parts.push_back({number, std::move(going)});
    }
    *owners = std::move(left);
    if (regrouping.parts.empty()) return;
    regrouping.reason = SharesPerson(label) ? kSamePerson : kTogether;
    joins->push_back(std::move(regrouping));
  }

  void SendAway(const HouseholdRecord& household, Label kept, std::map<Label, Regrouping>* fresh,
                Placement* placement) {
    std::set<Label> away;
    for (size_t i = 0; i < members_.size(); ++i) {
      bool leaves = members_[i].household == household.number() && labels_[i] != kept;
      if (leaves) away.insert(labels_[i]);
    }
    for (Label label : away) {
      auto owners = owners_.find(label);
      Regrouping::Part part{household.number(), DescriptionsOf(household.number(), label)};
      if (owners == owners_.end()) {
        Regrouping& regrouping = (*fresh)[label];
        regrouping.reason = ReasonApart(household);
        regrouping.parts.push_back(std::move(part));
      } else if (MayJoin(household, *by_number_.at(owners->second.front()))) {
        placement->regroupings.push_back(
            {owners->second.front(), {std::move(part)}, ReasonApart(household)});
      }
    }
  }

  std::vector<uint32_t> DescriptionsOf(uint64_t household, Label label) const {
    std::vector<uint32_t> numbers;
    for (size_t i = 0; i < members_.size(); ++i) {
      if (members_[i].household == household && labels_[i] == label) {
        numbers.push_back(members_[i].number);
      }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }

  bool SharesPerson(Label label) const {
    std::map<uint32_t, uint64_t> household_of;
    for (size_t i = 0; i < members_.size(); ++i) {
      if (labels_[i] != label) continue;
      auto [at, fresh] = household_of.try_emplace(persons_[i], members_[i].household);
      if (!fresh && at->second != members_[i].household) return true;
    }
    return false;
  }

  // With three homes or more at one address it is crowded.
  std::string ReasonApart(const HouseholdRecord& household) const {
    std::map<std::string, std::set<Label>> homes;
    for (size_t i = 0; i < members_.size(); ++i) {
      homes[identity::DwellingKey(residents_[i])].insert(labels_[i]);
    }
    for (const AddressRecord& address : household.addresses()) {
      std::string key = DwellingOf(address);
      if (options().crowded.contains(key) || homes[key].size() >= 3) return kCrowded;
    }
    return kWentApart;
  }

  const Member* Newcomer() const {
    for (const Member& member : members_) {
      if (member.household == 0) return &member;
    }
    return nullptr;
  }
  size_t PlaceOf(const Member& member) const {
    return static_cast<size_t>(&member - members_.data());
  }
  Label LabelOf(const Member& member) const { return labels_[PlaceOf(member)]; }
  const Resident& ResidentOf(const Member& member) const { return residents_[PlaceOf(member)]; }

  void PlaceNewcomer(Placement* placement) {
    const Member* newcomer = Newcomer();
    if (newcomer == nullptr) return;
    Label label = LabelOf(*newcomer);
    if (auto owners = owners_.find(label); owners != owners_.end()) {
      placement->household = MostAlike(*newcomer, owners->second);
    } else if (auto fresh = fresh_.find(label); fresh != fresh_.end()) {
      placement->regrouping = fresh->second;
    }
  }

  // More than one only when a person said that they are two.
  uint64_t MostAlike(const Member& newcomer, const std::vector<uint64_t>& owners) const {
    uint64_t chosen = owners.front();
    if (owners.size() == 1) return chosen;
    double best = std::numeric_limits<double>::lowest();
    for (const Member& member : members_) {
      if (std::find(owners.begin(), owners.end(), member.household) == owners.end()) continue;
      double bits = judge_.Weigh(ResidentOf(newcomer), ResidentOf(member)).bits;
      if (bits <= best) continue;
      best = bits;
      chosen = member.household;
    }
    return chosen;
  }

  void NoteDoubts(Placement* placement) const {
    const Member* newcomer = Newcomer();
    if (newcomer == nullptr) return;
    static const identity::PersonOptions kOptions;
    std::map<uint64_t, Doubt> doubts;
    for (size_t i = 0; i < members_.size(); ++i) {
      const Member& member = members_[i];
      if (member.household == 0 || labels_[i] == LabelOf(*newcomer)) continue;
      const Resident &here = ResidentOf(*newcomer), &there = residents_[i];
      identity::Agreement agreement = identity::Compare(here, there);
      double bits = judge_.Weigh(here, there, agreement).bits;
      bool elsewhere = identity::IsElsewhere(agreement);
      bool doubtful = bits >= kDoubtBits &&
                      bits < (elsewhere ? kOptions.link_elsewhere_bits : kOptions.link_bits) &&
                      !identity::IsNameAloneElsewhere(agreement);
      if (!doubtful) continue;
      Doubt& doubt = doubts[member.household];
      if (doubt.household == 0 || bits > doubt.bits) {
        doubt = {member.household, member.number, bits};
      }
    }
    for (const auto& [number, doubt] : doubts) placement->doubts.push_back(doubt);
  }

  // Where everybody is of one household, it need not be asked again who is who in it.
  void NamePersons(Placement* placement) const {
    bool one = by_number_.size() == 1 && by_number_.contains(placement->household);
    if (!one || Newcomer() == nullptr || !placement->regroupings.empty()) return;
    // Number of each person's first description; the new one, which is 0, last.
    std::vector<uint32_t> first(members_.size(), 0);
    for (size_t i = 0; i < members_.size(); ++i) {
      uint32_t number = members_[i].number;
      uint32_t& of_person = first[persons_[i]];
      if (of_person == 0 || (number != 0 && number < of_person)) of_person = number;
    }
    placement->persons.reserve(members_.size());
    for (size_t i = 0; i < members_.size(); ++i) {
      placement->persons.emplace_back(members_[i].number, first[persons_[i]]);
    }
  }

  const identity::HomeOptions& options() const {
    static const identity::HomeOptions kUsual;
    return own_options_ ? *own_options_ : kUsual;
  }

  const identity::Judge& judge_;
  std::optional<identity::HomeOptions> own_options_;  // where places are known to be crowded
  std::map<uint64_t, const HouseholdRecord*> by_number_;
  std::vector<Member> members_;
  std::vector<Resident> residents_;  // per member
  std::vector<uint32_t> persons_;    // per member
  std::vector<Label> labels_;        // per member: the home it belongs to
  std::map<Label, std::vector<uint64_t>> owners_;
  std::map<Label, size_t> fresh_;  // place among the regroupings
  std::set<MatchLimit> limits_;
};

// Nobody else was looked at when all are, and stay, of one household.
void NoteLinks(const Neighbourhood& around, Placement* placement) {
  const auto& households = around.households();
  bool one = households.size() == 1 && placement->regroupings.empty() &&
             placement->household == households.front()->number();
  if (one) return;
  for (const HouseholdRecord* household : households) {
    placement->linked.push_back(household->number());
  }
}

}  // namespace

IdentityMatcher::IdentityMatcher() : judge_(identity::DefaultWeights()) {}

Result<Placement> IdentityMatcher::Place(State* state, const MunicipalitySettings& settings,
                                         const Signal& signal) const {
  const std::string& municipality = settings.code();
  AddressRecord address = NormaliseAddress(signal.client());
  uint64_t spelling = SpellingOf(signal.client());
  auto known = FindWritten(state, municipality, address, spelling);
  if (!known.ok()) return known.status();
  Placement placement;
  if (known->person != nullptr) {
    placement.household = known->household->number();
    placement.person = known->person->number();
    if (ChangesNothing(*known, signal)) return placement;
  }
  std::unique_ptr<Newcomer> newcomer(
      new Newcomer{Describe(signal.client(), address), std::move(address), spelling});
  const Resident& resident = newcomer->resident;
  newcomer->lists = PersonKeys(municipality, resident);
  Neighbourhood around(state, municipality, judge_);
  VROEGSEIN_RETURN_IF_ERROR(around.Gather(resident, newcomer->lists, newcomer->address));
  bool is_new = known->person == nullptr;
  bool nobody = around.households().empty() && around.limits().empty();
  std::optional<Judgement> judgement;
  if (!nobody) judgement.emplace(judge_, around, settings);
  if (judgement && is_new) judgement->AddNewcomer(resident, signal);
  if (judgement && !is_new) judgement->NoteAgain(*known, signal);
  if (is_new) placement.newcomer = std::move(newcomer);
  if (!judgement) return placement;
  judgement->Decide(&placement);
  NoteLinks(around, &placement);
  return placement;
}

}  // namespace vroegsein
