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

// Shares of the population, rounded, of the commonest surnames as SurnameParts writes them
// (Nederlandse Familienamenbank, count of 2007).
constexpr std::array<std::pair<std::string_view, double>, 26> kCommonSurnames = {{
    {"jong", 0.0053},     {"jansen", 0.0046},  {"vries", 0.0045},  {"berg", 0.0037},
    {"bakker", 0.0035},   {"dyk", 0.0035},     {"visser", 0.0031}, {"janssen", 0.0034},
    {"smit", 0.0027},     {"meyer", 0.0025},   {"boer", 0.0025},   {"mulder", 0.0024},
    {"groot", 0.0023},    {"bos", 0.0023},     {"vos", 0.0019},    {"peters", 0.0019},
    {"hendriks", 0.0018}, {"leeuwen", 0.0018}, {"dekker", 0.0017}, {"brouwer", 0.0016},
    {"wit", 0.0015},      {"dykstra", 0.0015}, {"smits", 0.0014},  {"graaf", 0.0013},
    {"meer", 0.0013},     {"linden", 0.0012},
}};

double ExpectedSurname(const std::string& surname) {
  auto found = std::find_if(kCommonSurnames.begin(), kCommonSurnames.end(),
                            [&](const auto& common) { return common.first == surname; });
  return found == kCommonSurnames.end() ? kRareSurname : found->second;
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
