#include "store/household/identity/tenancy.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace vroegsein::identity {
namespace {

constexpr int kWindowDays = 400;  // in which unrelated names count together
constexpr int kStudentAgeMax = 32;
constexpr int kOneAgeYears = 10;      // students of one house differ no more
constexpr size_t kPresentMax = 2000;  // people at one address that are looked at

bool IsBefore(const Living& a, const Living& b) {
  return std::tie(a.first_day, a.last_day, a.person, a.dwelling) <
         std::tie(b.first_day, b.last_day, b.person, b.dwelling);
}

// Young people of one age, as far as their birth years are known: students.
bool AreOfOneAge(std::span<const Living* const> present, std::span<const Profile> profiles) {
  int youngest = 0, oldest = INT32_MAX, known = 0;
  for (const Living* living : present) {
    int year = profiles[living->person].birth_year;
    if (year == 0) continue;
    ++known;
    youngest = std::max(youngest, year);
    oldest = std::min(oldest, year);
  }
  int seen_in = 1970 + present[0]->first_day / 365;
  return known >= 2 && youngest - oldest <= kOneAgeYears && seen_in - oldest <= kStudentAgeMax;
}

}  // namespace

bool IsCrowded(std::span<const Living* const> present, std::span<const Profile> profiles,
               const HomeOptions& options) {
  if (present.size() < std::min(options.crowded_names, options.crowded_names_of_one_age)) {
    return false;
  }
  if (present.size() > kPresentMax) return true;
  std::vector<const Profile*> people;
  for (const Living* living : present) people.push_back(&profiles[living->person]);
  std::vector<uint32_t> family = Families(people);
  size_t most = 0;
  for (const Living* opening : present) {
    std::set<uint32_t> names;
    for (size_t i = 0; i < present.size(); ++i) {
      bool there = present[i]->last_day >= opening->first_day &&
                   present[i]->first_day <= opening->first_day + kWindowDays;
      if (there) names.insert(family[i]);
    }
    most = std::max(most, names.size());
  }
  if (most >= options.crowded_names) return true;
  return most >= options.crowded_names_of_one_age && AreOfOneAge(present, profiles);
}

Tenancies::Tenancies(std::span<const Living> livings, std::span<const Profile> profiles,
                     std::vector<bool> crowded, const HomeOptions& options)
    : livings_(livings),
      profiles_(profiles),
      crowded_(std::move(crowded)),
      options_(options),
      of_person_(profiles.size()),
      tenancy_of_(livings.size(), kNowhere) {
  for (uint32_t i = 0; i < livings_.size(); ++i) {
    if (livings_[i].records > 0) of_person_[livings_[i].person].push_back(i);
  }
  for (auto& all : of_person_) {
    std::sort(all.begin(), all.end(),
              [this](uint32_t a, uint32_t b) { return IsBefore(livings_[a], livings_[b]); });
  }
}

std::vector<uint32_t> Tenancies::Households() {
  std::vector<std::vector<uint32_t>> present(crowded_.size());
  for (uint32_t i = 0; i < livings_.size(); ++i) {
    if (livings_[i].records == 0) continue;
    if (livings_[i].dwelling != kNowhere) {
      present[livings_[i].dwelling].push_back(i);
    } else {
      tenancy_of_[i] = static_cast<uint32_t>(tenancies_.size());
      tenancies_.push_back({{i}, kNowhere, kNowhere});
    }
  }
  for (auto& at_address : present) tenancies_at_.push_back(Settle(at_address));
  for (const auto& all : of_person_) Follow(all);
  std::vector<uint32_t> household(livings_.size(), kNowhere);
  for (uint32_t i = 0; i < livings_.size(); ++i) {
    uint32_t tenancy = tenancy_of_[i];
    while (tenancy != kNowhere && tenancies_[tenancy].before != kNowhere) {
      tenancy = tenancies_[tenancy].before;
    }
    household[i] = tenancy;
  }
  return household;
}

// Divides the people at one address over households, in the order in which they were first seen.
std::vector<uint32_t> Tenancies::Settle(std::vector<uint32_t>& present) {
  std::sort(present.begin(), present.end(),
            [this](uint32_t a, uint32_t b) { return IsBefore(livings_[a], livings_[b]); });
  std::vector<uint32_t> here;
  std::unordered_map<std::string, std::vector<uint32_t>> of_trait;
  for (uint32_t living : present) {
    bool crowded = crowded_[livings_[living].dwelling];
    uint32_t home = Find(living, crowded ? Alike(living, of_trait) : here, crowded);
    if (home == kNowhere) {
      home = static_cast<uint32_t>(tenancies_.size());
      here.push_back(home);
      tenancies_.emplace_back();
    }
    tenancy_of_[living] = home;
    tenancies_[home].livings.push_back(living);
    const Profile& profile = profiles_[livings_[living].person];
    for (const auto* traits : {&profile.codes, &profile.contacts}) {
      for (const std::string& trait : *traits) of_trait[trait].push_back(home);
    }
  }
  return here;
}

// The latest of these tenancies that the person belongs to; kNowhere when there is none.
uint32_t Tenancies::Find(uint32_t living, const std::vector<uint32_t>& among, bool crowded) const {
  auto home = std::find_if(among.rbegin(), among.rend(), [&](uint32_t tenancy) {
    return Belongs(living, tenancies_[tenancy], crowded);
  });
  return home == among.rend() ? kNowhere : *home;
}

// The tenancies with somebody of this name or with this contact: all that count in a crowded place,
// of which there may be very many.
std::vector<uint32_t> Tenancies::Alike(
    uint32_t living, const std::unordered_map<std::string, std::vector<uint32_t>>& of_trait) const {
  const Profile& profile = profiles_[livings_[living].person];
  std::vector<uint32_t> alike;
  auto add = [&](const std::string& trait) {
    auto found = of_trait.find(trait);
    if (found == of_trait.end()) return;
    alike.insert(alike.end(), found->second.begin(), found->second.end());
  };
  if (profile.surname_share < options_.rare_surname) {
    std::for_each(profile.codes.begin(), profile.codes.end(), add);
  }
  std::for_each(profile.contacts.begin(), profile.contacts.end(), add);
  std::sort(alike.begin(), alike.end());
  alike.erase(std::unique(alike.begin(), alike.end()), alike.end());
  return alike;
}

bool Tenancies::Belongs(uint32_t living, const Tenancy& tenancy, bool crowded) const {
  const Living& newcomer = livings_[living];
  const Profile& profile = profiles_[newcomer.person];
  bool surname = false, contact = false;
  for (uint32_t other : tenancy.livings) {
    const Profile& theirs = profiles_[livings_[other].person];
    if (theirs.legal_person != profile.legal_person) return false;
    surname = surname || ShareSurname(profile, theirs);
    contact = contact || ShareContact(profile, theirs);
  }
  if (crowded) surname = surname && profile.surname_share < options_.rare_surname;
  if (surname || contact || crowded || profile.legal_person) return surname || contact;
  return !StoodEmpty(tenancy, newcomer) && !HasLeft(tenancy, newcomer) &&
         !CameAfter(tenancy, newcomer) && !TookOver(tenancy, newcomer) &&
         !IsThirdName(tenancy, newcomer);
}

// The newcomer lived elsewhere, without them, and nobody of the tenancy was seen here since.
bool Tenancies::CameAfter(const Tenancy& tenancy, const Living& newcomer) const {
  bool came = false;
  for (uint32_t each : of_person_[newcomer.person]) {
    const Living& before = livings_[each];
    if (before.dwelling == newcomer.dwelling || before.last_day >= newcomer.first_day) continue;
    if (AnyLivedAt(tenancy, before.dwelling)) return false;
    came = true;
  }
  return came && !WasSeenSince(tenancy, newcomer);
}

bool Tenancies::AnyLivedAt(const Tenancy& tenancy, uint32_t dwelling) const {
  return std::any_of(tenancy.livings.begin(), tenancy.livings.end(), [&](uint32_t each) {
    const std::vector<uint32_t>& theirs = of_person_[livings_[each].person];
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](uint32_t living) { return livings_[living].dwelling == dwelling; });
  });
}

bool Tenancies::WasSeenSince(const Tenancy& tenancy, const Living& newcomer) const {
  return std::any_of(tenancy.livings.begin(), tenancy.livings.end(),
                     [&](uint32_t each) { return livings_[each].last_day >= newcomer.first_day; });
}

// A couple has two names; who comes with a third when neither was seen since came after them.
bool Tenancies::IsThirdName(const Tenancy& tenancy, const Living& newcomer) const {
  std::vector<const Profile*> people;
  for (uint32_t each : tenancy.livings) people.push_back(&profiles_[livings_[each].person]);
  std::vector<uint32_t> families = Families(people);
  bool two = std::any_of(families.begin(), families.end(),
                         [&](uint32_t family) { return family != families[0]; });
  return two && !WasSeenSince(tenancy, newcomer);
}

// The newcomer has a contract that somebody of the tenancy had before.
bool Tenancies::TookOver(const Tenancy& tenancy, const Living& newcomer) const {
  return std::any_of(tenancy.livings.begin(), tenancy.livings.end(), [&](uint32_t each) {
    return Succeeds(newcomer.contracts, livings_[each].contracts);
  });
}

bool Tenancies::StoodEmpty(const Tenancy& tenancy, const Living& newcomer) const {
  return std::all_of(tenancy.livings.begin(), tenancy.livings.end(), [&](uint32_t each) {
    return newcomer.first_day - livings_[each].last_day > options_.vacant_days;
  });
}

// Nobody of the tenancy was seen here since the newcomer came, and somebody of it lived elsewhere
// by then, without the newcomer.
bool Tenancies::HasLeft(const Tenancy& tenancy, const Living& newcomer) const {
  bool moved = false;
  for (uint32_t each : tenancy.livings) {
    const Living& living = livings_[each];
    if (living.last_day >= newcomer.first_day) return false;
    for (uint32_t other : of_person_[living.person]) {
      const Living& elsewhere = livings_[other];
      if (elsewhere.dwelling == living.dwelling || elsewhere.last_day <= living.last_day) continue;
      // Between the last day here and the first day there, they moved about halfway.
      int moved_about = living.last_day + (elsewhere.first_day - living.last_day) / 2;
      moved = moved || moved_about <= newcomer.first_day;
      for (uint32_t theirs : of_person_[newcomer.person]) {
        if (livings_[theirs].dwelling == elsewhere.dwelling) return false;
      }
    }
  }
  return moved;
}

bool Tenancies::LivesWith(uint32_t person, const Tenancy& tenancy) const {
  return std::any_of(tenancy.livings.begin(), tenancy.livings.end(),
                     [&](uint32_t each) { return livings_[each].person == person; });
}

void Tenancies::Follow(const std::vector<uint32_t>& of_person) {
  for (size_t i = 1; i < of_person.size(); ++i) {
    uint32_t from = tenancy_of_[of_person[i - 1]], to = tenancy_of_[of_person[i]];
    if (from == to) continue;
    Tenancy &old_home = tenancies_[from], &new_home = tenancies_[to];
    if (old_home.after != kNowhere || new_home.before != kNowhere) continue;
    if (!MovedAlong(livings_[of_person[i - 1]], livings_[of_person[i]], old_home, new_home))
      continue;
    uint32_t first = from;
    while (tenancies_[first].before != kNowhere) first = tenancies_[first].before;
    if (first == to) continue;  // back at an address from before: it would go round in a circle
    old_home.after = to;
    new_home.before = from;
  }
}

bool Tenancies::MovedAlong(const Living& from, const Living& to, const Tenancy& old_home,
                           const Tenancy& new_home) const {
  // Whether the partner moved along, no record says; nor whether somebody moved in with others.
  bool alone = old_home.livings.size() == 1 && new_home.livings.size() == 1;
  if (alone && (profiles_[from.person].double_name || MayHaveJoined(to))) return false;
  for (uint32_t each : new_home.livings) {
    const Living& other = livings_[each];
    bool lived_there = other.person != to.person && other.first_day < to.first_day &&
                       other.first_day <= from.last_day;
    if (lived_there && !LivesWith(other.person, old_home)) return false;
  }
  for (uint32_t each : old_home.livings) {
    const Living& other = livings_[each];
    if (other.person == from.person || LivesWith(other.person, new_home)) continue;
    bool left_behind = other.last_day >= from.last_day - options_.left_behind_days;
    if (left_behind || other.last_day >= to.first_day) return false;
  }
  return true;
}

// Others were seen at the address until recently, of whom it is not known that they left.
bool Tenancies::MayHaveJoined(const Living& newcomer) const {
  if (newcomer.dwelling == kNowhere || crowded_[newcomer.dwelling]) return false;
  const std::vector<uint32_t>& here = tenancies_at_[newcomer.dwelling];
  return std::any_of(here.begin(), here.end(), [&](uint32_t each) {
    const Tenancy& other = tenancies_[each];
    bool earlier = livings_[other.livings.front()].first_day < newcomer.first_day;
    return earlier && !LivesWith(newcomer.person, other) && !StoodEmpty(other, newcomer) &&
           !HasLeft(other, newcomer) && !TookOver(other, newcomer);
  });
}

}  // namespace vroegsein::identity
