#include "alerts/report/ddas_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "ingest/receipt.h"

namespace vroegsein {
namespace {

constexpr int64_t kCentsPerEuro = 100;
constexpr size_t kBsnSize = 9;

// An object of JSON that knows whether it needs a comma.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string* out) : out_(out) { *out_ += '{'; }
  void Text(std::string_view name, std::string_view value) {
    Name(name);
    AppendJsonString(value, out_);
  }
  void Day(std::string_view name, Date day) { Text(name, FormatDate(day)); }
  void Flag(std::string_view name, bool value) {
    Name(name);
    *out_ += value ? "true" : "false";
  }
  void Number(std::string_view name, int64_t value) {
    Name(name);
    fmt::format_to(std::back_inserter(*out_), "{}", value);
  }
  // What follows is written by the caller.
  std::string* Open(std::string_view name) {
    Name(name);
    return out_;
  }
  void Close() { *out_ += '}'; }

 private:
  void Name(std::string_view name) {
    if (!first_) *out_ += ',';
    first_ = false;
    fmt::format_to(std::back_inserter(*out_), "\"{}\":", name);
  }

  std::string* out_;
  bool first_ = true;
};

std::string IdOf(const Signal& signal) { return signal.partner() + ":" + signal.id(); }

bool IsIn(const Period& period, const SignalRecord& record) {
  return period.Contains(DayInAmsterdam(InstantOf(record.received_ms())));
}

int64_t WholeEuros(int64_t cents) { return (cents + kCentsPerEuro / 2) / kCentsPerEuro; }

void AppendClient(const Client& client, std::string* out) {
  ObjectWriter object(out);
  if (client.bsn().size() == kBsnSize) {
    object.Text("burgerservicenummer", client.bsn());
    return object.Close();
  }
  if (client.has_birth_day()) object.Day("geboortedatum", DateOf(client.birth_day()));
  object.Text("postcode", client.postcode());
  object.Text("huisnummer", client.house_number());
  if (!client.house_number_suffix().empty()) {
    object.Text("huisnummertoevoeging", client.house_number_suffix());
  }
  object.Close();
}

void AppendSignal(const SignalRecord& record, std::string* out) {
  const Signal& signal = record.signal();
  ObjectWriter object(out);
  object.Text("ID", IdOf(signal));
  object.Flag("crisissignaal", record.decision().crisis() || signal.crisis());
  object.Flag("warmeOverdracht", signal.warm_handover());
  object.Number("bedrag", WholeEuros(signal.arrears_cents()));
  object.Day("ontstaansdatum", DateOf(signal.origin_day()));
  object.Day("signaaldatum", DateOf(signal.signal_day()));
  object.Text("status", ddas::NameOf(record.status()));
  ObjectWriter partner(object.Open("signaalpartner"));
  partner.Text("type", signal.sector());
  partner.Close();
  AppendClient(signal.client(), object.Open("client"));
  object.Close();
}

void AppendAttempt(const ContactAttempt& attempt, std::string* out) {
  ObjectWriter object(out);
  object.Text("soort", attempt.kind());
  object.Flag("bereikt", attempt.reached());
  object.Day("datum", DateOf(attempt.day()));
  if (!attempt.day_part().empty()) object.Text("dagdeel", attempt.day_part());
  object.Close();
}

template <typename Items, typename Append>
void AppendList(const Items& items, const Append& append, std::string* out) {
  *out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) *out += ',';
    first = false;
    append(item, out);
  }
  *out += ']';
}

Date FirstAttemptDay(const CaseRecord& case_record) {
  int32_t first = case_record.attempts(0).day();
  for (const ContactAttempt& attempt : case_record.attempts()) {
    first = std::min(first, attempt.day());
  }
  return DateOf(first);
}

// REQUIRES: the case holds at least one signal.
Date MatchingMonth(const std::vector<const SignalRecord*>& signals) {
  int32_t earliest = signals.front()->signal().signal_day();
  for (const SignalRecord* record : signals) {
    earliest = std::min(earliest, record->signal().signal_day());
  }
  return FirstOfMonth(DateOf(earliest));
}

void AppendReference(const SignalRecord* record, std::string* out) {
  ObjectWriter object(out);
  object.Text("ID", IdOf(record->signal()));
  object.Close();
}

void AppendCase(const CaseRecord& case_record, Date month,
                const std::vector<const SignalRecord*>& shown, std::string* out) {
  ObjectWriter object(out);
  if (case_record.has_closed_ms()) object.Text("resultaat", case_record.outcome());
  object.Day("matchingsdatum", DayInAmsterdam(InstantOf(case_record.opened_ms())));
  object.Day("startdatumMatchingperiode", month);
  if (case_record.attempts_size() > 0) object.Day("datumOpgepakt", FirstAttemptDay(case_record));
  object.Day("einddatumMatchingperiode", AddMonths(month, 1) - std::chrono::days(1));
  AppendList(shown, AppendReference, object.Open("vroegsignalen"));
  AppendList(case_record.attempts(), AppendAttempt, object.Open("contactpogingen"));
  object.Close();
}

// One levering: a household's part of it is made in memory, then handed over.
class DeliveryWriter {
 public:
  DeliveryWriter(const Period& period, const HouseholdWalk& walk, const WriteText& write)
      : period_(period), walk_(walk), write_(write) {}

  Status Write(const MunicipalitySettings& settings, size_t number) {
    ObjectWriter object(&text_);
    object.Number("teller", static_cast<int64_t>(number));
    object.Text("gemeentecode", settings.code());
    ObjectWriter organisation(object.Open("aanleverendeOrganisatie"));
    organisation.Text("naam", settings.name().empty() ? settings.code() : settings.name());
    organisation.Close();
    object.Open("vroegsignaalzaken");
    VROEGSEIN_RETURN_IF_ERROR(WriteList(settings.code(), &DeliveryWriter::AddCases));
    object.Open("vroegsignalen");
    VROEGSEIN_RETURN_IF_ERROR(WriteList(settings.code(), &DeliveryWriter::AddSignals));
    object.Close();
    return Flush();
  }

 private:
  using AddFunction = void (DeliveryWriter::*)(const HouseholdRecord&);

  Status WriteList(const std::string& municipality, AddFunction add) {
    text_ += '[';
    first_ = true;
    VROEGSEIN_RETURN_IF_ERROR(walk_(municipality, [&](const HouseholdRecord& household) {
      (this->*add)(household);
      return Flush();
    }));
    text_ += ']';
    return Status::Ok();
  }

  void NextItem() {
    text_ += first_ ? "\n" : ",\n";
    first_ = false;
  }

  void AddSignals(const HouseholdRecord& household) {
    for (const SignalRecord& record : household.signals()) {
      if (!IsIn(period_, record)) continue;
      NextItem();
      AppendSignal(record, &text_);
    }
  }

  void AddCases(const HouseholdRecord& household) {
    for (const CaseRecord& case_record : household.cases()) {
      auto signals = SignalsOf(household, case_record.number());
      std::vector<const SignalRecord*> shown;
      std::copy_if(signals.begin(), signals.end(), std::back_inserter(shown),
                   [&](const SignalRecord* record) { return IsIn(period_, *record); });
      if (shown.empty()) continue;
      NextItem();
      AppendCase(case_record, MatchingMonth(signals), shown, &text_);
    }
  }

  Status Flush() {
    Status status = text_.empty() ? Status::Ok() : write_(text_);
    text_.clear();
    return status;
  }

  const Period& period_;
  const HouseholdWalk& walk_;
  const WriteText& write_;
  std::string text_;
  bool first_ = true;
};

}  // namespace

Status ExportDdas(const DdasExportOptions& options,
                  const std::vector<MunicipalitySettings>& municipalities,
                  const HouseholdWalk& walk, const WriteText& write) {
  VROEGSEIN_CHECK(options.period.from <= options.period.to);
  std::string supplier = options.supplier_code;
  if (supplier.empty() && !municipalities.empty()) supplier = municipalities.front().code();
  std::string text;
  ObjectWriter object(&text);
  object.Day("startdatumLevering", options.period.from);
  object.Day("einddatumLevering", options.period.to);
  object.Text("aanleverdatumEnTijd", FormatInstant(options.now));
  object.Text("codeGegevensleverancier", supplier);
  // The list is optional, and when it is there it is not empty.
  if (!municipalities.empty()) object.Open("leveringen")->push_back('[');
  VROEGSEIN_RETURN_IF_ERROR(write(text));
  DeliveryWriter delivery(options.period, walk, write);
  for (size_t i = 0; i < municipalities.size(); ++i) {
    if (i > 0) VROEGSEIN_RETURN_IF_ERROR(write(","));
    VROEGSEIN_RETURN_IF_ERROR(delivery.Write(municipalities[i], i + 1));
  }
  return write(municipalities.empty() ? "}\n" : "]}\n");
}

}  // namespace vroegsein
