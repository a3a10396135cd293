#include "rules/dmn/tck.h"

#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>

#include "rules/dmn/import_folder.h"
#include "rules/dmn/session.h"
#include "rules/dmn/xml.h"
#include "rules/feel/lexer.h"
#include "rules/feel/temporal_values.h"

namespace vroegsein::dmn {

using feel::Kind;
using feel::Number;
using feel::Value;

namespace {

constexpr int kValueDepthMax = 50;

bool IsNil(const pugi::xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "nil" || name.ends_with(":nil")) return attribute.as_bool();
  }
  return false;
}

std::string_view TypeOf(const pugi::xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name != "type" && !name.ends_with(":type")) continue;
    const std::string_view type = attribute.value();
    return type.substr(type.find(':') + 1);
  }
  return "string";
}

Value Scalar(const pugi::xml_node& node) {
  if (IsNil(node)) return Value();
  const std::string_view type = TypeOf(node);
  const std::string_view text = node.child_value();
  const std::string_view trimmed = Trim(text);
  if (type == "boolean") return Value::Boolean(trimmed == "true" || trimmed == "1");
  if (type == "decimal" || type == "double" || type == "integer" || type == "float" ||
      type == "int" || type == "long") {
    return Value::Number(Number::Parse(trimmed));
  }
  if (type == "date") return Value::Of(feel::Date::Parse(trimmed));
  if (type == "time") return Value::Of(feel::Time::Parse(trimmed));
  if (type == "dateTime") return Value::Of(feel::DateTime::Parse(trimmed));
  if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
    return feel::ParseDuration(trimmed);
  }
  return Value::String(text);
}

// What an inputNode, expected, component or item holds.
Value ReadValue(const pugi::xml_node& node, int depth) {
  if (depth > kValueDepthMax || IsNil(node)) return Value();
  if (const pugi::xml_node value = Child(node, "value")) return Scalar(value);
  if (const pugi::xml_node list = Child(node, "list")) {
    if (IsNil(list)) return Value();
    std::vector<Value> items;
    for (const pugi::xml_node& item : Children(list, "item"))
      items.push_back(ReadValue(item, depth + 1));
    return feel::MakeList(std::move(items));
  }
  const auto components = Children(node, "component");
  if (components.empty()) return Value();
  feel::ContextBuilder context;
  for (const pugi::xml_node& component : components) {
    context.Put(feel::NormalizeName(Attribute(component, "name")), ReadValue(component, depth + 1));
  }
  return context.Build();
}

// Numbers may differ in the eighth decimal: logarithms and powers are not exact anywhere.
bool Near(const Number& a, const Number& b) {
  if (a == b) return true;
  const auto difference = Number::Subtract(a, b);
  if (!difference) return false;
  const Number size =
      Number::Compare(a.Abs(), Number::FromInt(1)) > 0 ? a.Abs() : Number::FromInt(1);
  const auto allowed = Number::Multiply(size, Number::FromScaled(1, -8));
  return allowed && Number::Compare(difference->Abs(), *allowed) <= 0;
}

bool Agrees(const Value& expected, const Value& found) {
  if (expected.kind() != found.kind()) return false;
  switch (expected.kind()) {
    case Kind::kNumber: return Near(expected.number(), found.number());
    case Kind::kList:
      return expected.list().size() == found.list().size() &&
             std::equal(expected.list().begin(), expected.list().end(), found.list().begin(),
                        Agrees);
    case Kind::kContext: {
      const auto& wanted = expected.context().entries();
      if (wanted.size() != found.context().entries().size()) return false;
      return std::all_of(wanted.begin(), wanted.end(), [&](const auto& entry) {
        const Value* other = found.Find(entry.name());
        return other != nullptr && Agrees(entry.value, *other);
      });
    }
    default:
      return feel::Identical(expected, found) || feel::Equal(expected, found).value_or(false);
  }
}

class CaseRunner {
 public:
  CaseRunner(std::shared_ptr<const Model> model, std::string file, TestTotals* totals)
      : model_(std::move(model)), file_(std::move(file)), totals_(totals) {}

  void Run(const pugi::xml_node& test) {
    const size_t failures = totals_->failures.size();
    for (const pugi::xml_node& result : Children(test, "resultNode")) {
      RunNode(test, result);
      if (totals_->failures.size() != failures) break;
    }
    ++(totals_->failures.size() == failures ? totals_->passed : totals_->failed);
  }

 private:
  void RunNode(const pugi::xml_node& test, const pugi::xml_node& result) {
    const bool service = Attribute(test, "type") == "decisionService";
    const std::string node = feel::NormalizeName(Attribute(result, "name"));
    const std::string asked =
        service ? feel::NormalizeName(Attribute(test, "invocableName")) : node;
    const Value expected = ReadValue(Child(result, "expected"), 0);
    Value found;
    std::string message;
    if (model_ == nullptr) {
      message = "the model is refused";
    } else {
      found = Evaluate(test, asked, &message);
    }
    if (service && found.IsContext()) {
      if (const Value* part = found.Find(node)) found = Value(*part);
    }
    if (model_ != nullptr && Agrees(expected, found)) return;
    totals_->failures.push_back({file_, std::string(Attribute(test, "id")), node,
                                 expected.ToString(), found.ToString(), message});
  }

  Value Evaluate(const pugi::xml_node& test, const std::string& asked, std::string* message) {
    Session session(model_, {asked});
    // A fixed moment: tests of now() look at its kind.
    session.SetNow(*feel::DateTime::Parse("2026-01-02T03:04:05Z"));
    for (const pugi::xml_node& input : Children(test, "inputNode")) {
      const std::string name = feel::NormalizeName(Attribute(input, "name"));
      int slot = session.InputSlot(name, Attribute(input, "namespace"));
      if (slot < 0) slot = session.InputSlot(name);
      if (slot >= 0) session.Set(slot, ReadValue(input, 0));
    }
    session.Evaluate();
    if (!session.messages().empty()) *message = session.messages().front();
    return session.Result(size_t{0});
  }

  std::shared_ptr<const Model> model_;
  std::string file_;
  TestTotals* totals_;
};

LoadOptions FolderOptions(const std::filesystem::path& folder) {
  LoadOptions options;
  options.keep_broken_expressions = true;
  options.resolve_import = ImportsFrom(folder.string());
  return options;
}

}  // namespace

std::string TestFailure::ToString() const {
  std::string out =
      file + ": case " + test_case + ": " + node + ": expected " + expected + ", found " + found;
  return message.empty() ? out : out + " (" + message + ")";
}

std::string ModelNameOf(std::string_view test_xml) {
  XmlFile file;
  if (file.Read(test_xml, LoadOptions()) || LocalName(file.root()) != "testCases") return "";
  return std::string(Trim(ChildText(file.root(), "modelName")));
}

TestTotals RunTests(const std::shared_ptr<const Model>& model, std::string_view test_xml,
                    const std::string& file_name) {
  TestTotals totals;
  XmlFile file;
  if (const auto error = file.Read(test_xml, LoadOptions())) {
    totals.failed = 1;
    totals.failures.push_back({file_name, "", "", "a test file", error->found, ""});
    return totals;
  }
  CaseRunner runner(model, file_name, &totals);
  for (const pugi::xml_node& test : Children(file.root(), "testCase")) runner.Run(test);
  return totals;
}

TestTotals RunFolder(const std::string& folder) {
  TestTotals totals;
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() == ".xml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& path : files) {
    const auto text = ReadWholeFile(path.string());
    const std::string model_name = text ? ModelNameOf(*text) : "";
    if (model_name.empty()) continue;
    const auto model_text = ReadWholeFile((path.parent_path() / model_name).string());
    std::shared_ptr<const Model> model;
    std::string reason = "the model " + model_name + " cannot be read";
    if (model_text) {
      LoadResult loaded = Model::Load(*model_text, FolderOptions(path.parent_path()));
      model = loaded.model;
      if (!loaded.errors.empty()) reason = loaded.errors.front().ToString();
    }
    TestTotals one = RunTests(model, *text, path.filename().string());
    totals.passed += one.passed;
    totals.failed += one.failed;
    for (TestFailure& failure : one.failures) {
      if (model == nullptr) failure.message = reason;
      totals.failures.push_back(std::move(failure));
    }
  }
  return totals;
}

}  // namespace vroegsein::dmn
