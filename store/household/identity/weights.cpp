#include "store/household/identity/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

extern "C" const char vroegsein_identity_weights[], vroegsein_identity_weights_end[];

namespace vroegsein::identity {
namespace {

constexpr size_t kLinesMax = 10'000;
// Of two unrelated people of one name and initial: not learned, because chance pairs never show it.
constexpr double kNamedMailboxShare = 0.01;
constexpr double kLeastChance = 1e-9;
constexpr double kNameAloneMost = 0.3;  // probability of one person that it can get to
constexpr std::string_view kPriorWord = "voorafkans";

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  constexpr std::string_view kSpace = " \t\r";
  for (size_t at = line.find_first_not_of(kSpace); at != std::string_view::npos;) {
    size_t end = std::min(line.find_first_of(kSpace, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kSpace, end);
  }
  return words;
}

bool ParseChance(std::string_view text, double* chance) {
  auto parsed = std::from_chars(text.data(), text.data() + text.size(), *chance);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && *chance > 0 &&
         *chance <= 1;
}

// The chances of the level that these words name.
std::array<double, kKinCount>* Find(Weights* weights, std::string_view field,
                                    std::string_view level) {
  for (size_t f = 0; f < kFieldCount; ++f) {
    if (FieldName(static_cast<Field>(f)) != field) continue;
    auto names = LevelNames(static_cast<Field>(f));
    auto found = std::find(names.begin(), names.end(), level);
    if (found == names.end()) return nullptr;
    return &weights->chance[f][static_cast<size_t>(found - names.begin()) + 1];
  }
  return nullptr;
}

bool ReadLine(const std::vector<std::string_view>& words, Weights* weights) {
  if (words[0] == kPriorWord) {
    return words.size() == 3 && ParseChance(words[1], &weights->same_prior) &&
           ParseChance(words[2], &weights->home_prior);
  }
  if (words.size() != 2 + kKinCount) return false;
  auto* chances = Find(weights, words[0], words[1]);
  if (chances == nullptr) return false;
  for (size_t kin = 0; kin < kKinCount; ++kin) {
    if (!ParseChance(words[2 + kin], &(*chances)[kin])) return false;
  }
  return true;
}

bool IsComplete(const Weights& weights) {
  if (weights.same_prior <= 0 || weights.home_prior <= 0) return false;
  for (size_t f = 0; f < kFieldCount; ++f) {
    size_t levels = LevelNames(static_cast<Field>(f)).size();
    for (size_t level = 1; level <= levels; ++level) {
      if (weights.chance[f][level][kSamePerson] <= 0) return false;
    }
  }
  return true;
}

}  // namespace

Result<Weights> ParseWeights(std::string_view text) {
  Weights weights;
  size_t line_number = 0;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    auto words = Words(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (++line_number > kLinesMax) return Status::Invalid("weights: too many lines");
    if (words.empty()) continue;
    if (!ReadLine(words, &weights)) {
      return Status::Invalid(fmt::format("weights: line {} cannot be read", line_number));
    }
  }
  if (!IsComplete(weights))
    return Status::Invalid("weights: a field, level or voorafkans is absent");
  return weights;
}

std::string FormatWeights(const Weights& weights, std::string_view provenance) {
  std::string text;
  for (size_t at = 0; at < provenance.size();) {
    size_t end = std::min(provenance.find('\n', at), provenance.size());
    text += fmt::format("# {}\n", provenance.substr(at, end - at));
    at = end + 1;
  }
  text +=
      "# veld niveau, en hoe vaak dat gezien wordt bij: dezelfde persoon, huisgenoten, anderen\n";
  text += fmt::format("{} {:.3g} {:.3g}\n", kPriorWord, weights.same_prior, weights.home_prior);
  for (size_t f = 0; f < kFieldCount; ++f) {
    auto names = LevelNames(static_cast<Field>(f));
    for (size_t i = 0; i < names.size(); ++i) {
      const auto& chance = weights.chance[f][i + 1];
      text += fmt::format("{} {} {:.3g} {:.3g} {:.3g}\n", FieldName(static_cast<Field>(f)),
                          names[i], chance[kSamePerson], chance[kSameHome], chance[kUnrelated]);
    }
  }
  return text;
}

const Weights& DefaultWeights() {
  static const Weights weights = [] {
    auto parsed = ParseWeights(
        {vroegsein_identity_weights,
         static_cast<size_t>(vroegsein_identity_weights_end - vroegsein_identity_weights)});
    VROEGSEIN_CHECK(parsed.ok());
    return *parsed;
  }();
  return weights;
}

bool IsElsewhere(const Agreement& agreement) {
  auto at = [&agreement](Field field) { return agreement[static_cast<size_t>(field)]; };
  uint8_t postcode = at(Field::kPostcode), street = at(Field::kStreet);
  bool other_place = (postcode == level::kDifferent || postcode == level::kFar) &&
                     street != level::kEqual && street != level::kNear;
  return other_place || at(Field::kDoor) == level::kDifferent ||
         at(Field::kSuffix) == level::kSuffixDiffers;
}

bool IsNameAloneElsewhere(const Agreement& agreement) {
  auto at = [&agreement](Field field) { return agreement[static_cast<size_t>(field)]; };
  bool next_door = at(Field::kDoor) == level::kNear;
  if (!IsElsewhere(agreement) && !next_door) return false;
  uint8_t birth = at(Field::kBirth), given = at(Field::kGiven);
  bool born_alike =
      birth == level::kSameDay || birth == level::kSwapped || birth == level::kOneDigit;
  bool exchanged = at(Field::kSurname) == level::kExchanged;
  bool initial_only = given == level::kNone || given == level::kFirstInitial ||
                      given == level::kOneInitial || given == level::kOtherInitial;
  bool named_alike = exchanged || !initial_only;
  bool reached_alike = at(Field::kPhone) == level::kEqual || at(Field::kEmail) == level::kEqual ||
                       at(Field::kCitizenNumber) == level::kEqual;
  return !born_alike && !named_alike && !reached_alike;
}

Judge::Judge(const Weights& weights) {
  log_prior_[kSamePerson] = std::log(weights.same_prior);
  log_prior_[kSameHome] = std::log(weights.home_prior);
  log_prior_[kUnrelated] = std::log(1 - weights.same_prior - weights.home_prior);
  for (size_t f = 0; f < kFieldCount; ++f) {
    size_t levels = LevelNames(static_cast<Field>(f)).size();
    for (size_t level = 1; level <= levels; ++level) {
      for (size_t kin = 0; kin < kKinCount; ++kin) {
        log_[f][level][kin] = std::log(std::max(weights.chance[f][level][kin], kLeastChance));
      }
    }
  }
}

// How common the shared name is, where the level says that one is shared.
double Judge::LogUnrelated(size_t field, const Resident& a, const Resident& b,
                           uint8_t level) const {
  double share = 0;
  if (field == static_cast<size_t>(Field::kSurname)) {
    if (level == level::kSame) share = a.share.surname;
    if (level == level::kSounds) share = std::max(a.share.code, b.share.code);
  } else if (field == static_cast<size_t>(Field::kGiven)) {
    if (level == level::kSameName) share = a.share.given;
    if (level == level::kSameInitials) share = a.share.initials;
    if (level == level::kFirstInitial) share = a.share.initial;
  } else if (field == static_cast<size_t>(Field::kEmail) && level == level::kFar) {
    share = kNamedMailboxShare;
  }
  return share > 0 ? std::log(share) : log_[field][level][kUnrelated];
}

Verdict Judge::Weigh(const Resident& a, const Resident& b, const Agreement& agreement) const {
  std::array<double, kKinCount> sum = log_prior_;
  for (size_t f = 0; f < kFieldCount; ++f) {
    uint8_t level = agreement[f];
    if (level == level::kNone) continue;
    sum[kSamePerson] += log_[f][level][kSamePerson];
    sum[kSameHome] += log_[f][level][kSameHome];
    sum[kUnrelated] += LogUnrelated(f, a, b, level);
  }
  double top = *std::max_element(sum.begin(), sum.end());
  double total = 0;
  for (double& each : sum) total += each = std::exp(each - top);
  Verdict verdict;
  verdict.same = sum[kSamePerson] / total;
  verdict.home = sum[kSameHome] / total;
  constexpr double kTiny = 1e-12;
  verdict.bits = std::log2((sum[kSamePerson] + kTiny) / (sum[kSameHome] + sum[kUnrelated] + kTiny));
  if (IsNameAloneElsewhere(agreement) && verdict.same > kNameAloneMost) {
    verdict.same = kNameAloneMost;
    verdict.bits = std::log2(kNameAloneMost / (1 - kNameAloneMost));
  }
  return verdict;
}

double Judge::Contradiction(const Resident& a, const Resident& b,
                            const Agreement& agreement) const {
  double bits = 0;
  for (Field field : {Field::kSurname, Field::kGiven, Field::kBirth, Field::kCitizenNumber}) {
    Share share = ShareOf(field, a, b, agreement);
    bits -= std::min({0.0, share.against_unrelated, share.against_home});
  }
  return bits;
}

Judge::Share Judge::ShareOf(Field field, const Resident& a, const Resident& b,
                            const Agreement& found) const {
  size_t f = static_cast<size_t>(field);
  uint8_t level = found[f];
  if (level == level::kNone) return {};
  constexpr double kBit = 0.6931471805599453;
  double same = log_[f][level][kSamePerson];
  return {(same - LogUnrelated(f, a, b, level)) / kBit, (same - log_[f][level][kSameHome]) / kBit};
}

}  // namespace vroegsein::identity
