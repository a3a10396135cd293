// Typing: what is known of an expression's type from the types of its parts, and what can never
// work. A type that is not known is nullptr (or Any) and may be anything; every type includes null.
//
// Only what is certain counts: an answer "never" is a mistake in the expression, whatever its
// inputs are. Pure functions.
#pragma once

#include <optional>
#include <string>

#include "rules/feel/builtins.h"
#include "rules/feel/program.h"

namespace vroegsein::feel {

// No value of one can be, or be converted to, a value of the other.
bool NeverMeets(const Type* a, const Type* b);

// The type of an arithmetic result; nullptr when it is not known, or is never anything but null.
const Type* ArithmeticType(Op op, const Type* left, const Type* right);
bool NeverCombines(Op op, const Type* left, const Type* right);
bool NeverCompares(Comparison comparison, const Type* left, const Type* right);
// A value of `type` can be true or false.
bool NeverBoolean(const Type* type);
// What an iterator over it sees, what a filter's item is.
const Type* ItemType(const Type* type);
// The type of `a` when both have it; null constants have any type.
const Type* CommonType(const Node* a, const Node* b);

// What is wrong with the arguments of a call; nullopt when nothing certainly is. Without names the
// arguments are in their order.
std::optional<std::string> WrongArguments(const Builtin& builtin, const std::vector<Value>& names,
                                          const std::vector<const Type*>& arguments);
// `function` is of the form kFunction.
std::optional<std::string> WrongArguments(const Type& function, const std::vector<Value>& names,
                                          const std::vector<const Type*>& arguments);

// As a person calls it: its own name, or list<number> and the like.
std::string TypeName(const Type* type);

}  // namespace vroegsein::feel
