#include "alerts/demo/timeline.h"

#include <fstream>
#include <sstream>

#include "alerts/ddas/values.h"
#include "alerts/reading/households.h"
#include "alerts/settings/plain_table.h"
#include "ingest/delivery_reader.h"
#include "store/keys.h"
#include "store/signal_detail.h"

namespace vroegsein {
namespace {

constexpr char kHeader[] =
    "datum;tijd;gebeurtenis;partner;signaal;medewerker;soort;dagdeel;bereikt;uitkomst";
enum Column { kDay, kTime, kKind, kPartner, kSignal, kWorker, kSort, kDayPart, kReached, kResult };

constexpr char kMunicipality[] = "0080";

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status::NotFound("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// So long after the day began in Amsterdam: on the two days a year that the clock changes, an hour
// off, which the demo does not mind.
std::optional<Instant> MomentOf(Date day, const std::string& time) {
  auto parts = Split(time, ':');
  if (parts.size() != 2 || parts[0].size() != 2 || parts[1].size() != 2) return std::nullopt;
  auto clock = ParseInstant("2000-01-01T" + time + ":00Z");
  if (!clock) return std::nullopt;
  auto since_midnight = *clock - Instant(*ParseDate("2000-01-01"));
  return StartOfDayInAmsterdam(day) + since_midnight;
}

class TimelineReader {
 public:
  TimelineReader(std::string folder, Timeline* timeline)
      : folder_(std::move(folder)), timeline_(timeline) {}

  Status Read(const std::vector<PlainTable::Row>& rows) {
    for (const PlainTable::Row& row : rows) {
      VROEGSEIN_RETURN_IF_ERROR(
          ReadRow(row).Within("verloop.csv line " + std::to_string(row.line)));
    }
    return Status::Ok();
  }

  // Moves everything so that the last signal is of the day before `today`.
  Status MoveTo(Date today) {
    if (!last_signal_) return Status::Invalid("verloop.csv: no delivery holds a signal");
    auto days = (today - std::chrono::days(1)) - *last_signal_;
    for (size_t i = 0; i < timeline_->steps.size(); ++i) {
      Shift(static_cast<int32_t>(days.count()), moments_[i], &timeline_->steps[i].event);
    }
    timeline_->start =
        InstantOf(timeline_->steps.front().event.recorded_ms()) - std::chrono::days(1);
    return Status::Ok();
  }

 private:
  struct Moment {
    Date day;
    std::string time;
  };

  static void Shift(int32_t days, const Moment& moment, Event* event) {
    auto at = MomentOf(moment.day + std::chrono::days(days), moment.time);
    VROEGSEIN_CHECK(at.has_value());
    event->set_recorded_ms(MillisOf(*at));
    if (event->has_signal()) {
      Signal* signal = event->mutable_signal()->mutable_signal();
      signal->set_signal_day(signal->signal_day() + days);
      signal->set_origin_day(signal->origin_day() + days);
      if (signal->has_threat_day()) signal->set_threat_day(signal->threat_day() + days);
    }
    if (event->has_contact()) {
      ContactAttempt* attempt = event->mutable_contact()->mutable_attempt();
      attempt->set_day(attempt->day() + days);
    }
    if (event->has_outcome()) event->mutable_outcome()->set_day(event->outcome().day() + days);
    if (event->has_aftermath()) {
      Aftermath* aftermath = event->mutable_aftermath()->mutable_aftermath();
      aftermath->set_day(aftermath->day() + days);
    }
  }

  Event* Add(const Moment& moment, const PlainTable::Row& row) {
    moments_.push_back(moment);
    TimelineStep& step = timeline_->steps.emplace_back();
    step.line = row.line;
    step.event.set_municipality(kMunicipality);
    return &step.event;
  }

  Status ReadRow(const PlainTable::Row& row) {
    auto day = ParseDate(row.cells[kDay]);
    if (!day || !MomentOf(*day, row.cells[kTime])) {
      return Status::Invalid("datum is 2015-04-01 and tijd is 09:30");
    }
    Moment moment{*day, row.cells[kTime]};
    const std::string& kind = row.cells[kKind];
    if (kind == "levering") return ReadDelivery(moment, row);
    if (kind == "afloop") return ReadAftermath(moment, row);
    if (kind == "contactpoging") {
      ReadContact(Add(moment, row), moment, row);
    } else if (kind == "eindresultaat") {
      OutcomeRecorded* outcome = Add(moment, row)->mutable_outcome();
      outcome->set_outcome(row.cells[kResult]);
      outcome->set_worker(row.cells[kWorker]);
      outcome->set_day(DaysOf(moment.day));
    } else {
      return Status::Invalid("there is no gebeurtenis " + kind);
    }
    timeline_->steps.back().of_case = {row.cells[kPartner], row.cells[kSignal]};
    return Status::Ok();
  }

  static void ReadContact(Event* event, const Moment& moment, const PlainTable::Row& row) {
    ContactAttempt* attempt = event->mutable_contact()->mutable_attempt();
    attempt->set_kind(row.cells[kSort]);
    attempt->set_day(DaysOf(moment.day));
    attempt->set_day_part(row.cells[kDayPart]);
    attempt->set_reached(row.cells[kReached] == "ja");
    attempt->set_worker(row.cells[kWorker]);
  }

  Status ReadAftermath(const Moment& moment, const PlainTable::Row& row) {
    auto kind = ddas::AftermathKindOf(row.cells[kResult]);
    if (!kind) return Status::Invalid("there is no afloop " + row.cells[kResult]);
    Aftermath* aftermath = Add(moment, row)->mutable_aftermath()->mutable_aftermath();
    aftermath->set_partner(row.cells[kPartner]);
    aftermath->set_signal_id(row.cells[kSignal]);
    aftermath->set_kind(*kind);
    aftermath->set_day(DaysOf(moment.day));
    return Status::Ok();
  }

  // The files are checked as they were delivered then: by the same reader, on their own day.
  Status ReadDelivery(const Moment& moment, const PlainTable::Row& row) {
    auto source = FileSource::Open(folder_ + "/" + row.cells[kResult]);
    if (!source.ok()) return source.status();
    DecodeOptions decode{row.cells[kPartner], {}, {kMunicipality}, moment.day};
    DeliveryReader reader;
    VROEGSEIN_RETURN_IF_ERROR(reader.Open(source->get(), decode));
    DecodedSignal decoded;
    while (true) {
      auto more = reader.Next(&decoded);
      if (!more.ok()) return more.status();
      if (!*more) return Status::Ok();
      if (!decoded.ok()) {
        return Status::Invalid(row.cells[kResult] + " row " + std::to_string(decoded.row) + ": " +
                               decoded.errors[0].code + " at " + decoded.errors[0].field);
      }
      Date day = DateOf(decoded.signal.signal_day());
      last_signal_ = last_signal_ ? std::max(*last_signal_, day) : day;
      *Add(moment, row)->mutable_signal()->mutable_signal() = decoded.signal;
    }
  }

  std::string folder_;
  Timeline* timeline_;
  std::vector<Moment> moments_;
  std::optional<Date> last_signal_;
};

Result<std::string> CaseOf(DataFolder* folder, const SignalId& of_case) {
  const Database& database = folder->database();
  auto known = database.Get(keys::Signal(kMunicipality, of_case.partner, of_case.id));
  if (!known.ok()) return known.status();
  if (!known->has_value()) return Status::Invalid("no such signal was delivered before");
  auto detail = ParseDetail(**known);
  if (!detail.ok()) return detail.status();
  HouseholdId id{kMunicipality, detail->household()};
  auto household = ReadHousehold(database, id, Depth::kCases);
  if (!household.ok()) return household.status();
  if (!household->has_value()) return Status::DataLoss("a signal's household is not there");
  for (const SignalRecord& record : (*household)->signals()) {
    bool same = record.signal().partner() == of_case.partner && record.signal().id() == of_case.id;
    if (same && record.case_number() != 0) return CaseId{id, record.case_number()}.Text();
  }
  return Status::Invalid("that signal is in no case");
}

Status DoStep(TimelineStep step, DataFolder* folder) {
  if (!step.of_case.id.empty()) {
    auto case_id = CaseOf(folder, step.of_case);
    if (!case_id.ok()) return case_id.status();
    if (step.event.has_contact()) step.event.mutable_contact()->set_case_id(*case_id);
    if (step.event.has_outcome()) step.event.mutable_outcome()->set_case_id(*case_id);
  }
  auto outcome = folder->Do(std::move(step.event));
  return outcome.ok() ? outcome->status : outcome.status();
}

}  // namespace

Result<Timeline> ReadTimeline(const std::string& folder, Instant now) {
  auto text = ReadFile(folder + "/verloop.csv");
  if (!text.ok()) return text.status();
  auto table = ReadPlainTable(*text, kHeader, "verloop.csv");
  if (!table.ok()) return table.status();
  Timeline timeline;
  TimelineReader reader(folder, &timeline);
  VROEGSEIN_RETURN_IF_ERROR(reader.Read(table->rows));
  VROEGSEIN_RETURN_IF_ERROR(reader.MoveTo(DayInAmsterdam(now)));
  return timeline;
}

Status Replay(const Timeline& timeline, DataFolder* folder) {
  for (const TimelineStep& step : timeline.steps) {
    VROEGSEIN_RETURN_IF_ERROR(
        DoStep(step, folder).Within("verloop.csv line " + std::to_string(step.line)));
  }
  return Status::Ok();
}

}  // namespace vroegsein
