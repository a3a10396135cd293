#include "alerts/policy/versions.h"

namespace vroegsein {
namespace {

Outcome Refusal(Status status, const char* code) {
  Outcome outcome;
  outcome.status = std::move(status);
  outcome.code = code;
  return outcome;
}

PolicyVersion* MutableVersionOfDay(MunicipalityRecord* municipality, Date day) {
  return const_cast<PolicyVersion*>(VersionOfDay(*municipality, day));
}

void Append(const PolicyActivated& activation, Instant now, MunicipalityRecord* municipality) {
  PolicyVersion* version = municipality->add_policies();
  version->set_hash(activation.hash());
  version->set_effective_day(activation.effective_day());
  version->set_activated_ms(MillisOf(now));
  version->set_by(activation.by());
}

}  // namespace

const PolicyVersion* VersionInForce(const MunicipalityRecord& municipality, Date day) {
  const PolicyVersion* in_force = nullptr;
  for (const PolicyVersion& version : municipality.policies()) {
    if (version.has_withdrawn_ms() || version.effective_day() > DaysOf(day)) continue;
    bool later = in_force == nullptr || version.effective_day() >= in_force->effective_day();
    if (later) in_force = &version;
  }
  return in_force;
}

const PolicyVersion* VersionOfDay(const MunicipalityRecord& municipality, Date day) {
  const PolicyVersion* found = nullptr;
  for (const PolicyVersion& version : municipality.policies()) {
    if (!version.has_withdrawn_ms() && version.effective_day() == DaysOf(day)) found = &version;
  }
  return found;
}

std::string_view StandingOf(const MunicipalityRecord& municipality, const PolicyVersion& version,
                            Date today) {
  if (version.has_withdrawn_ms()) return "ingetrokken";
  if (version.effective_day() > DaysOf(today)) return "gepland";
  return &version == VersionInForce(municipality, today) ? "in-werking" : "voorbij";
}

Outcome AddVersion(const PolicyActivated& activation, Instant now, Date today,
                   MunicipalityRecord* municipality) {
  Date day = DateOf(activation.effective_day());
  bool first = municipality->policies_size() == 0;
  if (!first && day < today) {
    return Refusal(Status::Invalid("a version takes effect today or later"),
                   "beleid-datum-verleden");
  }
  if (municipality->policies_size() >= kPolicyVersionsMax) {
    return Refusal(Status::Conflict("too many versions"), "beleid-te-veel-versies");
  }
  if (activation.configured()) municipality->set_configured_policy(activation.hash());
  const PolicyVersion* before = VersionInForce(*municipality, day);
  if (before != nullptr && before->hash() == activation.hash()) {
    if (activation.configured()) return Outcome{};
    return Refusal(Status::Conflict("that version is in force on that day already"),
                   "beleid-al-in-werking");
  }
  if (PolicyVersion* other = MutableVersionOfDay(municipality, day); other != nullptr) {
    if (!activation.configured()) {
      return Refusal(
          Status::Conflict("another version takes effect on that day: withdraw it first"),
          "beleid-dag-bezet");
    }
    other->set_withdrawn_ms(MillisOf(now));
  }
  Append(activation, now, municipality);
  return Outcome{};
}

Outcome WithdrawVersion(const PolicyWithdrawn& withdrawal, Instant now, Date today,
                        MunicipalityRecord* municipality) {
  Date day = DateOf(withdrawal.effective_day());
  PolicyVersion* version = MutableVersionOfDay(municipality, day);
  if (version == nullptr) {
    return Refusal(Status::NotFound("no version takes effect on that day"), "beleid-onbekend");
  }
  if (day < today) {
    return Refusal(Status::Conflict("it has decided on earlier days: activate another version"),
                   "beleid-al-begonnen");
  }
  version->set_withdrawn_ms(MillisOf(now));
  return Outcome{};
}

}  // namespace vroegsein
