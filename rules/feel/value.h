// Value is anything a FEEL expression can be: null, a boolean, a number, a string, a temporal
// value, a range, a list, a context or a function. 24 bytes; what does not fit is shared and
// immutable, with an atomic count.
//
// Lists and contexts are made with ListBuilder and ContextBuilder and never change after that.
// They know how deep they are, and stop at kDepthMax, so that no walk over a value can overflow
// the stack; and how heavy: what a walk visits, counting a part that is shared each time. They stop
// at kWeightMax, so that a few lists of lists cannot make a walk that never ends.
//
// Threads: a Value belongs to one thread at a time; copies of it may be in different threads.
// Errors: asking a value for what it is not is our own mistake (REQUIRES), and checked.
// Lifetime: a function value points into the model that made it and must not outlive it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/feel/number.h"
#include "rules/feel/temporal.h"

namespace vroegsein::feel {

enum class Kind : uint8_t {
  kNull,
  kBoolean,
  kNumber,
  kString,
  kDate,
  kTime,
  kDateTime,
  kDaysDuration,
  kMonthsDuration,
  kRange,
  kList,
  kContext,
  kFunction,
};

const char* KindName(Kind kind);

// What a Value shares: counted, immutable once published.
class Value;

class Object {
 public:
  virtual ~Object() = default;
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  void Retain() const { count_.fetch_add(1, std::memory_order_relaxed); }
  void Release() const {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }
  uint32_t depth() const { return depth_; }
  uint32_t weight() const { return weight_; }

 protected:
  // Takes a part into the depth and the weight.
  void Hold(const Value& part);
  uint32_t depth_ = 0;
  uint32_t weight_ = 1;

 private:
  mutable std::atomic<uint32_t> count_{1};
};

class StringObject;
class ListObject;
class ContextObject;
class RangeObject;
class FunctionObject;

class Value {
 public:
  static constexpr uint32_t kDepthMax = 200;
  static constexpr uint32_t kWeightMax = 1 << 24;

  Value() : kind_(Kind::kNull), words_{0, 0} {}
  Value(const Value& other) { CopyFrom(other); }
  Value(Value&& other) noexcept { Steal(&other); }
  Value& operator=(const Value& other) {
    if (this != &other) {
      Value copy(other);
      Drop();
      Steal(&copy);
    }
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this != &other) {
      Drop();
      Steal(&other);
    }
    return *this;
  }
  ~Value() { Drop(); }

  static Value Null() { return Value(); }
  static Value Boolean(bool value) {
    Value out;
    out.kind_ = Kind::kBoolean;
    out.boolean_ = value;
    return out;
  }
  static Value Number(const feel::Number& value) {
    Value out;
    out.kind_ = Kind::kNumber;
    out.number_ = value;
    return out;
  }
  static Value Number(int64_t value) { return Number(feel::Number::FromInt(value)); }
  static Value Number(const std::optional<feel::Number>& value) {
    return value ? Number(*value) : Null();
  }
  static Value String(std::string_view text);
  static Value Of(const feel::Date& value);
  static Value Of(const feel::Time& value);
  static Value Of(const feel::DateTime& value);
  static Value Of(const feel::DaysDuration& value);
  static Value Of(const feel::MonthsDuration& value);
  template <typename T>
  static Value Of(const std::optional<T>& value) {
    return value ? Of(*value) : Null();
  }
  // Takes over the one reference that a fresh object has.
  static Value Adopt(Kind kind, const Object* object);

  Kind kind() const { return kind_; }
  bool IsNull() const { return kind_ == Kind::kNull; }
  bool IsBoolean() const { return kind_ == Kind::kBoolean; }
  bool IsNumber() const { return kind_ == Kind::kNumber; }
  bool IsString() const { return kind_ == Kind::kString; }
  bool IsList() const { return kind_ == Kind::kList; }
  bool IsContext() const { return kind_ == Kind::kContext; }
  bool IsRange() const { return kind_ == Kind::kRange; }
  bool IsFunction() const { return kind_ == Kind::kFunction; }
  bool IsTrue() const { return kind_ == Kind::kBoolean && boolean_; }
  bool IsFalse() const { return kind_ == Kind::kBoolean && !boolean_; }
  uint32_t depth() const { return Shared() && object_ != nullptr ? object_->depth() : 0; }
  // 1 for a plain value; a string counts 1 for each kStringBytesPerWeight.
  uint32_t weight() const { return Shared() && object_ != nullptr ? object_->weight() : 1; }
  static constexpr uint32_t kStringBytesPerWeight = 16;

  // REQUIRES for each: that kind.
  bool boolean() const { return boolean_; }
  const feel::Number& number() const { return number_; }
  inline const std::string& string() const;
  const feel::Date& date() const { return date_; }
  const feel::Time& time() const { return time_; }
  const feel::DateTime& date_time() const { return date_time_; }
  const feel::DaysDuration& days_duration() const { return days_duration_; }
  const feel::MonthsDuration& months_duration() const { return months_duration_; }
  inline const std::vector<Value>& list() const;
  inline const ContextObject& context() const;
  const RangeObject& range() const;
  const FunctionObject& function() const;
  const Object* object() const { return object_; }

  // The member of a context; nullptr when this is no context or has none of that name.
  const Value* Find(std::string_view name) const;

  // As FEEL's string() writes it, strings inside lists and contexts in quotes.
  std::string ToString() const;

 private:
  [[noreturn]] static void StopForWrongKind();
  void RequireKind(Kind kind) const {
    if (kind_ != kind) StopForWrongKind();
  }
  bool Shared() const { return kind_ == Kind::kString || kind_ >= Kind::kRange; }
  void CopyFrom(const Value& other) {
    kind_ = other.kind_;
    words_[0] = other.words_[0];
    words_[1] = other.words_[1];
    if (Shared() && object_ != nullptr) object_->Retain();
  }
  void Steal(Value* other) {
    kind_ = other->kind_;
    words_[0] = other->words_[0];
    words_[1] = other->words_[1];
    other->kind_ = Kind::kNull;
  }
  void Drop() {
    if (Shared() && object_ != nullptr) object_->Release();
  }

  Kind kind_ = Kind::kNull;
  union {
    uint64_t words_[2];
    bool boolean_;
    feel::Number number_;
    feel::Date date_;
    feel::Time time_;
    feel::DateTime date_time_;
    feel::DaysDuration days_duration_;
    feel::MonthsDuration months_duration_;
    const Object* object_;
  };
};
static_assert(sizeof(Value) == 24);

class StringObject final : public Object {
 public:
  explicit StringObject(std::string text) : text_(std::move(text)) {
    weight_ += static_cast<uint32_t>(
        std::min<size_t>(text_.size() / Value::kStringBytesPerWeight, Value::kWeightMax));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class ListObject final : public Object {
 public:
  explicit ListObject(std::vector<Value> items);
  const std::vector<Value>& items() const { return items_; }

 private:
  std::vector<Value> items_;
};

class ContextObject final : public Object {
 public:
  struct Entry {
    Value key;  // a string
    Value value;
    const std::string& name() const { return key.string(); }
  };
  explicit ContextObject(std::vector<Entry> entries);
  const std::vector<Entry>& entries() const { return entries_; }
  const Value* Find(std::string_view name) const;

 private:
  std::vector<Entry> entries_;
};

const std::string& Value::string() const {
  RequireKind(Kind::kString);
  return static_cast<const StringObject*>(object_)->text();
}

const std::vector<Value>& Value::list() const {
  RequireKind(Kind::kList);
  return static_cast<const ListObject*>(object_)->items();
}

const ContextObject& Value::context() const {
  RequireKind(Kind::kContext);
  return *static_cast<const ContextObject*>(object_);
}

// Ends may be null: no bound on that side. `test` tells a range written as (= 10) or (!= 10) or
// (< 10) from one with two ends, for those who look at its parts.
class RangeObject final : public Object {
 public:
  enum class Form : uint8_t { kEnds, kUnaryTest, kNotEqual };
  RangeObject(Value start_end, bool start_in, Value end_end, bool end_in, Form range_form);
  Value start;
  Value end;
  bool start_included;
  bool end_included;
  Form form;
};

struct Lambda;
struct Builtin;
class HostFunction;

// Exactly one of the three is set.
class FunctionObject final : public Object {
 public:
  const Builtin* builtin = nullptr;
  const Lambda* lambda = nullptr;
  const HostFunction* host = nullptr;
  std::vector<Value> captures;
  void SetDepth(uint32_t depth) { depth_ = depth; }
};

Value MakeList(std::vector<Value> items);
Value MakeContext(std::vector<ContextObject::Entry> entries);
Value MakeRange(Value start, bool start_included, Value end, bool end_included,
                RangeObject::Form form = RangeObject::Form::kEnds);

// Sets or replaces a member, in the order in which names first appear.
class ContextBuilder {
 public:
  void Put(const Value& key, Value value);
  void Put(std::string_view key, Value value);
  const Value* Find(std::string_view name) const;
  size_t size() const { return entries_.size(); }
  Value Build() { return MakeContext(std::move(entries_)); }

 private:
  std::vector<ContextObject::Entry> entries_;
};

// FEEL's "=": nullopt when the two cannot be compared (that is null in FEEL).
std::optional<bool> Equal(const Value& a, const Value& b);
// The order of <: nullopt when the two have none.
std::optional<int> Order(const Value& a, const Value& b);
// Whether a range holds a value; nullopt when they cannot be compared.
std::optional<bool> Contains(const RangeObject& range, const Value& value);
// FEEL's is(): same kind, same value, for temporal values the same parts; so too for what lists,
// contexts and ranges hold. A function is itself and no other.
bool Identical(const Value& a, const Value& b);
// `text` between quotes, with escapes.
std::string Quoted(std::string_view text);

}  // namespace vroegsein::feel
