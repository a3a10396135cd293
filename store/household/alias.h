// Aliases: a household that became another keeps answering under its old number, and so do its
// cases.
//
// Reads go through a function, so that a step (State::Get) and a reader (Database::Get) follow the
// same road. Errors: of the store, and kDataLoss. Threads: as the function.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ingest/status.h"
#include "store/database.h"
#include "store/ids.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

using ReadKey = std::function<Result<std::optional<std::string>>(const std::string& key)>;
ReadKey ReaderOf(const Database& database);

// A case changes its name when its household is joined or divided; longer chains are not followed.
inline constexpr int kCaseNamesMax = 64;

// nullopt when the number is no alias.
Result<std::optional<AliasRecord>> FindAlias(const ReadKey& read, const HouseholdId& id);

// The number under which the household is there; `id` itself when it is no alias.
Result<HouseholdId> CurrentName(const ReadKey& read, const HouseholdId& id);
Result<HouseholdId> CurrentName(State* state, const HouseholdId& id);

// The same of a case. It is not said that the case is there.
Result<CaseId> CurrentName(const ReadKey& read, const CaseId& id);
Result<CaseId> CurrentName(State* state, const CaseId& id);

const CaseName* WhereIsCase(const google::protobuf::RepeatedPtrField<MovedCase>& moved,
                            uint32_t number);

}  // namespace vroegsein
