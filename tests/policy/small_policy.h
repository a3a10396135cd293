// A policy of a few lines that the desk can ask, and its test file: what a test changes of it is an
// argument.
#pragma once

#include <string>

namespace vroegsein {

struct SmallPolicy {
  std::string threshold = "75";   // euros: below it a signal is refused
  std::string high_from = "500";  // euros: from here on the priority is `hoog`
  std::string aanpak = "Aanpak";  // name of the last decision
  std::string expected = "true";  // of the one test: admitted with EUR 80?
  std::string specialism = "";    // asked of the team for `hoog`

  std::string Model() const;
  std::string Tests() const;
};

inline std::string SmallPolicy::Model() const {
  auto input = [](const std::string& id, const std::string& name, const std::string& type) {
    return "<inputData id=\"" + id + "\" name=\"" + name + "\"><variable name=\"" + name +
           "\" typeRef=\"" + type + "\"/></inputData>\n";
  };
  auto needs = [](const std::string& kind, const std::string& id) {
    return "<informationRequirement><required" + kind + " href=\"#" + id +
           "\"/></informationRequirement>";
  };
  auto decision = [](const std::string& id, const std::string& name) {
    return "<decision id=\"" + id + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>";
  };
  auto literal = [](const std::string& text) {
    return "<literalExpression><text>" + text + "</text></literalExpression></decision>\n";
  };
  std::string admitted = "bedrag &gt;= " + threshold;
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"klein\" "
         "name=\"Klein\" namespace=\"urn:proef:klein\">\n" +
         input("i1", "bedrag", "number") + input("i2", "crisissignaal", "boolean") +
         input("i3", "totaalbedrag", "number") + decision("d1", "Crisis") + needs("Input", "i2") +
         literal("crisissignaal") + decision("d2", "Toelating") + needs("Input", "i1") +
         literal("{toegelaten: " + admitted + ", reden: if " + admitted +
                 " then \"\" else \"onder drempelbedrag\"}") +
         decision("d3", "Score") + needs("Input", "i3") +
         "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\"><input><inputExpression "
         "typeRef=\"number\"><text>totaalbedrag</text></inputExpression></input><output "
         "typeRef=\"number\"/><annotation name=\"Reden\"/><rule><inputEntry><text>&gt;= " +
         high_from +
         "</text></inputEntry><outputEntry><text>60</text></outputEntry><annotationEntry><text>De "
         "schuld is hoog.</text></annotationEntry></rule></decisionTable></decision>\n" +
         decision("d4", aanpak) + needs("Decision", "d3") +
         literal(
             "{prioriteit: if Score != null and Score &gt;= 50 then \"hoog\" else \"laag\", "
             "contactladder: \"Telefoon; Brief\", \"termijn dagen\": 28, specialisme: if Score "
             "!= null and Score &gt;= 50 then \"" +
             specialism + "\" else \"\"}") +
         "</definitions>\n";
}

inline std::string SmallPolicy::Tests() const {
  return "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\n<modelName>klein.dmn</modelName>\n"
         "<testCase id=\"001\"><inputNode name=\"bedrag\"><value "
         "xsi:type=\"xsd:decimal\">80</value></inputNode><resultNode name=\"Toelating\" "
         "type=\"decision\"><expected><component name=\"toegelaten\"><value "
         "xsi:type=\"xsd:boolean\">" +
         expected +
         "</value></component><component name=\"reden\"><value xsi:type=\"xsd:string\">" +
         (expected == "true" ? "" : "onder drempelbedrag") +
         "</value></component></expected></resultNode></testCase>\n</testCases>\n";
}

}  // namespace vroegsein
