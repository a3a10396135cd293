// Lexer looks at FEEL text from a position: blanks, comments, names, numbers, strings, signs.
//
// It does not cut the text into tokens beforehand: where a name ends depends on the names in
// scope (`a - b` may be one name), which only the parser knows.
// It looks at text that others own. One thread. Nothing is thrown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vroegsein::feel {

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  size_t position() const { return at_; }
  void MoveTo(size_t position) { at_ = position; }

  void SkipBlanks();
  bool AtEnd();
  // After blanks: is this sign here? Take moves past it.
  bool Sees(std::string_view sign);
  bool Take(std::string_view sign);
  char Peek();
  // A keyword: a whole word, not the beginning of a longer one.
  bool SeesWord(std::string_view word);
  bool TakeWord(std::string_view word);

  // Length in bytes of `name` here, blanks in it standing for any run of blanks; 0: not here.
  size_t MatchName(std::string_view name);
  // A single word that can be a name; empty when there is none.
  std::string_view Word();
  // Everything that can be in a name up to (not including) a colon: the key of a context or of a
  // named argument. nullopt when something else comes first.
  std::optional<std::string> NameBefore(char stop);
  std::optional<std::string_view> NumberText();
  // A string between double quotes, escapes resolved; nullopt and *error when it is broken.
  std::optional<std::string> StringLiteral(std::string* error);

 private:
  char32_t CodePoint(size_t at, size_t* length) const;
  size_t BlankLength(size_t at) const;

  std::string_view text_;
  size_t at_ = 0;
};

bool IsNameStart(char32_t c);
bool IsNamePart(char32_t c);
bool IsBlank(char32_t c);
// Trims, and makes every run of blanks one space.
std::string NormalizeName(std::string_view name);
bool IsKeyword(std::string_view word);

}  // namespace vroegsein::feel
