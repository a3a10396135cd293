#include "alerts/desk/policy.h"
#include "store/keys.h"

namespace vroegsein {

const PolicyVersion* VersionInForce(const MunicipalityRecord& municipality, Date day) {
  const PolicyVersion* in_force = nullptr;
  for (const PolicyVersion& version : municipality.policies()) {
    if (DateOf(version.effective_day()) <= day) in_force = &version;
  }
  return in_force;
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
  const PolicyVersion* in_force = VersionInForce(municipality, day);
  if (in_force == nullptr) return Status::NotFound("no policy is in force on that day");
  return Find(state, in_force->hash());
}

}  // namespace vroegsein
