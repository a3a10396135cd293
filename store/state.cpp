#include "store/state.h"

#include <algorithm>
#include <span>

#include "store/keys.h"
#include "store/record_check.h"

namespace vroegsein {
namespace {

template <typename Record>
Status ParseInto(std::string_view bytes, std::string_view what, Record* record) {
  if (!record->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Status::DataLoss("a " + std::string(what) + " record cannot be read");
  }
  return Status::Ok();
}

std::span<const uint64_t> NumbersIn(const HouseholdNumbers& entry) {
  return {entry.numbers().data(), static_cast<size_t>(entry.numbers_size())};
}

// An entry of an index as it stands in the store.
Status ReadEntry(std::string_view bytes, HouseholdNumbers* entry) {
  VROEGSEIN_RETURN_IF_ERROR(ParseInto(bytes, "index", entry));
  bool whole = std::all_of(entry->numbers().begin(), entry->numbers().end(), [](uint64_t number) {
    return number > 0 && number < kHouseholdsInIndexMax;
  });
  return whole ? Status::Ok() : Status::DataLoss("an index names a household that cannot be");
}

// What an entry of the cache of bytes costs beside its text.
constexpr size_t kEntryBytes = 64;
// Records that wait for a next household: as many as an event may need.
constexpr size_t kBlanksMax = 64;
constexpr uint64_t kHouseholdNumbers = kHouseholdsInIndexMax;

}  // namespace

struct State::Household {
  HouseholdRecord record;
};

State::State(const Database* database, const StateOptions& options)
    : database_(database),
      options_(options),
      household_bytes_(options.household_bytes_max),
      indexes_(options.cached_indexes_max) {}
State::~State() = default;

State::HouseholdCode State::CodeOf(const HouseholdId& id) {
  VROEGSEIN_CHECK(IsMunicipalityCode(id.municipality) && id.number < kHouseholdNumbers);
  uint64_t municipality = 0;
  for (char digit : id.municipality) municipality = municipality * 10 + uint64_t(digit - '0');
  return municipality * kHouseholdNumbers + id.number;
}

HouseholdId State::IdOf(HouseholdCode code) {
  std::string municipality = std::to_string(code / kHouseholdNumbers);
  municipality.insert(0, 4 - municipality.size(), '0');
  return {std::move(municipality), code % kHouseholdNumbers};
}

std::unique_ptr<State::Household> State::Blank() {
  if (blanks_.empty()) return std::make_unique<Household>();
  auto blank = std::move(blanks_.back());
  blanks_.pop_back();
  return blank;
}

State::Cached& State::Insert(HouseholdCode code, std::unique_ptr<Household> household) {
  recency_.push_front(code);
  Cached& cached = households_[code];
  cached.household = std::move(household);
  cached.recency = recency_.begin();
  return cached;
}

Result<std::unique_ptr<State::Household>> State::Load(const HouseholdId& id, HouseholdCode code) {
  std::string_view bytes;
  std::optional<std::string> read;
  if (auto written = written_.find(code); written != written_.end()) {
    if (!written->second.has_value()) return std::unique_ptr<Household>();
    bytes = *written->second;
  } else if (const std::string* known = household_bytes_.Find(code)) {
    bytes = *known;
  } else {
    auto stored = database_->Get(keys::Household(id));
    if (!stored.ok()) return stored.status();
    ++households_read_;
    if (!stored->has_value()) return std::unique_ptr<Household>();
    read = std::move(*stored);
    bytes = *read;
  }
  auto household = Blank();
  VROEGSEIN_RETURN_IF_ERROR(ParseInto(bytes, "household", &household->record));
  // What was in memory we wrote ourselves, or looked at when it came from the disk.
  if (read.has_value()) VROEGSEIN_RETURN_IF_ERROR(CheckHousehold(household->record));
  return household;
}

Result<HouseholdRecord*> State::FindHousehold(const HouseholdId& id) {
  if (id.number >= kHouseholdNumbers) return static_cast<HouseholdRecord*>(nullptr);
  HouseholdCode code = CodeOf(id);
  auto found = households_.find(code);
  if (found != households_.end()) {
    recency_.splice(recency_.begin(), recency_, found->second.recency);
    const auto& known = found->second.household;
    return known == nullptr ? nullptr : &known->record;
  }
  auto household = Load(id, code);
  if (!household.ok()) return household.status();
  if (*household == nullptr) return static_cast<HouseholdRecord*>(nullptr);
  return &Insert(code, std::move(*household)).household->record;
}

Result<HouseholdRecord*> State::MakeHousehold(const std::string& municipality) {
  auto counters = Counters(municipality);
  if (!counters.ok()) return counters.status();
  (*counters)->set_households((*counters)->households() + 1);
  return Make({municipality, (*counters)->households()});
}

Result<HouseholdRecord*> State::MakeHousehold(const HouseholdId& id) {
  auto there = FindHousehold(id);
  if (!there.ok()) return there;
  VROEGSEIN_CHECK(*there == nullptr);
  return Make(id);
}

HouseholdRecord* State::Make(const HouseholdId& id) {
  auto household = Blank();
  HouseholdRecord* record = &household->record;
  record->set_version(kRecordVersion);
  record->set_municipality(id.municipality);
  record->set_number(id.number);
  HouseholdCode code = CodeOf(id);
  if (auto erased = households_.find(code); erased != households_.end()) {
    erased->second.household = std::move(household);
  } else {
    Insert(code, std::move(household));
  }
  Changed(*record);
  return record;
}

void State::Changed(const HouseholdRecord& household) {
  if (last_changed_ == &household) return;
  last_changed_ = &household;
  HouseholdCode code = CodeOf({household.municipality(), household.number()});
  Cached& cached = households_.at(code);
  VROEGSEIN_CHECK(cached.household != nullptr && &cached.household->record == &household);
  if (!cached.dirty) dirty_.push_back(code);
  cached.dirty = true;
}

void State::Erase(const HouseholdId& id) {
  HouseholdCode code = CodeOf(id);
  auto found = households_.find(code);
  Cached& cached = found != households_.end() ? found->second : Insert(code, nullptr);
  cached.household.reset();
  last_changed_ = nullptr;
  if (!cached.dirty) dirty_.push_back(code);
  cached.dirty = true;
}

Result<State::CachedMunicipality*> State::Municipality(const std::string& municipality) {
  bool again = last_municipality_ != nullptr && last_municipality_->first == municipality;
  if (again) return &last_municipality_->second;
  auto found = municipalities_.find(municipality);
  if (found != municipalities_.end()) {
    last_municipality_ = &*found;
    return &found->second;
  }
  CachedMunicipality cached;
  auto record = database_->Get(keys::Municipality(municipality));
  if (!record.ok()) return record.status();
  if (record->has_value()) {
    VROEGSEIN_RETURN_IF_ERROR(ParseInto(**record, "municipality", &cached.record));
  }
  auto texts = database_->Get(keys::Texts(municipality));
  if (!texts.ok()) return texts.status();
  if (texts->has_value()) VROEGSEIN_RETURN_IF_ERROR(ParseInto(**texts, "texts", &cached.texts));
  for (const std::string& text : cached.texts.texts()) {
    cached.text_numbers.emplace(text, static_cast<uint32_t>(cached.text_numbers.size() + 1));
  }
  auto counters = database_->Get(keys::Counters(municipality));
  if (!counters.ok()) return counters.status();
  if (counters->has_value()) {
    VROEGSEIN_RETURN_IF_ERROR(ParseInto(**counters, "counters", &cached.counters));
  }
  return &municipalities_.emplace(municipality, std::move(cached)).first->second;
}

Result<MunicipalityRecord*> State::FindMunicipality(const std::string& municipality) {
  auto cached = Municipality(municipality);
  if (!cached.ok()) return cached.status();
  return &(*cached)->record;
}

void State::Changed(const MunicipalityRecord& record) {
  auto found = municipalities_.find(record.settings().code());
  VROEGSEIN_CHECK(found != municipalities_.end() && &found->second.record == &record);
  found->second.record_dirty = true;
}

Result<CountersRecord*> State::Counters(const std::string& municipality) {
  auto cached = Municipality(municipality);
  if (!cached.ok()) return cached.status();
  (*cached)->counters_dirty = true;
  return &(*cached)->counters;
}

Result<uint32_t> State::NumberOfText(const std::string& municipality, const std::string& text) {
  auto cached = Municipality(municipality);
  if (!cached.ok()) return cached.status();
  auto next = static_cast<uint32_t>((*cached)->text_numbers.size() + 1);
  auto [found, added] = (*cached)->text_numbers.try_emplace(text, next);
  if (added) {
    (*cached)->texts.set_version(kRecordVersion);
    (*cached)->texts.add_texts(text);
    (*cached)->texts_dirty = true;
  }
  return found->second;
}

Result<std::vector<State::NumberedText>*> State::NumbersOf(const std::string& municipality,
                                                           const std::string& source) {
  auto cached = Municipality(municipality);
  if (!cached.ok()) return cached.status();
  return &(*cached)->numbers_of[source];
}

Result<std::optional<std::string>> State::Get(const std::string& key) {
  auto changed = changes_.find(key);
  if (changed != changes_.end()) return changed->second;
  if (absent_.contains(key)) return std::optional<std::string>();
  return database_->Get(key);
}

Status State::Expect(std::vector<std::string> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  auto missing = database_->Missing(std::move(keys));
  if (!missing.ok()) return missing.status();
  absent_.clear();
  missing_ = std::move(*missing);
  absent_.reserve(missing_.size());
  absent_.insert(missing_.begin(), missing_.end());
  return Status::Ok();
}

void State::Put(std::string key, std::string value) { changes_[std::move(key)] = std::move(value); }
void State::Delete(std::string key) { changes_[std::move(key)] = std::nullopt; }

Result<std::vector<std::string>> State::Keys(const std::string& begin, const std::string& end,
                                             size_t max) {
  std::map<std::string, bool> there;  // in order; false: deleted since
  for (const auto& [key, value] : changes_) {
    if (key >= begin && key < end) there.emplace(key, value.has_value());
  }
  size_t deleted = there.size();
  Status scanned = database_->Scan(begin, end, [&](std::string_view key, std::string_view) {
    there.try_emplace(std::string(key), true);
    return there.size() < max + deleted;
  });
  if (!scanned.ok()) return scanned;
  std::vector<std::string> found;
  for (const auto& [key, is_there] : there) {
    if (is_there && found.size() < max) found.push_back(key);
  }
  return found;
}

// An index that fits is read once, and whole: then what is not in memory is not in the store.
Status State::LoadIndexes() {
  indexes_loaded_ = true;
  if (database_->ApproximateIndexKeys() > options_.cached_indexes_max) return Status::Ok();
  Status failed;
  auto keep = [&](std::string_view key, std::string_view value) {
    auto parsed = keys::ParseIndex(key);
    failed = parsed ? ReadEntry(value, &numbers_) : Status::DataLoss("an index is damaged");
    if (!failed.ok()) return false;
    indexes_.Keep(*parsed, NumbersIn(numbers_));
    return indexes_.size() < options_.cached_indexes_max;
  };
  for (auto kind :
       {keys::IndexKind::kAddress, keys::IndexKind::kCustomer, keys::IndexKind::kPerson}) {
    std::string begin = keys::Indexes(kind);
    VROEGSEIN_RETURN_IF_ERROR(database_->Scan(begin, keys::After(begin), keep));
    VROEGSEIN_RETURN_IF_ERROR(failed);
  }
  if (indexes_.size() < options_.cached_indexes_max) indexes_.SetComplete();
  return Status::Ok();
}

Result<Sharers> State::Sharing(const keys::IndexKey& key) {
  if (!indexes_loaded_) VROEGSEIN_RETURN_IF_ERROR(LoadIndexes());
  if (auto known = indexes_.Find(key)) return *known;
  if (indexes_.Complete()) return Sharers();
  auto bytes = database_->Get(keys::Index(key));
  if (!bytes.ok()) return bytes.status();
  numbers_.Clear();
  if (bytes->has_value()) VROEGSEIN_RETURN_IF_ERROR(ReadEntry(**bytes, &numbers_));
  indexes_.Keep(key, NumbersIn(numbers_));
  return *indexes_.Find(key);
}

void State::Foresee(std::span<const keys::IndexKey> keys) const {
  for (const keys::IndexKey& key : keys) indexes_.Foresee(key);
}

Result<Sharers> State::Share(const keys::IndexKey& key, uint64_t household, size_t max) {
  auto sharers = Sharing(key);
  if (!sharers.ok() || sharers->size() >= max || sharers->Contains(household)) return sharers;
  dirty_indexes_.push_back(key);
  return indexes_.AddTo(key, household);
}

Status State::Unshare(const keys::IndexKey& key, uint64_t household) {
  auto sharers = Sharing(key);
  if (!sharers.ok()) return sharers.status();
  std::vector<uint64_t> left(sharers->begin(), sharers->end());
  std::erase(left, household);
  indexes_.Keep(key, left);
  dirty_indexes_.push_back(key);
  return Status::Ok();
}

void State::EndEvent() {
  for (HouseholdCode code : dirty_) {
    Cached& cached = households_.at(code);
    cached.dirty = false;
    std::optional<std::string>& bytes = written_[code];
    bytes.reset();
    if (cached.household != nullptr) bytes = cached.household->record.SerializeAsString();
  }
  dirty_.clear();
  last_changed_ = nullptr;
  DropOldest();
}

// In the order of the keys: the memtable then finds each place from the one before it.
void State::WriteHouseholds(Batch* batch) {
  std::vector<std::pair<HouseholdCode, std::optional<std::string>*>> in_order;
  in_order.reserve(written_.size());
  for (auto& [code, bytes] : written_) in_order.emplace_back(code, &bytes);
  std::sort(in_order.begin(), in_order.end());
  for (auto& [code, written] : in_order) {
    std::optional<std::string>& bytes = *written;
    std::string key = keys::Household(IdOf(code));
    if (!bytes.has_value()) {
      batch->Delete(key);
      household_bytes_.Forget(code);
      continue;
    }
    batch->Put(key, *bytes);
    size_t weight = bytes->size() + kEntryBytes;
    household_bytes_.Keep(code, std::move(*bytes), weight);
  }
  written_.clear();
}

void State::WriteMunicipalities(Batch* batch) {
  for (auto& [code, cached] : municipalities_) {
    if (cached.record_dirty)
      batch->Put(keys::Municipality(code), cached.record.SerializeAsString());
    if (cached.counters_dirty) {
      cached.counters.set_version(kRecordVersion);
      batch->Put(keys::Counters(code), cached.counters.SerializeAsString());
    }
    if (cached.texts_dirty) batch->Put(keys::Texts(code), cached.texts.SerializeAsString());
    cached.record_dirty = cached.counters_dirty = cached.texts_dirty = false;
  }
}

void State::WriteChanges(Batch* batch) {
  std::vector<const std::pair<const std::string, std::optional<std::string>>*> in_order;
  in_order.reserve(changes_.size());
  for (const auto& change : changes_) in_order.push_back(&change);
  std::sort(in_order.begin(), in_order.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  for (const auto* change : in_order) {
    if (change->second.has_value()) {
      batch->Put(change->first, *change->second);
    } else {
      batch->Delete(change->first);
    }
  }
  changes_.clear();
}

// One that changed twice is written twice: that costs less than to look for it.
void State::WriteIndexes(Batch* batch) {
  std::string entry;
  for (const keys::IndexKey& key : dirty_indexes_) {
    auto sharers = indexes_.Find(key);
    VROEGSEIN_CHECK(sharers.has_value());
    if (sharers->empty()) {
      batch->Delete(keys::Index(key));
      continue;
    }
    numbers_.Clear();
    numbers_.mutable_numbers()->Add(sharers->begin(), sharers->end());
    VROEGSEIN_CHECK(numbers_.SerializeToString(&entry));
    batch->Put(keys::Index(key), entry);
  }
  dirty_indexes_.clear();
  indexes_.Trim();
}

void State::AddTo(Batch* batch, uint64_t offset) {
  EndEvent();
  WriteIndexes(batch);
  WriteHouseholds(batch);
  WriteMunicipalities(batch);
  WriteChanges(batch);
  absent_.clear();
  missing_.clear();
  batch->Put(keys::AppliedOffset(), keys::EncodeU64(offset));
}

// When nothing is dirty and no pointer is out.
void State::DropOldest() {
  while (recency_.size() > options_.cached_households_max) {
    auto oldest = households_.find(recency_.back());
    if (oldest->second.household != nullptr && blanks_.size() < kBlanksMax) {
      oldest->second.household->record.Clear();
      blanks_.push_back(std::move(oldest->second.household));
    }
    households_.erase(oldest);
    recency_.pop_back();
  }
}

}  // namespace vroegsein
