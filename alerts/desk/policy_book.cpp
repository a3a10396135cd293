#include "alerts/desk/policy_book.h"

#include "alerts/policy/versions.h"
#include "rules/dmn/model.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

// Compiled policies kept in memory: far more than the municipalities of one country.
constexpr size_t kCompiledMax = 1'000;

}  // namespace

// Only between steps, when nobody holds a policy.
void PolicyBook::MakeRoom() {
  if (compiled_.size() < kCompiledMax) return;
  shadowed_.clear();
  compiled_.clear();
}

Result<Policy*> PolicyBook::Find(State* state, const std::string& hash) {
  auto found = compiled_.find(hash);
  if (found != compiled_.end()) return found->second.get();
  auto model = state->Get(keys::Policy(hash));
  if (!model.ok()) return model.status();
  if (!model->has_value()) return Status::DataLoss("the store lacks the policy " + hash);
  auto policy = CompilePolicy(**model);
  if (!policy.ok()) return policy.status().Within("compile the stored policy " + hash);
  return compiled_.emplace(hash, std::move(*policy)).first->second.get();
}

Result<Policy*> PolicyBook::InForce(State* state, const MunicipalityRecord& municipality,
                                    Date day) {
  MakeRoom();
  const PolicyVersion* in_force = VersionInForce(municipality, day);
  if (in_force == nullptr) return Status::NotFound("no policy is in force on that day");
  auto active = Find(state, in_force->hash());
  if (!active.ok() || municipality.shadow().hash().empty()) return active;
  auto shadow = Find(state, municipality.shadow().hash());
  if (!shadow.ok()) return shadow;
  const std::string& code = municipality.settings().code();
  ShadowedPolicy& both = shadowed_[code];
  both.Set(code, *active, *shadow, count_ ? &count_ : nullptr);
  return &both;
}

Status PolicyBook::Learn(std::string_view model, const std::string& hash) {
  MakeRoom();
  if (model.size() > kPolicyBytesMax) return Status::Invalid("the policy is refused: too large");
  if (dmn::HashOf(model) != hash) return Status::Invalid("the policy's hash is another");
  if (compiled_.contains(hash)) return Status::Ok();
  auto policy = CompilePolicy(model);
  if (!policy.ok()) return policy.status();
  compiled_.emplace(hash, std::move(*policy));
  return Status::Ok();
}

}  // namespace vroegsein
