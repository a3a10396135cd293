// SignalCheck and CheckAftermath: what a record means, once its fields have been read.
//
// One set of checks for every way in: JSON, CSV and later Kafka give the same RawRecord. Every
// check runs, so that a partner sees all errors of a signal at once. A legal person (rechtspersoon)
// is not refused here: that is an outcome of admission, which is fed back as `onterecht signaal`.
//
// Threads: const after construction; any number at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/decode_options.h"
#include "ingest/field_error.h"
#include "ingest/record.h"
#include "ingest/signal.pb.h"

namespace vroegsein {

inline constexpr int64_t kArrearsCentsMax = 100'000'000;  // EUR 1,000,000.00
inline constexpr int64_t kRemindersMax = 999;
inline constexpr int kThreatMonthsAheadMax = 24;
inline constexpr size_t kCustomerNumberCharsMax = 64;
inline constexpr size_t kInitialsCharsMax = 60;
inline constexpr size_t kPrefixCharsMax = 30;
inline constexpr size_t kSurnameCharsMax = 200;  // BRP: geslachtsnaam
inline constexpr size_t kStreetCharsMax = 80;    // BAG: openbare ruimte
inline constexpr size_t kSuffixCharsMax = 20;
inline constexpr size_t kTownCharsMax = 80;  // BAG: woonplaats

class SignalCheck {
 public:
  explicit SignalCheck(DecodeOptions options);

  // Fills `*signal` (cleared first) and appends to `*errors`; where a field is wrong, the signal
  // lacks it. REQUIRES: `record` was read with SignalShape().
  void Check(const RawRecord& record, Signal* signal, std::vector<FieldError>* errors) const;

  const DecodeOptions& options() const { return options_; }

 private:
  DecodeOptions options_;  // municipalities and sectors sorted
};

// The same for an aftermath (afloop), read with AftermathShape().
void CheckAftermath(const RawRecord& record, const DecodeOptions& options, Aftermath* aftermath,
                    std::vector<FieldError>* errors);

// The id field of `record` when it is a valid id, else empty: what a receipt may repeat.
std::string_view ReadableId(const RecordShape& shape, const RawRecord& record);

}  // namespace vroegsein
