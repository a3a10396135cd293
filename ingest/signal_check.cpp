#include "ingest/signal_check.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "ingest/field_check.h"
#include "ingest/phone_number.h"
#include "ingest/record_check.h"
#include "ingest/signal_shape.h"

namespace vroegsein {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr Date kFirstSignalDay = Date(year(2000) / month(1) / day(1));
constexpr Date kFirstBirthDay = Date(year(1900) / month(1) / day(1));
constexpr size_t kCodeWordCharsMax = 64;  // soort, dreiging, afloop: longer is no word of ours

size_t Index(SignalField field) { return static_cast<size_t>(field); }
size_t Index(AftermathField field) { return static_cast<size_t>(field); }

template <typename Names, typename NameOf>
std::string Join(const Names& names, NameOf name_of) {
  std::string text;
  for (const auto& entry : names) {
    if (!text.empty()) text += ", ";
    text += name_of(entry);
  }
  return text;
}

// One signal under inspection.
class Inspection {
 public:
  Inspection(const RawRecord& record, const DecodeOptions& options, Signal* signal,
             std::vector<FieldError>* errors)
      : check_(SignalShape(), record, options.today, errors), options_(options), signal_(*signal) {}

  void Run() {
    signal_.set_partner(options_.partner);
    if (auto id = check_.Id(Index(SignalField::kId))) signal_.mutable_id()->assign(*id);
    Sector();
    Municipality();
    Dates();
    Arrears();
    Text(SignalField::kCustomerNumber, kCustomerNumberCharsMax, signal_.mutable_customer_number());
    ThreatAndItsDay();
    signal_.set_crisis(Flag(SignalField::kCrisis));
    signal_.set_warm_handover(Flag(SignalField::kWarmHandover));
    CheckEffort();
    Person();
    Address();
    Contact();
  }

 private:
  bool Flag(SignalField field) const { return check_.Flag(Index(field)); }

  void Text(SignalField field, size_t chars_max, std::string* out) {
    if (auto text = check_.Text(Index(field), chars_max)) out->assign(*text);
  }

  void Sector() {
    size_t field = Index(SignalField::kSector);
    auto sector = check_.Text(field, kCodeWordCharsMax);
    if (!sector) return;
    if (std::find(kSectors.begin(), kSectors.end(), *sector) == kSectors.end()) {
      check_.Fail(field, ErrorCode::kSectorUnknown,
                  Join(kSectors, [](std::string_view name) { return name; }));
    } else if (!options_.sectors.empty() &&
               !std::binary_search(options_.sectors.begin(), options_.sectors.end(), *sector)) {
      check_.Fail(field, ErrorCode::kSectorNotAllowed);
    } else {
      signal_.mutable_sector()->assign(*sector);
    }
  }

  void Municipality() {
    size_t field = Index(SignalField::kMunicipality);
    auto code = check_.Text(field, kCodeWordCharsMax);
    if (!code) return;
    bool digits =
        std::all_of(code->begin(), code->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (code->size() != 4 || !digits) {
      check_.Fail(field, ErrorCode::kMunicipalityInvalid);
    } else if (!std::binary_search(options_.municipalities.begin(), options_.municipalities.end(),
                                   *code)) {
      check_.Fail(field, ErrorCode::kMunicipalityUnknown);
    } else {
      signal_.mutable_municipality()->assign(*code);
    }
  }

  void Dates() {
    auto signal_day = check_.PastDay(Index(SignalField::kSignalDate), kFirstSignalDay);
    auto origin_day = check_.PastDay(Index(SignalField::kOriginDate), kFirstSignalDay);
    if (signal_day) signal_.set_signal_day(DaysOf(*signal_day));
    if (!origin_day) return;
    signal_.set_origin_day(DaysOf(*origin_day));
    if (signal_day && *origin_day > *signal_day) {
      check_.Fail(Index(SignalField::kOriginDate), ErrorCode::kDateOrder);
    }
  }

  void Arrears() {
    size_t field = Index(SignalField::kArrearsCents);
    auto cents = check_.Integer(field);
    if (!cents) return;
    if (*cents <= 0) {
      check_.Fail(field, ErrorCode::kAmountNotPositive);
    } else if (*cents > kArrearsCentsMax) {
      check_.Fail(field, ErrorCode::kAmountTooHigh, std::to_string(kArrearsCentsMax));
    } else {
      signal_.set_arrears_cents(*cents);
    }
  }

  void ThreatAndItsDay() {
    bool refused = !ThreatKind();
    size_t field = Index(SignalField::kThreatDate);
    auto threat_day = check_.Day(field);
    if (!threat_day) return;
    if (*threat_day < kFirstSignalDay) {
      check_.Fail(field, ErrorCode::kDateTooOld, FormatDate(kFirstSignalDay));
    } else if (*threat_day > AddMonths(check_.today(), kThreatMonthsAheadMax)) {
      check_.Fail(field, ErrorCode::kDateTooFar, std::to_string(kThreatMonthsAheadMax));
    } else if (signal_.threat() == THREAT_NONE && !refused) {
      check_.Fail(field, ErrorCode::kThreatMissing);
    } else {
      signal_.set_threat_day(DaysOf(*threat_day));
    }
  }

  // False when there is a threat that we do not know.
  bool ThreatKind() {
    size_t field = Index(SignalField::kThreat);
    if (check_.State(field) == RawState::kFaulty) return false;
    auto name = check_.Text(field, kCodeWordCharsMax);
    if (!name) return true;
    for (const ThreatName& known : kThreatNames) {
      if (known.name == *name) {
        signal_.set_threat(known.threat);
        return true;
      }
    }
    check_.Fail(field, ErrorCode::kThreatUnknown,
                Join(kThreatNames, [](const ThreatName& known) { return known.name; }));
    return false;
  }

  void CheckEffort() {
    size_t field = Index(SignalField::kReminders);
    Effort& effort = *signal_.mutable_effort();
    if (auto reminders = check_.Integer(field)) {
      if (*reminders < 0 || *reminders > kRemindersMax) {
        check_.Fail(field, ErrorCode::kNumberRange,
                    "0 tot en met " + std::to_string(kRemindersMax));
      } else {
        effort.set_reminders(static_cast<uint32_t>(*reminders));
      }
    }
    effort.set_personal_contact(Flag(SignalField::kPersonalContact));
    effort.set_help_offered(Flag(SignalField::kHelpOffered));
    if (Flag(SignalField::kObjection)) {
      check_.Fail(Index(SignalField::kObjection), ErrorCode::kObjection);
    }
  }

  void Person() {
    Client& client = *signal_.mutable_client();
    Text(SignalField::kInitials, kInitialsCharsMax, client.mutable_initials());
    Text(SignalField::kPrefix, kPrefixCharsMax, client.mutable_prefix());
    Text(SignalField::kSurname, kSurnameCharsMax, client.mutable_surname());
    auto birth_day = check_.PastDay(Index(SignalField::kBirthDate), kFirstBirthDay);
    if (birth_day) client.set_birth_day(DaysOf(*birth_day));
    client.set_legal_person(Flag(SignalField::kLegalPerson));
    size_t field = Index(SignalField::kBsn);
    if (auto bsn = check_.Text(field, kCodeWordCharsMax)) {
      if (IsBsn(*bsn)) {
        client.mutable_bsn()->assign(*bsn);
      } else {
        check_.Fail(field, ErrorCode::kBsnInvalid);
      }
    }
  }

  void Address() {
    Client& client = *signal_.mutable_client();
    Text(SignalField::kStreet, kStreetCharsMax, client.mutable_street());
    Text(SignalField::kHouseNumberSuffix, kSuffixCharsMax, client.mutable_house_number_suffix());
    Text(SignalField::kTown, kTownCharsMax, client.mutable_town());
    size_t field = Index(SignalField::kPostcode);
    if (auto text = check_.Text(field, kCodeWordCharsMax)) {
      auto postcode = RepairPostcode(*text);
      if (!postcode) check_.Fail(field, ErrorCode::kPostcodeInvalid);
      if (postcode) client.set_postcode(*std::move(postcode));
    }
    field = Index(SignalField::kHouseNumber);
    if (auto text = check_.Text(field, kCodeWordCharsMax)) {
      auto error = RepairHouseNumber(*text, client.mutable_house_number());
      if (error) check_.Fail(field, *error, std::to_string(kHouseNumberMax));
    }
  }

  void Contact() {
    Client& client = *signal_.mutable_client();
    size_t field = Index(SignalField::kPhone);
    if (auto text = check_.Text(field, kPhoneCharsMax)) {
      auto phone = PhoneToE164(*text);
      if (!phone) check_.Fail(field, ErrorCode::kPhoneInvalid);
      if (phone) client.set_phone(*std::move(phone));
    }
    field = Index(SignalField::kEmail);
    if (auto text = check_.Text(field, kEmailCharsMax)) {
      if (IsPlausibleEmail(*text)) {
        client.mutable_email()->assign(*text);
      } else {
        check_.Fail(field, ErrorCode::kEmailInvalid);
      }
    }
  }

  RecordCheck check_;
  const DecodeOptions& options_;
  Signal& signal_;
};

}  // namespace

SignalCheck::SignalCheck(DecodeOptions options) : options_(std::move(options)) {
  std::sort(options_.municipalities.begin(), options_.municipalities.end());
  std::sort(options_.sectors.begin(), options_.sectors.end());
}

void SignalCheck::Check(const RawRecord& record, Signal* signal,
                        std::vector<FieldError>* errors) const {
  signal->Clear();
  Inspection(record, options_, signal, errors).Run();
}

void CheckAftermath(const RawRecord& record, const DecodeOptions& options, Aftermath* aftermath,
                    std::vector<FieldError>* errors) {
  aftermath->Clear();
  aftermath->set_partner(options.partner);
  RecordCheck check(AftermathShape(), record, options.today, errors);
  if (auto id = check.Id(Index(AftermathField::kSignalId))) {
    aftermath->mutable_signal_id()->assign(*id);
  }
  if (auto name = check.Text(Index(AftermathField::kKind), kCodeWordCharsMax)) {
    auto known = std::find_if(kAftermathNames.begin(), kAftermathNames.end(),
                              [&](const AftermathName& entry) { return entry.name == *name; });
    if (known != kAftermathNames.end()) {
      aftermath->set_kind(known->kind);
    } else {
      check.Fail(Index(AftermathField::kKind), ErrorCode::kAftermathUnknown,
                 Join(kAftermathNames, [](const AftermathName& entry) { return entry.name; }));
    }
  }
  auto date = check.PastDay(Index(AftermathField::kDate), kFirstSignalDay);
  if (date) aftermath->set_day(DaysOf(*date));
}

std::string_view ReadableId(const RecordShape& shape, const RawRecord& record) {
  const RawValue& value = record.values[shape.id_field];
  std::string_view id = TrimSpace(value.text);
  if (value.state != RawState::kPresent || CheckId(id)) return {};
  return id;
}

}  // namespace vroegsein
