// Types as FEEL writes them: after `instance of` and in the parameters of functions.
#include <array>

#include "rules/feel/parser.h"

namespace vroegsein::feel {

const Type* Parser::TypeExpression() {
  const Nested nested(this);
  if (nested.TooDeep()) {
    Fail("the type is nested too deeply");
    return nullptr;
  }
  constexpr std::array<std::pair<std::string_view, Type::Form>, 4> kGeneric = {
      {{"list", Type::Form::kList},
       {"range", Type::Form::kRange},
       {"context", Type::Form::kContext},
       {"function", Type::Form::kFunction}}};
  lexer_.SkipBlanks();
  size_t best = 0;
  const Type* found = nullptr;
  auto consider = [&](std::string_view name, const Type* type) {
    const size_t length = lexer_.MatchName(name);
    if (length <= best) return;
    best = length;
    found = type;
  };
  for (const auto& [name, type] : compiler_->environment().types) consider(name, type);
  for (const char* name : {"number", "string", "boolean", "date", "time", "date and time", "Any",
                           "Null", "days and time duration", "years and months duration",
                           "dayTimeDuration", "yearMonthDuration", "dateTime", "context"}) {
    consider(name, BuiltinType(name));
  }
  for (const auto& [word, form] : kGeneric) {
    const auto mark = Save();
    if (best <= word.size() && lexer_.TakeWord(word)) {
      if (lexer_.Sees("<")) return TypeArguments(form);
      lexer_.MoveTo(mark.position);
    }
  }
  if (found == nullptr) {
    if (lexer_.TakeWord("list")) return compiler_->program()->types.ListOf(AnyType());
    if (lexer_.TakeWord("range")) return compiler_->program()->types.RangeOf(AnyType());
    if (lexer_.TakeWord("function")) return BuiltinType("function");
    Fail("unknown type '" + std::string(lexer_.Word()) + "'");
    return nullptr;
  }
  lexer_.MoveTo(lexer_.position() + best);
  return found;
}

const Type* Parser::TypeArguments(Type::Form form) {
  lexer_.Take("<");
  Type* type = compiler_->program()->types.Make(form);
  if (form == Type::Form::kList || form == Type::Form::kRange) {
    type->element = TypeExpression();
  } else {
    while (!failed_ && !lexer_.Sees(">")) {
      std::string name;
      if (form == Type::Form::kContext) {
        auto key = lexer_.NameBefore(':');
        if (!key || !lexer_.Take(":")) {
          Fail("the name of a member and ':' are expected");
          break;
        }
        name = *key;
      }
      const Type* member = TypeExpression();
      if (failed_) break;
      type->members.emplace_back(name, member);
      if (!lexer_.Take(",")) break;
    }
  }
  if (!failed_ && !lexer_.Take(">")) Fail("'>' is expected");
  if (!failed_ && form == Type::Form::kFunction) {
    if (!lexer_.Take("->")) {
      Fail("'->' and the type of the result are expected");
    } else {
      type->element = TypeExpression();
    }
  }
  return failed_ ? nullptr : type;
}

}  // namespace vroegsein::feel
