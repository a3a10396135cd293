#include "store/household/identity/comparison.h"

#include <algorithm>

#include "store/household/identity/spelling.h"
#include "store/household/identity/text_distance.h"
#include "store/household/person.h"

namespace vroegsein::identity {
namespace {

constexpr double kCloseFrom = 0.92;
constexpr double kAlikeFrom = 0.80;
constexpr size_t kOneEditFrom = 4;  // letters: in a shorter word one edit is another word

bool IsClose(const std::string& a, const std::string& b) {
  if (std::min(a.size(), b.size()) >= kOneEditFrom && Edits(a, b, 1) <= 1) return true;
  return JaroWinkler(a, b) >= kCloseFrom;
}

bool IsAlike(const std::string& a, const std::string& b) { return JaroWinkler(a, b) >= kAlikeFrom; }

bool Shares(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& part) {
    return std::find(b.begin(), b.end(), part) != b.end();
  });
}

bool AnyClose(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& part) {
    return std::any_of(b.begin(), b.end(), [&](const std::string& x) { return IsClose(part, x); });
  });
}

bool SameInAnyOrder(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

// The first name where the surname should be, and the other way around.
bool Exchanged(const Resident& a, const Resident& b) {
  if (a.given.empty() || b.given.empty()) return false;
  if (a.given == a.surname) return false;
  return IsClose(a.surname, b.given) && IsClose(a.given, b.surname);
}

uint8_t CompareSurname(const Resident& a, const Resident& b) {
  if (a.surname.empty() || b.surname.empty()) return level::kNone;
  if (a.surnames == b.surnames || a.surname == b.surname) return level::kSame;
  if (SameInAnyOrder(a.codes, b.codes)) return level::kSounds;
  bool double_name = a.surnames.size() > 1 || b.surnames.size() > 1;
  if (double_name && Shares(a.codes, b.codes)) return level::kOneOfTwo;
  if (Exchanged(a, b)) return level::kExchanged;
  if (IsClose(a.surname, b.surname) || IsClose(a.codes[0], b.codes[0])) return level::kClose;
  if (double_name && AnyClose(a.surnames, b.surnames)) return level::kClose;
  if (IsAlike(a.surname, b.surname)) return level::kAlike;
  return level::kOther;
}

uint8_t CompareInitials(const std::string& a, const std::string& b) {
  if (a == b) return a.size() > 1 ? level::kSameInitials : level::kFirstInitial;
  if (a[0] == b[0]) {
    const std::string& shorter = a.size() < b.size() ? a : b;
    const std::string& longer = a.size() < b.size() ? b : a;
    return longer.starts_with(shorter) ? level::kFirstInitial : level::kOneInitial;
  }
  bool shared = a.find(b[0]) != std::string::npos || b.find(a[0]) != std::string::npos;
  return shared ? level::kOneInitial : level::kOtherInitial;
}

uint8_t CompareGiven(const Resident& a, const Resident& b, uint8_t surname_level) {
  if (a.initials.empty() || b.initials.empty()) return level::kNone;
  if (surname_level == level::kExchanged) return level::kNone;
  if (a.given.empty() || b.given.empty()) return CompareInitials(a.initials, b.initials);
  if (a.given == b.given) return level::kSameName;
  bool begins = a.given.starts_with(b.given) || b.given.starts_with(a.given);
  if (begins || IsClose(a.given, b.given)) return level::kCloseName;
  if (IsAlike(a.given, b.given)) return level::kAlikeName;
  return level::kOtherName;
}

uint8_t CompareBirth(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return level::kNone;
  std::string_view x = a, y = b;
  bool same_year = x.substr(0, 4) == y.substr(0, 4);
  bool year_only = OnlyYearKnown(x) || OnlyYearKnown(y);
  if (same_year && year_only) return level::kYearOnly;
  if (a == b) return level::kSameDay;
  if (year_only) return level::kOtherDay;
  bool swapped = x.substr(4, 2) == y.substr(6, 2) && x.substr(6, 2) == y.substr(4, 2);
  if (same_year && swapped) return level::kSwapped;
  if (Edits(a, b, 1) <= 1) return level::kOneDigit;
  if (x.substr(4) == y.substr(4)) return level::kYearOff;
  bool month = x.substr(4, 2) == y.substr(4, 2), day = x.substr(6) == y.substr(6);
  if (same_year && (month || day)) return level::kTwoOfThree;
  return level::kOtherDay;
}

uint8_t ComparePostcode(const Resident& a, const Resident& b) {
  if (a.postcode.empty() || b.postcode.empty()) return level::kNone;
  if (a.postcode == b.postcode) return level::kEqual;
  if (Edits(a.postcode, b.postcode, 1) <= 1) return level::kNear;
  bool same_area =
      a.dutch_postcode && b.dutch_postcode && a.postcode.starts_with(b.postcode.substr(0, 4));
  return same_area ? level::kFar : level::kDifferent;
}

bool SamePostcode(const Resident& a, const Resident& b) {
  return !a.postcode.empty() && a.postcode == b.postcode;
}

uint8_t CompareNumber(const Resident& a, const Resident& b) {
  if (a.number.empty() || b.number.empty()) return level::kNone;
  if (a.number == b.number) return level::kEqual;
  return IsSlipOfNumber(a.number, b.number) ? level::kNear : level::kDifferent;
}

uint8_t CompareSuffix(const Resident& a, const Resident& b) {
  bool same_number = !a.number.empty() && a.number == b.number && a.postcode == b.postcode;
  if (!same_number || (a.suffix.empty() && b.suffix.empty())) return level::kNone;
  if (a.suffix == b.suffix) return level::kSuffixSame;
  return a.suffix.empty() || b.suffix.empty() ? level::kSuffixAbsent : level::kSuffixDiffers;
}

uint8_t CompareText(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return level::kNone;
  if (a == b) return level::kEqual;
  if (IsClose(a, b)) return level::kNear;
  return IsAlike(a, b) ? level::kFar : level::kDifferent;
}

// A street says nothing new where the postcode is the same and Dutch, and where it is of another
// part of the country: every town has a Kerkstraat. The two lines of an address get exchanged.
uint8_t CompareStreet(const Resident& a, const Resident& b, uint8_t postcode) {
  bool dutch = a.dutch_postcode && b.dutch_postcode;
  if (dutch && (postcode == level::kEqual || postcode == level::kDifferent)) return level::kNone;
  uint8_t found = CompareText(a.street, b.street);
  bool other = found == level::kDifferent || found == level::kNone;
  bool exchanged = other && !a.line.empty() && !b.line.empty() &&
                   (IsClose(a.street, b.line) || IsClose(a.line, b.street));
  return exchanged ? uint8_t{level::kNear} : found;
}

uint8_t CompareTown(const Resident& a, const Resident& b) {
  bool same_area =
      a.dutch_postcode && b.dutch_postcode && a.postcode.starts_with(b.postcode.substr(0, 4));
  return same_area ? uint8_t{level::kNone} : CompareText(a.town, b.town);
}

uint8_t CompareExact(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return level::kNone;
  if (a == b) return level::kEqual;
  return Edits(a, b, 1) <= 1 ? level::kNear : level::kDifferent;
}

std::string DigitsOf(const std::string& text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

// The mailbox is the surname with a letter or so: two people of that name may get it into a file.
bool IsNamedMailbox(const std::string& email, const Resident& resident) {
  std::string box = FoldName(email.substr(0, email.find('@')));
  bool plain = std::none_of(box.begin(), box.end(), [](char c) { return c >= '0' && c <= '9'; });
  return plain && !resident.surname.empty() &&
         (box.find(resident.surnames[0]) != std::string::npos ||
          SoundCode(box).find(resident.codes[0]) != std::string::npos);
}

// j.vries1@ and j.vries2@ are two people; j.vires1@ is a slip of the pen.
uint8_t CompareEmail(const Resident& a, const Resident& b) {
  uint8_t found = CompareExact(a.email, b.email);
  if (found == level::kEqual && IsNamedMailbox(a.email, a)) return level::kFar;
  bool numbered_otherwise = found == level::kNear && DigitsOf(a.email) != DigitsOf(b.email);
  return numbered_otherwise ? uint8_t{level::kDifferent} : found;
}

constexpr std::string_view kSurnameLevels[] = {
    "gelijk", "klinkt-gelijk", "een-van-twee", "bijna", "lijkt-erop", "verwisseld", "anders"};
constexpr std::string_view kGivenLevels[] = {"gelijk",       "bijna",         "lijkt-erop",
                                             "alle-letters", "eerste-letter", "een-letter",
                                             "anders",       "andere-letter"};
constexpr std::string_view kBirthLevels[] = {"gelijk",     "dag-maand-gewisseld", "alleen-jaar",
                                             "een-cijfer", "twee-van-drie",       "ander-jaar",
                                             "anders"};
constexpr std::string_view kPlainLevels[] = {"gelijk", "bijna", "lijkt-erop", "anders"};
constexpr std::string_view kSuffixLevels[] = {"gelijk", "een-ontbreekt", "anders"};

constexpr std::string_view kFieldNames[kFieldCount] = {"achternaam",    "voorletters",
                                                       "geboortedatum", "postcode",
                                                       "huisnummer",    "deur",
                                                       "toevoeging",    "straatnaam",
                                                       "adresregel",    "plaatsnaam",
                                                       "regio",         "telefoonnummer",
                                                       "email",         "burgerservicenummer",
                                                       "rechtspersoon"};

}  // namespace

Agreement Compare(const Resident& a, const Resident& b) {
  Agreement found{};
  auto set = [&found](Field field, uint8_t level) { found[static_cast<size_t>(field)] = level; };
  uint8_t surname = CompareSurname(a, b);
  set(Field::kSurname, surname);
  set(Field::kGiven, CompareGiven(a, b, surname));
  set(Field::kBirth, CompareBirth(a.birth, b.birth));
  uint8_t postcode = ComparePostcode(a, b);
  set(Field::kPostcode, postcode);
  set(SamePostcode(a, b) ? Field::kDoor : Field::kNumber, CompareNumber(a, b));
  set(Field::kSuffix, CompareSuffix(a, b));
  set(Field::kStreet, CompareStreet(a, b, postcode));
  set(Field::kLine, CompareText(a.line, b.line));
  set(Field::kTown, CompareTown(a, b));
  set(Field::kRegion, CompareExact(a.region, b.region));
  set(Field::kPhone, CompareExact(a.phone, b.phone));
  set(Field::kEmail, CompareEmail(a, b));
  set(Field::kCitizenNumber, CompareExact(a.citizen_number, b.citizen_number));
  set(Field::kSort, a.legal_person == b.legal_person ? level::kEqual : level::kDifferent);
  return found;
}

std::string_view FieldName(Field field) { return kFieldNames[static_cast<size_t>(field)]; }

std::span<const std::string_view> LevelNames(Field field) {
  switch (field) {
    case Field::kSurname: return kSurnameLevels;
    case Field::kGiven: return kGivenLevels;
    case Field::kBirth: return kBirthLevels;
    case Field::kSuffix: return kSuffixLevels;
    default: return kPlainLevels;
  }
}

}  // namespace vroegsein::identity
