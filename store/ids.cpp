#include "store/ids.h"

#include <charconv>

namespace vroegsein {
namespace {

template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool canonical = !text.empty() && text[0] != '0';
  if (error != std::errc() || end != text.data() + text.size() || !canonical) return std::nullopt;
  return number;
}

bool IsMunicipality(std::string_view text) {
  return text.size() == 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string HouseholdId::Text() const { return municipality + "-" + std::to_string(number); }

std::optional<HouseholdId> HouseholdId::Parse(std::string_view text) {
  size_t dash = text.find('-');
  if (dash == std::string_view::npos || !IsMunicipality(text.substr(0, dash))) return std::nullopt;
  auto number = ParseNumber<uint64_t>(text.substr(dash + 1));
  if (!number) return std::nullopt;
  return HouseholdId{std::string(text.substr(0, dash)), *number};
}

std::string CaseId::Text() const { return household.Text() + "-" + std::to_string(number); }

std::optional<CaseId> CaseId::Parse(std::string_view text) {
  size_t dash = text.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  auto household = HouseholdId::Parse(text.substr(0, dash));
  auto number = ParseNumber<uint32_t>(text.substr(dash + 1));
  if (!household || !number) return std::nullopt;
  return CaseId{*household, *number};
}

}  // namespace vroegsein
