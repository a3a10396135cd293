#include "store/household/alias.h"

#include "store/keys.h"

namespace vroegsein {
namespace {

using MovedCases = google::protobuf::RepeatedPtrField<MovedCase>;

bool Holds(const HouseholdRecord& household, uint32_t number) {
  for (const CaseRecord& one : household.cases()) {
    if (one.number() == number) return true;
  }
  return false;
}

std::optional<CaseId> Next(const MovedCases& moved, const CaseId& id) {
  const CaseName* now = WhereIsCase(moved, id.number);
  if (now == nullptr) return std::nullopt;
  return CaseId{{id.household.municipality, now->household()}, now->number()};
}

// Follows the names of a case; `find` gives the record of a household, or nullptr.
template <typename Find>
Result<CaseId> Follow(const ReadKey& read, const Find& find, CaseId id) {
  for (int hop = 0; hop < kCaseNamesMax; ++hop) {
    auto household = find(id.household);
    if (!household.ok()) return household.status();
    std::optional<CaseId> next;
    if (*household != nullptr) {
      if (Holds(**household, id.number)) return id;
      next = Next((*household)->moved_cases(), id);
    } else {
      auto alias = FindAlias(read, id.household);
      if (!alias.ok()) return alias.status();
      if (alias->has_value()) next = Next((*alias)->moved_cases(), id);
    }
    if (!next) return id;
    id = std::move(*next);
  }
  return id;
}

ReadKey ReaderOf(State* state) {
  return [state](const std::string& key) { return state->Get(key); };
}

}  // namespace

ReadKey ReaderOf(const Database& database) {
  return [&database](const std::string& key) { return database.Get(key); };
}

const CaseName* WhereIsCase(const MovedCases& moved, uint32_t number) {
  for (const MovedCase& one : moved) {
    if (one.number() == number) return &one.now();
  }
  return nullptr;
}

Result<std::optional<AliasRecord>> FindAlias(const ReadKey& read, const HouseholdId& id) {
  auto bytes = read(keys::Alias(id));
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return std::optional<AliasRecord>();
  AliasRecord alias;
  if (!alias.ParseFromString(**bytes) || alias.version() > kRecordVersion) {
    return Status::DataLoss("the record of a joined household cannot be read");
  }
  return std::optional<AliasRecord>(std::move(alias));
}

Result<HouseholdId> CurrentName(const ReadKey& read, const HouseholdId& id) {
  auto alias = FindAlias(read, id);
  if (!alias.ok()) return alias.status();
  return alias->has_value() ? HouseholdId{id.municipality, (*alias)->household()} : id;
}

// Nearly always it is there, and known from this very step.
Result<HouseholdId> CurrentName(State* state, const HouseholdId& id) {
  auto there = state->FindHousehold(id);
  if (!there.ok()) return there.status();
  return *there != nullptr ? Result<HouseholdId>(id) : CurrentName(ReaderOf(state), id);
}

Result<CaseId> CurrentName(const ReadKey& read, const CaseId& id) {
  HouseholdRecord record;
  auto find = [&](const HouseholdId& household) -> Result<const HouseholdRecord*> {
    auto bytes = read(keys::Household(household));
    if (!bytes.ok()) return bytes.status();
    if (!bytes->has_value()) return static_cast<const HouseholdRecord*>(nullptr);
    if (!record.ParseFromString(**bytes)) return Status::DataLoss("a household cannot be read");
    return static_cast<const HouseholdRecord*>(&record);
  };
  return Follow(read, find, id);
}

Result<CaseId> CurrentName(State* state, const CaseId& id) {
  auto find = [state](const HouseholdId& household) { return state->FindHousehold(household); };
  return Follow(ReaderOf(state), find, id);
}

}  // namespace vroegsein
