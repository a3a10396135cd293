// Type is a FEEL type (DMN 1.5, 10.3.2.9), or an item definition's: a FEEL type with the values
// it allows.
//
// Types are immutable and shared; an item definition may point at itself through its parts, so
// the model that made them owns them and everyone else holds a plain pointer.
// Threads: read-only after loading.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/feel/value.h"

namespace vroegsein::feel {

struct Node;
struct Program;

struct Type {
  enum class Form : uint8_t { kAny, kNull, kSimple, kList, kRange, kContext, kFunction };

  Form form = Form::kAny;
  Kind simple = Kind::kNull;                                 // kSimple
  const Type* element = nullptr;                             // kList, kRange; kFunction: the result
  std::vector<std::pair<std::string, const Type*>> members;  // kContext; kFunction: parameters
  std::string name;  // of the item definition, or as FEEL writes it
  // What an item definition allows: unary tests over `?`. Each value must pass each.
  std::vector<const Program*> constraints;

  const Type* Member(std::string_view member) const;
  // Every value of that kind, and no other.
  bool IsAllOf(Kind kind) const {
    return form == Form::kSimple && simple == kind && constraints.empty();
  }
};

// The types that have a name in FEEL; nullptr for any other name.
const Type* BuiltinType(std::string_view name);
const Type* AnyType();
const Type* TypeOfKind(Kind kind);

// Owns the types that one model makes.
class TypeArena {
 public:
  Type* Make(Type::Form form);
  const Type* ListOf(const Type* element);
  const Type* RangeOf(const Type* element);

 private:
  std::vector<std::unique_ptr<Type>> types_;
};

// Whether every value that passed `from` passes `to` as it is, constraints included.
bool Guarantees(const Type& from, const Type& to, int depth_left = 32);

// "conforms to" between types: a value of `from` may stand where `to` is asked.
bool Conforms(const Type& from, const Type& to, int depth_left = 32);

}  // namespace vroegsein::feel
