#include "alerts/access/access_log.h"

#include <fmt/format.h>
#include <sodium.h>

#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr uint32_t kAccessVersion = 1;
constexpr char kHeadKey[] = "h";
constexpr char kExpiredKey[] = "b";
constexpr size_t kExpiredAtOnce = 10'000;
constexpr size_t kProblemsMax = 100;
constexpr uint64_t kScanStep = 256;

std::string RecordKey(uint64_t number) { return std::string("a").append(keys::EncodeU64(number)); }
std::string ReasonKey(uint64_t number) { return std::string("r").append(keys::EncodeU64(number)); }

std::string HashOf(std::string_view bytes) {
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return hash;
}

AccessRecord RecordOf(const AccessEntry& entry, Instant now) {
  AccessRecord record;
  record.set_version(kAccessVersion);
  record.set_at_ms(MillisOf(now));
  record.set_user(entry.user);
  record.set_role(entry.role);
  record.set_operation(entry.operation);
  record.set_status(static_cast<uint32_t>(entry.status));
  size_t kept = std::min(entry.subjects.size(), AccessLog::kSubjectsMax);
  for (size_t i = 0; i < kept; ++i) record.add_subjects(entry.subjects[i]);
  return record;
}

// The last record of the log; or, by kExpiredKey, the last that had its time.
Result<AccessHead> ReadHead(const Database& database, const char* key = kHeadKey) {
  auto bytes = database.Get(key);
  if (!bytes.ok()) return bytes.status();
  AccessHead head;
  if (bytes->has_value() && !head.ParseFromString(**bytes)) {
    return Status::DataLoss("the head of the access log cannot be read");
  }
  return head;
}

}  // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::Open(Workplace* workplace,
                                                   std::function<std::string(size_t)> chance) {
  auto head = ReadHead(workplace->database());
  if (!head.ok()) return head.status();
  return std::unique_ptr<AccessLog>(new AccessLog(workplace, std::move(chance), std::move(*head)));
}

Status AccessLog::Append(const AccessEntry& entry, Instant now) {
  AccessRecord record = RecordOf(entry, now);
  AccessReason reason;
  if (!entry.reason.empty()) {
    reason.set_salt(chance_(kSaltBytes));
    reason.set_text(entry.reason);
    reason.set_at_ms(MillisOf(now));
    record.set_reason_hash(HashOf(reason.salt() + reason.text()));
  }
  return workplace_->Write([&](Batch* batch) {
    record.set_number(head_.number() + 1);
    record.set_previous(head_.hash());
    std::string bytes = record.SerializeAsString();
    head_.set_number(record.number());
    head_.set_hash(HashOf(bytes));
    batch->Put(RecordKey(record.number()), bytes);
    batch->Put(kHeadKey, head_.SerializeAsString());
    if (record.reason_hash().empty()) return;
    batch->Put(ReasonKey(record.number()), reason.SerializeAsString());
  });
}

Status AccessLog::Expire(Date before) {
  const Database& database = workplace_->database();
  size_t total = 0, some = kExpiredAtOnce;
  while (some == kExpiredAtOnce && total < kExpiredMax) {
    some = 0;
    AccessHead last;
    std::vector<std::string> gone;
    Status scanned = database.Scan("a", "b", [&](std::string_view key, std::string_view value) {
      AccessRecord record;
      bool read = record.ParseFromArray(value.data(), static_cast<int>(value.size()));
      // What cannot be read stays, for verify to tell of.
      if (!read || DayInAmsterdam(InstantOf(record.at_ms())) >= before) return false;
      last.set_number(record.number());
      last.set_hash(HashOf(value));
      gone.emplace_back(key);
      gone.push_back(ReasonKey(record.number()));
      return ++some < kExpiredAtOnce;
    });
    VROEGSEIN_RETURN_IF_ERROR(scanned);
    if (some == 0) break;
    VROEGSEIN_RETURN_IF_ERROR(workplace_->Write([&](Batch* batch) {
      for (const std::string& key : gone) batch->Delete(key);
      batch->Put(kExpiredKey, last.SerializeAsString());
    }));
    total += some;
  }
  return total == 0 ? Status::Ok() : workplace_->RewriteFiles();
}

Status AccessLog::ReadBack(uint64_t before, const Each& each) const {
  const Database& database = workplace_->database();
  auto head = ReadHead(database);
  if (!head.ok()) return head.status();
  uint64_t end = before == 0 ? head->number() + 1 : std::min(before, head->number() + 1);
  auto expired = ReadHead(database, kExpiredKey);
  if (!expired.ok()) return expired.status();
  uint64_t first = expired->number() + 1;
  while (end > first) {
    uint64_t begin = end > first + kScanStep ? end - kScanStep : first;
    std::vector<AccessRecord> records;
    auto add = [&](std::string_view, std::string_view value) {
      records.emplace_back();
      return records.back().ParseFromArray(value.data(), static_cast<int>(value.size()));
    };
    VROEGSEIN_RETURN_IF_ERROR(database.Scan(RecordKey(begin), RecordKey(end), add));
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
      AccessReason reason;
      if (!record->reason_hash().empty()) {
        auto bytes = database.Get(ReasonKey(record->number()));
        if (!bytes.ok()) return bytes.status();
        if (bytes->has_value() && !reason.ParseFromString(**bytes)) reason.Clear();
      }
      if (!each(*record, reason.text())) return Status::Ok();
    }
    end = begin;
  }
  return Status::Ok();
}

Result<AccessVerification> VerifyAccessLog(const Database& database) {
  AccessVerification found;
  auto head = ReadHead(database);
  if (!head.ok()) return head.status();
  auto problem = [&](std::string what) {
    if (found.problems.size() < kProblemsMax) found.problems.push_back(std::move(what));
  };
  auto expired = ReadHead(database, kExpiredKey);
  if (!expired.ok()) return expired.status();
  uint64_t number = expired->number();
  std::string previous = expired->hash();
  Status scanned = database.Scan("a", "b", [&](std::string_view, std::string_view value) {
    AccessRecord record;
    bool read = record.ParseFromArray(value.data(), static_cast<int>(value.size()));
    ++found.records;
    ++number;
    if (!read || record.number() != number) {
      problem(fmt::format("access log: record {} is not there", number));
      if (read) number = record.number();
    } else if (record.previous() != previous) {
      problem(fmt::format("access log: record {} or the one before was changed", record.number()));
    }
    previous = HashOf(value);
    return true;
  });
  VROEGSEIN_RETURN_IF_ERROR(scanned);
  if (head->number() != number || head->hash() != previous) {
    problem("access log: the last records were changed or are not there");
  }
  for (char byte : head->hash()) {
    found.head += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  }
  return found;
}

}  // namespace vroegsein
