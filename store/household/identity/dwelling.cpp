#include "store/household/identity/dwelling.h"

#include <algorithm>
#include <charconv>

#include "store/household/identity/spelling.h"
#include "store/household/identity/text_distance.h"

namespace vroegsein::identity {
namespace {

constexpr size_t kKnownMax = 8;  // surnames and contacts that are remembered of one person

void AddOnce(const std::string& text, std::vector<std::string>* known) {
  bool seen = std::find(known->begin(), known->end(), text) != known->end();
  if (!text.empty() && !seen && known->size() < kKnownMax) known->push_back(text);
}

bool Intersect(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& each) {
    return std::find(b.begin(), b.end(), each) != b.end();
  });
}

int Number(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

void AddContract(const std::string& sort, int day, std::vector<Contract>* contracts) {
  if (sort.empty()) return;
  auto same = std::find_if(contracts->begin(), contracts->end(),
                           [&sort](const Contract& each) { return each.sort == sort; });
  if (same == contracts->end()) {
    if (contracts->size() < kKnownMax) contracts->push_back({sort, day, day});
    return;
  }
  same->first_day = std::min(same->first_day, day);
  same->last_day = std::max(same->last_day, day);
}

bool Succeeds(const std::vector<Contract>& later, const std::vector<Contract>& earlier) {
  return std::any_of(later.begin(), later.end(), [&earlier](const Contract& mine) {
    return std::any_of(earlier.begin(), earlier.end(), [&mine](const Contract& theirs) {
      return mine.sort == theirs.sort && theirs.last_day < mine.first_day;
    });
  });
}

void AddToProfile(const Resident& resident, Profile* profile) {
  profile->legal_person = profile->legal_person || resident.legal_person;
  profile->double_name = profile->double_name || resident.surnames.size() > 1;
  profile->surname_share = std::max(profile->surname_share, resident.share.surname);
  if (profile->birth_year == 0 && resident.birth.size() == 8) {
    profile->birth_year = Number(std::string_view(resident.birth).substr(0, 4));
  }
  for (const std::string& code : resident.codes) AddOnce(code, &profile->codes);
  AddOnce(resident.phone, &profile->contacts);
  AddOnce(resident.email, &profile->contacts);
}

bool ShareSurname(const Profile& a, const Profile& b) { return Intersect(a.codes, b.codes); }
bool ShareContact(const Profile& a, const Profile& b) { return Intersect(a.contacts, b.contacts); }

bool IsNearAddress(const Resident& a, const Resident& b) {
  bool same_postcode = a.postcode == b.postcode;
  if (a.number == b.number && a.suffix == b.suffix) return Edits(a.postcode, b.postcode, 1) <= 1;
  if (!same_postcode) return false;
  if (a.number == b.number) return a.suffix.empty() || b.suffix.empty();
  return a.suffix == b.suffix && IsSlipOfNumber(a.number, b.number);
}

bool LeavesOutSuffix(const Resident& a, const Resident& b) {
  return a.suffix.empty() && !b.suffix.empty() && a.number == b.number && a.postcode == b.postcode;
}

std::vector<uint32_t> Families(std::span<const Profile* const> people) {
  std::vector<uint32_t> family(people.size());
  for (uint32_t i = 0; i < people.size(); ++i) family[i] = i;
  for (size_t i = 0; i < people.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      bool related = ShareSurname(*people[i], *people[j]) || ShareContact(*people[i], *people[j]);
      if (!related || family[i] == family[j]) continue;
      uint32_t from = family[i], to = family[j];
      std::replace(family.begin(), family.end(), from, to);
    }
  }
  return family;
}

}  // namespace vroegsein::identity
