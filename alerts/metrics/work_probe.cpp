#include "alerts/metrics/work_probe.h"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "alerts/policy/versions.h"
#include "alerts/reading/households.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using Values = std::map<std::pair<std::string, std::string>, double>;

prometheus::Family<prometheus::Gauge>* MakeFamily(MetricsRegistry* registry, const char* name,
                                                  const char* help) {
  return &prometheus::BuildGauge().Name(name).Help(help).Register(registry->prometheus());
}

Status ReadOpen(const Database& database, const MunicipalityRecord& municipality, Values* open) {
  const std::string& code = municipality.settings().code();
  auto counters = ReadCounters(database, code);
  if (!counters.ok()) return counters.status();
  for (const Team& team : municipality.settings().teams()) (*open)[{code, team.code()}] = 0;
  for (const TeamLoad& load : counters->loads()) (*open)[{code, load.team()}] = load.open_tasks();
  return Status::Ok();
}

Status ReadOverdue(const Database& database, const std::string& code, const std::string& team,
                   Date today, Values* overdue) {
  double& count = (*overdue)[{code, team}];
  std::string begin = keys::TeamTasks(code, team);
  std::string end = keys::Task(team, today, CaseId{{code, 0}, 0});
  return database.Scan(begin, end, [&](std::string_view, std::string_view) {
    ++count;
    return true;
  });
}

Status ReadOne(const Database& database, Date today, Values* open, Values* overdue,
               Values* policy) {
  auto municipalities = Municipalities(database);
  if (!municipalities.ok()) return municipalities.status();
  Values here;
  for (const MunicipalityRecord& municipality : *municipalities) {
    VROEGSEIN_RETURN_IF_ERROR(ReadOpen(database, municipality, &here));
    const PolicyVersion* version = VersionInForce(municipality, today);
    if (version != nullptr) (*policy)[{municipality.settings().code(), version->hash()}] = 1;
  }
  for (const auto& [place, count] : here) {
    VROEGSEIN_RETURN_IF_ERROR(ReadOverdue(database, place.first, place.second, today, overdue));
  }
  open->merge(here);
  return Status::Ok();
}

}  // namespace

WorkProbe::WorkProbe(MetricsRegistry* registry)
    : open_family_(MakeFamily(registry, "vroegsein_open_tasks", "Open tasks, by team")),
      overdue_family_(MakeFamily(registry, "vroegsein_overdue_tasks",
                                 "Open tasks past their deadline, by team")),
      policy_family_(
          MakeFamily(registry, "vroegsein_policy_info", "1 for the hash of the policy in force")) {}

Status WorkProbe::Refresh(const std::vector<const Database*>& databases, Date today) {
  Values open;
  Values overdue;
  Values policy;
  for (const Database* database : databases) {
    VROEGSEIN_RETURN_IF_ERROR(ReadOne(*database, today, &open, &overdue, &policy));
  }
  std::lock_guard lock(mutex_);
  Set(open_family_, &open_, "team", open);
  Set(overdue_family_, &overdue_, "team", overdue);
  Set(policy_family_, &policy_, "beleid", policy);
  return Status::Ok();
}

// What is no longer there (a team that went, a policy that was replaced) leaves the text too.
void WorkProbe::Set(prometheus::Family<prometheus::Gauge>* family, Gauges* gauges,
                    const char* second_label, const Values& values) {
  for (auto it = gauges->begin(); it != gauges->end();) {
    bool gone = !values.contains(it->first);
    if (gone) family->Remove(it->second);
    it = gone ? gauges->erase(it) : std::next(it);
  }
  for (const auto& [place, value] : values) {
    prometheus::Gauge*& gauge = (*gauges)[place];
    if (gauge == nullptr) {
      gauge = &family->Add({{"gemeente", place.first}, {second_label, place.second}});
    }
    gauge->Set(value);
  }
}

}  // namespace vroegsein
