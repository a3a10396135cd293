#include "alerts/api/work_input.h"

#include <simdjson.h>

#include <map>
#include <optional>

namespace vroegsein {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kTextBytesMax = 200;

// The members of an object by name; nullopt when one is there twice.
std::optional<std::map<std::string, element, std::less<>>> MembersOf(const object& members) {
  std::map<std::string, element, std::less<>> found;
  for (auto member : members) {
    if (!found.emplace(std::string(member.key), member.value).second) return std::nullopt;
  }
  return found;
}

// A text, or null as an empty one.
bool TakeText(const element& value, std::string* text) {
  text->clear();
  if (value.is_null()) return true;
  std::string_view found;
  if (value.get(found) != simdjson::SUCCESS || found.size() > kTextBytesMax) return false;
  *text = found;
  return true;
}

class BulkReader {
 public:
  explicit BulkReader(std::vector<FieldError>* errors) : errors_(errors) {}

  BulkAssignment Read(std::string_view json) {
    simdjson::dom::parser parser;
    object top;
    simdjson::padded_string padded(json);
    if (json.size() > kBulkBytesMax) {
      Fail("invoer-te-groot", "", "Dit verzoek is te groot.");
    } else if (parser.parse(padded).get(top) != simdjson::SUCCESS) {
      Fail("json-ongeldig", "", "Dit is geen JSON-object.");
    } else {
      ReadTop(top);
    }
    return std::move(made_);
  }

 private:
  void Fail(std::string code, std::string field, std::string message) {
    errors_->push_back({std::move(code), std::move(field), std::move(message)});
  }

  void ReadTop(const object& top) {
    auto members = MembersOf(top);
    simdjson::dom::array cases;
    if (!members || members->size() != 2 || !members->contains("behandelaar") ||
        !members->contains("zaken")) {
      return Fail("veld-ontbreekt", "",
                  "Geef behandelaar en zaken, elk één keer, en niets anders.");
    }
    if (!TakeText(members->at("behandelaar"), &made_.assignee)) {
      Fail("type-onjuist", "/behandelaar", "Geef een naam, of null.");
    }
    if (members->at("zaken").get(cases) != simdjson::SUCCESS || cases.size() == 0 ||
        cases.size() > kBulkCasesMax) {
      return Fail("aantal-bereik", "/zaken",
                  "Geef 1 tot " + std::to_string(kBulkCasesMax) + " zaken.");
    }
    for (element one : cases) ReadCase(one);
  }

  void ReadCase(const element& value) {
    std::string pointer = "/zaken/" + std::to_string(made_.cases.size());
    object one;
    BulkAssignment::One& made = made_.cases.emplace_back();
    std::optional<std::map<std::string, element, std::less<>>> members;
    if (value.get(one) == simdjson::SUCCESS) members = MembersOf(one);
    bool right = members && members->size() == 2 && members->contains("zaakId") &&
                 members->contains("verwachteBehandelaar") &&
                 TakeText(members->at("zaakId"), &made.case_id) && !made.case_id.empty() &&
                 TakeText(members->at("verwachteBehandelaar"), &made.expected);
    if (!right) Fail("veld-ontbreekt", pointer, "Geef zaakId en verwachteBehandelaar.");
  }

  std::vector<FieldError>* errors_;
  BulkAssignment made_;
};

}  // namespace

BulkAssignment ReadBulkAssignment(std::string_view json, std::vector<FieldError>* errors) {
  return BulkReader(errors).Read(json);
}

}  // namespace vroegsein
