// JsonWriter: JSON text, piece by piece, with the commas where they belong.
//
// It appends to a string of the caller's. Names come from our own code; texts may be anything.
// Thread: one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vroegsein {

class JsonWriter {
 public:
  explicit JsonWriter(std::string* out) : out_(out) {}

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  // REQUIRES: a name that stands in JSON as it is, as all of ours do.
  JsonWriter& Key(std::string_view name);

  JsonWriter& Text(std::string_view text);
  JsonWriter& Integer(int64_t number);
  JsonWriter& Real(double number);
  JsonWriter& Flag(bool value);
  JsonWriter& Null();
  // Text that is JSON already.
  JsonWriter& Raw(std::string_view json);

  // A name with its value.
  JsonWriter& Text(std::string_view name, std::string_view text) { return Key(name).Text(text); }
  // null when the text is empty.
  JsonWriter& TextOrNull(std::string_view name, std::string_view text);
  JsonWriter& Integer(std::string_view name, int64_t number) { return Key(name).Integer(number); }
  JsonWriter& Real(std::string_view name, double number) { return Key(name).Real(number); }
  JsonWriter& Flag(std::string_view name, bool value) { return Key(name).Flag(value); }
  JsonWriter& Null(std::string_view name) { return Key(name).Null(); }
  JsonWriter& Object(std::string_view name) { return Key(name).BeginObject(); }
  JsonWriter& Array(std::string_view name) { return Key(name).BeginArray(); }

 private:
  void Separate();
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);

  std::string* out_;
  bool comma_ = false;  // a value stands before the place we are at
};

}  // namespace vroegsein
