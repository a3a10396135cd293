// Two residents compared field by field: per field how far they agree, as a level.
//
// The levels of a field exclude one another and have names, which stand in the weights file. Level
// 0 is "not comparable": absent on a side, or it would say twice what another field says (the
// street where the Dutch postcode is the same). Pure functions; thread safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "store/household/identity/resident.h"

namespace vroegsein::identity {

enum class Field : uint8_t {
  kSurname,
  kGiven,
  kBirth,
  kPostcode,
  kNumber,  // in another postcode, or in none
  kDoor,    // the number within one postcode: neighbours have another
  kSuffix,
  kStreet,
  kLine,
  kTown,
  kRegion,
  kPhone,
  kEmail,
  kCitizenNumber,
  kSort,  // a person or a business
};
inline constexpr size_t kFieldCount = 15;
inline constexpr size_t kLevelsMax = 9;  // with level 0

namespace level {
inline constexpr uint8_t kNone = 0;  // of every field: not comparable
enum Surname : uint8_t { kSame = 1, kSounds, kOneOfTwo, kClose, kAlike, kExchanged, kOther };
enum Given : uint8_t {
  kSameName = 1,
  kCloseName,
  kAlikeName,
  kSameInitials,
  kFirstInitial,
  kOneInitial,
  kOtherName,
  kOtherInitial  // of which at least one record has initials only
};
enum Birth : uint8_t {
  kSameDay = 1,
  kSwapped,
  kYearOnly,
  kOneDigit,
  kTwoOfThree,
  kYearOff,
  kOtherDay
};
enum Plain : uint8_t { kEqual = 1, kNear, kFar, kDifferent };
enum Suffix : uint8_t { kSuffixSame = 1, kSuffixAbsent, kSuffixDiffers };
}  // namespace level

using Agreement = std::array<uint8_t, kFieldCount>;

Agreement Compare(const Resident& a, const Resident& b);

// `achternaam`; and of its levels, first to last, without level 0.
std::string_view FieldName(Field field);
std::span<const std::string_view> LevelNames(Field field);

}  // namespace vroegsein::identity
