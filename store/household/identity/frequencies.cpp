#include "store/household/identity/frequencies.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace vroegsein::identity {
namespace {

constexpr double kListWeight = 400;
constexpr double kRareSurname = 0.0001;
constexpr double kRareGiven = 0.001;
constexpr double kUsualInitials = 0.004;
constexpr double kUsualInitial = 0.06;

// Shares of the population, rounded, of the commonest surnames as SurnameParts writes them, in
// their order (Nederlandse Familienamenbank, count of 2007).
constexpr std::array<std::pair<std::string_view, double>, 26> kCommonSurnames = {{
    {"bakker", 0.0035},  {"berg", 0.0037},   {"boer", 0.0025},     {"bos", 0.0023},
    {"brouwer", 0.0016}, {"dekker", 0.0017}, {"dyk", 0.0035},      {"dykstra", 0.0015},
    {"graaf", 0.0013},   {"groot", 0.0023},  {"hendriks", 0.0018}, {"jansen", 0.0046},
    {"janssen", 0.0034}, {"jong", 0.0053},   {"leeuwen", 0.0018},  {"linden", 0.0012},
    {"meer", 0.0013},    {"meyer", 0.0025},  {"mulder", 0.0024},   {"peters", 0.0019},
    {"smit", 0.0027},    {"smits", 0.0014},  {"visser", 0.0031},   {"vos", 0.0019},
    {"vries", 0.0045},   {"wit", 0.0015},
}};

static_assert(std::is_sorted(kCommonSurnames.begin(), kCommonSurnames.end()));

double ExpectedSurname(std::string_view surname) {
  auto found = std::lower_bound(
      kCommonSurnames.begin(), kCommonSurnames.end(), surname,
      [](const auto& common, std::string_view name) { return common.first < name; });
  bool common = found != kCommonSurnames.end() && found->first == surname;
  return common ? found->second : kRareSurname;
}

}  // namespace

void Frequencies::Count(const Resident& resident) {
  if (!resident.surname.empty()) {
    ++named_;
    ++surnames_[resident.surname];
    ++codes_[resident.codes[0]];
  }
  if (!resident.given.empty()) {
    ++with_given_;
    ++given_[resident.given];
  }
  if (!resident.initials.empty()) {
    ++with_initials_;
    ++initials_[resident.initials];
    ++initial_[resident.initials.substr(0, 1)];
  }
}

double Frequencies::Share(const Table& table, uint64_t total, const std::string& key,
                          double expected) const {
  if (table.empty()) return kListWeight * expected / (static_cast<double>(total) + kListWeight);
  auto found = table.find(key);
  double count = found == table.end() ? 0 : found->second;
  return (count + kListWeight * expected) / (static_cast<double>(total) + kListWeight);
}

void Frequencies::Fill(Resident* resident) const {
  Resident::Shares& share = resident->share;
  share = {};
  if (!resident->surname.empty()) {
    double expected = ExpectedSurname(resident->surname);
    share.surname = static_cast<float>(Share(surnames_, named_, resident->surname, expected));
    share.code = static_cast<float>(Share(codes_, named_, resident->codes[0], expected));
    share.code = std::max(share.code, share.surname);
  }
  if (!resident->given.empty()) {
    share.given = static_cast<float>(Share(given_, with_given_, resident->given, kRareGiven));
  }
  if (resident->initials.empty()) return;
  const std::string& initials = resident->initials;
  share.initials = static_cast<float>(Share(initials_, with_initials_, initials, kUsualInitials));
  share.initial =
      static_cast<float>(Share(initial_, with_initials_, initials.substr(0, 1), kUsualInitial));
}

}  // namespace vroegsein::identity
