#include "alerts/api/case_lookup.h"

#include <algorithm>

#include "alerts/access/gate.h"
#include "alerts/api/problem.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "ingest/utf8.h"
#include "store/household/alias.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr char kOtherMunicipality[] = "Dit is van een andere gemeente.";
constexpr std::string_view kReasonHeader = "toegangsreden";
constexpr size_t kReasonBytesMin = 5;
constexpr size_t kReasonBytesMax = 400;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// As encodeURIComponent wrote it; empty when it is not that, or no text.
std::string Decoded(std::string_view text) {
  std::string decoded;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      int high = at + 2 < text.size() ? HexDigit(text[at + 1]) : -1;
      int low = at + 2 < text.size() ? HexDigit(text[at + 2]) : -1;
      if (high < 0 || low < 0) return "";
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "";
    decoded += c;
  }
  return FindInvalidUtf8(decoded) ? "" : decoded;
}

// Whether there is a reason to see what is another team's; it is noted.
bool HasReason(const Call& call) {
  std::string reason = Decoded(call.request.Header(kReasonHeader).value_or(""));
  if (reason.size() < kReasonBytesMin || reason.size() > kReasonBytesMax) return false;
  if (call.note != nullptr) call.note->reason = std::move(reason);
  return true;
}

HttpResponse ReasonProblem() {
  return Problem(403, "reden-nodig", "Dit is van een ander team",
                 "Geef een reden mee in de header Toegangsreden; die wordt vastgelegd.");
}

}  // namespace

Result<MunicipalityRecord> ReadMunicipalityRecord(const Database& database,
                                                  const std::string& code) {
  auto bytes = database.Get(keys::Municipality(code));
  if (!bytes.ok()) return bytes.status();
  MunicipalityRecord record;
  if (bytes->has_value() && !record.ParseFromString(**bytes)) {
    return Status::DataLoss("a municipality's record cannot be read");
  }
  return record;
}

FoundHousehold FindHouseholdFor(const ApiContext& api, const Call& call, const std::string& text) {
  FoundHousehold found;
  const Identity& who = call.who();
  auto id = HouseholdId::Parse(text);
  if (!id) {
    found.problem = NotFoundProblem("Dit huishouden");
    return found;
  }
  if (!MaySeeMunicipality(who, id->municipality)) {
    found.problem = ForbiddenProblem(kOtherMunicipality);
    return found;
  }
  auto household = ReadHousehold(*api.database, *id, Depth::kWhole);
  if (!household.ok()) {
    found.problem = FailureProblem(household.status());
  } else if (!household->has_value()) {
    found.problem = NotFoundProblem("Dit huishouden");
  } else {
    found.household = std::move(**household);
    const auto& cases = found.household.cases();
    bool own = who.team.empty() ||
               std::any_of(cases.begin(), cases.end(),
                           [&](const CaseRecord& one) { return one.team() == who.team; });
    call.Saw(IdOf(found.household).Text());
    if (!own && !HasReason(call)) found.problem = ReasonProblem();
  }
  return found;
}

FoundCase FindCaseFor(const ApiContext& api, const Call& call, const std::string& text) {
  FoundCase found;
  const Identity& who = call.who();
  auto id = CaseId::Parse(text);
  if (!id) {
    found.problem = NotFoundProblem("Deze zaak");
    return found;
  }
  found.id = *id;
  if (!MaySeeMunicipality(who, id->household.municipality)) {
    found.problem = ForbiddenProblem(kOtherMunicipality);
    return found;
  }
  auto current = CurrentName(ReaderOf(*api.database), *id);
  if (!current.ok()) {
    found.problem = FailureProblem(current.status());
    return found;
  }
  id = *current;
  found.id = *current;
  auto household = ReadHousehold(*api.database, id->household, Depth::kWhole);
  if (!household.ok()) {
    found.problem = FailureProblem(household.status());
    return found;
  }
  if (household->has_value()) {
    found.household = std::move(**household);
    found.record = FindCase(std::as_const(found.household), id->number);
  }
  if (found.record == nullptr) {
    found.problem = NotFoundProblem("Deze zaak");
    return found;
  }
  call.Saw(id->Text());
  found.outside_team = !MaySeeTeam(who, found.record->team());
  if (found.outside_team && !HasReason(call)) found.problem = ReasonProblem();
  return found;
}

const MunicipalitySettings* SettingsOf(const ApiContext& api, const std::string& code) {
  const MunicipalityConfig* config = api.installation->FindMunicipality(code);
  return config == nullptr ? nullptr : &config->settings;
}

}  // namespace vroegsein
