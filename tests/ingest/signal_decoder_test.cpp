#include "ingest/signal_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ingest/calendar.h"
#include "ingest/signal_check.h"
#include "tests/ingest/signal_text.h"

namespace vroegsein {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> Faults(const DecodedSignal& decoded) {
  std::vector<std::string> faults;
  for (const FieldError& error : decoded.errors) faults.push_back(error.code + " " + error.field);
  return faults;
}

DecodedSignal Decode(std::string_view json, DecodeOptions options = TestOptions()) {
  SignalDecoder decoder(std::move(options));
  DecodedSignal decoded;
  decoder.Decode(json, &decoded);
  return decoded;
}

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

TEST(SignalDecoder, EveryFieldArrives) {
  DecodedSignal decoded =
      Decode(SignalText().Set("client.burgerservicenummer", "\"111222333\"").Json());
  ASSERT_THAT(Faults(decoded), IsEmpty());
  EXPECT_EQ(decoded.id, "WS-2026-000123");
  const Signal& signal = decoded.signal;
  EXPECT_EQ(signal.partner(), "vitens");
  EXPECT_EQ(signal.id(), "WS-2026-000123");
  EXPECT_EQ(signal.municipality(), "0080");
  EXPECT_EQ(signal.sector(), "Water");
  EXPECT_EQ(FormatDate(DateOf(signal.signal_day())), "2026-11-20");
  EXPECT_EQ(signal.arrears_cents(), 34512);
  EXPECT_EQ(FormatDate(DateOf(signal.origin_day())), "2026-08-01");
  EXPECT_EQ(signal.customer_number(), "778812");
  EXPECT_EQ(signal.threat(), THREAT_WATER_CUTOFF);
  EXPECT_EQ(FormatDate(DateOf(signal.threat_day())), "2026-12-18");
  EXPECT_FALSE(signal.crisis());
  EXPECT_TRUE(signal.warm_handover());
  EXPECT_EQ(signal.effort().reminders(), 2u);
  EXPECT_TRUE(signal.effort().personal_contact());
  EXPECT_TRUE(signal.effort().help_offered());
  const Client& client = signal.client();
  EXPECT_EQ(client.initials(), "J.");
  EXPECT_EQ(client.prefix(), "de");
  EXPECT_EQ(client.surname(), "Vries");
  EXPECT_EQ(FormatDate(DateOf(client.birth_day())), "1984-03-12");
  EXPECT_EQ(client.street(), "Lange Marktstraat");
  EXPECT_EQ(client.postcode(), "8911AD");
  EXPECT_EQ(client.house_number(), "12");
  EXPECT_EQ(client.house_number_suffix(), "A");
  EXPECT_EQ(client.town(), "Leeuwarden");
  EXPECT_EQ(client.phone(), "+31612345678");
  EXPECT_EQ(client.email(), "j@example.nl");
  EXPECT_EQ(client.bsn(), "111222333");
  EXPECT_FALSE(client.legal_person());
}

TEST(SignalDecoder, TheShapeIsInTheOrderOfItsEnumerators) {
  EXPECT_EQ(SignalShape().fields[static_cast<size_t>(SignalField::kPostcode)].name, "postcode");
  EXPECT_EQ(SignalShape().fields[static_cast<size_t>(SignalField::kObjection)].name, "bezwaar");
  EXPECT_EQ(SignalShape().fields[static_cast<size_t>(SignalField::kLegalPerson)].name,
            "rechtspersoon");
  for (const FieldSpec& spec : SignalShape().fields) {
    std::string pointer = "/" + std::string(spec.column);
    if (size_t dot = pointer.find('.'); dot != std::string::npos) pointer[dot] = '/';
    EXPECT_EQ(pointer, spec.pointer);
  }
}

TEST(SignalDecoder, OnlyTheRequiredFieldsAreNeeded) {
  SignalText text;
  for (const FieldSpec& spec : SignalShape().fields) {
    if (!spec.required) text.Drop(spec.column);
  }
  DecodedSignal decoded = Decode(text.Json());
  EXPECT_THAT(Faults(decoded), IsEmpty());
  EXPECT_EQ(decoded.signal.threat(), THREAT_NONE);
  EXPECT_FALSE(decoded.signal.has_threat_day());
  EXPECT_FALSE(decoded.signal.client().has_birth_day());
}

TEST(SignalDecoder, EveryRequiredFieldIsMissedByName) {
  for (const FieldSpec& spec : SignalShape().fields) {
    if (!spec.required) continue;
    std::string fault = "veld-verplicht " + std::string(spec.pointer);
    EXPECT_THAT(Faults(Decode(SignalText().Drop(spec.column).Json())), ElementsAre(fault));
    EXPECT_THAT(Faults(Decode(SignalText().Set(spec.column, "null").Json())), ElementsAre(fault));
    if (spec.type == FieldType::kText) {
      EXPECT_THAT(Faults(Decode(SignalText().Set(spec.column, "\" \"").Json())),
                  ElementsAre(fault));
    }
  }
  EXPECT_EQ(Decode("{}").errors.size(), 9u);
}

TEST(SignalDecoder, OptionalFieldsMayBeNullOrEmpty) {
  for (const FieldSpec& spec : SignalShape().fields) {
    if (spec.required) continue;
    SignalText text;
    if (spec.name == "dreiging") text.Drop("dreigingsdatum");
    EXPECT_THAT(Faults(Decode(text.Set(spec.column, "null").Json())), IsEmpty()) << spec.column;
    if (spec.type == FieldType::kText) {
      EXPECT_THAT(Faults(Decode(text.Set(spec.column, "\"\"").Json())), IsEmpty()) << spec.column;
    }
  }
}

TEST(SignalDecoder, EveryFieldRefusesEveryOtherType) {
  for (const FieldSpec& spec : SignalShape().fields) {
    std::string code = spec.type == FieldType::kText      ? "type-tekst"
                       : spec.type == FieldType::kInteger ? "type-geheel-getal"
                                                          : "type-ja-nee";
    for (std::string_view value : {"\"x\"", "7", "true", "{}", "[1,{\"a\":[]}]", "1.5", "1e3"}) {
      bool number = value.find_first_not_of("0123456789.e") == std::string_view::npos;
      if (spec.type == FieldType::kText && value[0] == '"') continue;
      if (spec.type == FieldType::kInteger && value == "7") continue;
      if (spec.type == FieldType::kBoolean && value == "true") continue;
      DecodedSignal decoded = Decode(SignalText().Set(spec.column, value).Json());
      EXPECT_THAT(Faults(decoded), ElementsAre(code + " " + std::string(spec.pointer)))
          << value << number;
    }
  }
}

struct ValueRow {
  std::string_view column;
  std::string_view json;
  std::string_view fault;  // empty: accepted
};

TEST(SignalDecoder, Values) {
  const std::string text201 = Quoted(std::string(kSurnameCharsMax + 1, 'x'));
  const std::string text200 = Quoted(std::string(kSurnameCharsMax, 'x'));
  const ValueRow rows[] = {
      {"id", "\"a b\"", "id-ongeldig /id"},
      {"id", "\" WS-1 \"", ""},
      {"soort", "\"water\"", "soort-onbekend /soort"},
      {"soort", "\"CAK Eigen bijdrage\"", ""},
      {"gemeentecode", "\"80\"", "gemeentecode-ongeldig /gemeentecode"},
      {"gemeentecode", "\"008A\"", "gemeentecode-ongeldig /gemeentecode"},
      {"gemeentecode", "\"0363\"", "gemeente-onbekend /gemeentecode"},
      {"gemeentecode", "\"0074\"", ""},
      {"signaaldatum", "\"2026-11-22\"", ""},
      {"signaaldatum", "\"2026-11-23\"", "datum-toekomst /signaaldatum"},
      {"signaaldatum", "\"2026-11-31\"", "datum-ongeldig /signaaldatum"},
      {"signaaldatum", "\"2025-02-29\"", "datum-ongeldig /signaaldatum"},
      {"signaaldatum", "\"20-11-2026\"", "datum-ongeldig /signaaldatum"},
      {"signaaldatum", "\"2026-11-20T00:00:00Z\"", "datum-ongeldig /signaaldatum"},
      {"signaaldatum", "\"2026-00-20\"", "datum-onvolledig /signaaldatum"},
      {"ontstaansdatum", "\"2000-01-01\"", ""},
      {"ontstaansdatum", "\"1999-12-31\"", "datum-te-oud /ontstaansdatum"},
      {"ontstaansdatum", "\"2026-11-20\"", ""},
      {"ontstaansdatum", "\"2026-11-21\"", "datum-volgorde /ontstaansdatum"},
      {"ontstaansdatum", "\"2026-11-23\"", "datum-toekomst /ontstaansdatum"},
      {"bedragCenten", "1", ""},
      {"bedragCenten", "0", "bedrag-niet-positief /bedragCenten"},
      {"bedragCenten", "-0", "bedrag-niet-positief /bedragCenten"},
      {"bedragCenten", "-5", "bedrag-niet-positief /bedragCenten"},
      {"bedragCenten", "100000000", ""},
      {"bedragCenten", "100000001", "bedrag-te-hoog /bedragCenten"},
      {"bedragCenten", "9223372036854775807", "bedrag-te-hoog /bedragCenten"},
      {"bedragCenten", "9223372036854775808", "getal-bereik /bedragCenten"},
      {"bedragCenten", "-9223372036854775809", "getal-bereik /bedragCenten"},
      {"bedragCenten", "123456789012345678901234567890", "getal-bereik /bedragCenten"},
      {"bedragCenten", "345.12", "type-geheel-getal /bedragCenten"},
      {"bedragCenten", "345.0", "type-geheel-getal /bedragCenten"},
      {"bedragCenten", "1e999", "type-geheel-getal /bedragCenten"},
      {"dreiging", "\"Ontruiming\"", "dreiging-onbekend /dreiging"},
      {"dreiging", "\"geen\"", "dreiging-ontbreekt /dreigingsdatum"},
      {"dreigingsdatum", "\"2028-11-22\"", ""},
      {"dreigingsdatum", "\"2028-11-23\"", "datum-te-ver /dreigingsdatum"},
      {"dreigingsdatum", "\"1999-12-31\"", "datum-te-oud /dreigingsdatum"},
      {"dreigingsdatum", "\"2026-10-01\"", ""},
      {"inspanning.herinneringen", "0", ""},
      {"inspanning.herinneringen", "999", ""},
      {"inspanning.herinneringen", "1000", "getal-bereik /inspanning/herinneringen"},
      {"inspanning.herinneringen", "-1", "getal-bereik /inspanning/herinneringen"},
      {"inspanning.bezwaar", "true", "bezwaar /inspanning/bezwaar"},
      {"client.achternaam", text200, ""},
      {"client.achternaam", text201, "tekst-te-lang /client/achternaam"},
      {"client.achternaam", "\"a\\u0000b\"", "tekst-stuurteken /client/achternaam"},
      {"client.achternaam", "\"a\\nb\"", "tekst-stuurteken /client/achternaam"},
      {"client.achternaam", "\"\xC5\x81uczak-\xC3\x96zt\xC3\xBCrk\"", ""},
      {"client.geboortedatum", "\"1900-01-01\"", ""},
      {"client.geboortedatum", "\"1899-12-31\"", "datum-te-oud /client/geboortedatum"},
      {"client.geboortedatum", "\"2026-11-22\"", ""},
      {"client.geboortedatum", "\"2026-11-23\"", "datum-toekomst /client/geboortedatum"},
      {"client.geboortedatum", "\"1984-00-00\"", "datum-onvolledig /client/geboortedatum"},
      {"client.geboortedatum", "\"0000-00-00\"", "datum-onvolledig /client/geboortedatum"},
      {"client.postcode", "\"8911 ad\"", ""},
      {"client.postcode", "\"0911AD\"", "postcode-ongeldig /client/postcode"},
      {"client.postcode", "\"8911SS\"", "postcode-ongeldig /client/postcode"},
      {"client.huisnummer", "\"012\"", ""},
      {"client.huisnummer", "\"12A\"", "huisnummer-met-toevoeging /client/huisnummer"},
      {"client.huisnummer", "\"0\"", "huisnummer-ongeldig /client/huisnummer"},
      {"client.huisnummertoevoeging", "\"123456789012345678901\"",
       "tekst-te-lang /client/huisnummertoevoeging"},
      {"client.telefoonnummer", "\"0123\"", "telefoonnummer-ongeldig /client/telefoonnummer"},
      {"client.email", "\"geen adres\"", "email-ongeldig /client/email"},
      {"client.burgerservicenummer", "\"111222333\"", ""},
      {"client.burgerservicenummer", "\"111222334\"", "bsn-ongeldig /client/burgerservicenummer"},
      {"client.rechtspersoon", "true", ""},
      {"typo", "1", "veld-onbekend /typo"},
      {"client.typo", "{\"a\":[1,2]}", "veld-onbekend /client/typo"},
      {"Soort", "\"Water\"", "veld-onbekend /Soort"},
      {"inspanning.0612345678", "1", "veld-onbekend /inspanning"},
  };
  for (const ValueRow& row : rows) {
    DecodedSignal decoded = Decode(SignalText().Set(row.column, row.json).Json());
    std::vector<std::string> expected;
    if (!row.fault.empty()) expected.emplace_back(row.fault);
    EXPECT_EQ(Faults(decoded), expected) << row.column << " = " << row.json;
  }
}

TEST(SignalDecoder, RepairsAreKept) {
  DecodedSignal decoded = Decode(SignalText()
                                     .Set("client.postcode", "\" 8911 ad\"")
                                     .Set("client.huisnummer", "\"0012\"")
                                     .Set("client.telefoonnummer", "\"+31 (0)58 2123456\"")
                                     .Set("client.achternaam", "\"  Vr\\u0069es \"")
                                     .Json());
  ASSERT_THAT(Faults(decoded), IsEmpty());
  EXPECT_EQ(decoded.signal.client().postcode(), "8911AD");
  EXPECT_EQ(decoded.signal.client().house_number(), "12");
  EXPECT_EQ(decoded.signal.client().phone(), "+31582123456");
  EXPECT_EQ(decoded.signal.client().surname(), "Vries");
}

TEST(SignalDecoder, AllErrorsAtOnce) {
  DecodedSignal decoded = Decode(SignalText()
                                     .Set("bedragCenten", "\"345\"")
                                     .Set("inspanning.bezwaar", "true")
                                     .Set("client.postcode", "\"x\"")
                                     .Set("client.extra", "1")
                                     .Drop("client.huisnummer")
                                     .Set("dreiging", "\"brand\"")
                                     .Json());
  EXPECT_THAT(
      Faults(decoded),
      UnorderedElementsAre("type-geheel-getal /bedragCenten", "bezwaar /inspanning/bezwaar",
                           "postcode-ongeldig /client/postcode", "veld-onbekend /client/extra",
                           "veld-verplicht /client/huisnummer", "dreiging-onbekend /dreiging"));
  EXPECT_EQ(decoded.id, "WS-2026-000123");
}

TEST(SignalDecoder, DuplicatesAreRefusedHoweverTheyAreSpelled) {
  std::string json = SignalText().Json();
  json.insert(1, "\"\\u0069d\": \"other\", ");
  EXPECT_THAT(Faults(Decode(json)), ElementsAre("veld-dubbel /id"));
  json = SignalText().Json();
  json.insert(1, "\"client\": {}, ");
  EXPECT_THAT(
      Faults(Decode(json)),
      UnorderedElementsAre("veld-dubbel /client", "veld-verplicht /client/achternaam",
                           "veld-verplicht /client/postcode", "veld-verplicht /client/huisnummer"));
}

TEST(SignalDecoder, AGroupOfTheWrongTypeIsOneError) {
  std::string json = SignalText().Json();
  json = json.substr(0, json.find("\"client\"")) + "\"client\": \"x\"}";
  EXPECT_THAT(Faults(Decode(json)), ElementsAre("type-object /client"));
  json = json.substr(0, json.find("\"client\"")) + "\"client\": null}";
  EXPECT_EQ(Decode(json).errors.size(), 3u);
}

TEST(SignalDecoder, ThePartnersSectorsAreAllItMaySend) {
  DecodeOptions options = TestOptions();
  options.sectors = {"Zorg", "Energie"};
  EXPECT_THAT(Faults(Decode(SignalText().Json(), options)),
              ElementsAre("soort-niet-toegestaan /soort"));
  options.sectors.push_back("Water");
  EXPECT_THAT(Faults(Decode(SignalText().Json(), options)), IsEmpty());
}

TEST(SignalDecoder, WithoutMunicipalitiesNothingIsTaken) {
  DecodeOptions options = TestOptions();
  options.municipalities.clear();
  EXPECT_THAT(Faults(Decode(SignalText().Json(), options)),
              ElementsAre("gemeente-onbekend /gemeentecode"));
}

struct BrokenRow {
  std::string text;
  std::string_view code;
};

TEST(SignalDecoder, BrokenTextIsOneErrorWithItsKind) {
  std::string good = SignalText().Json();
  auto with = [&](std::string_view value) {
    return SignalText().Set("client.postcode", value).Json();
  };
  std::vector<BrokenRow> rows = {
      {"", "json-onvolledig"},
      {"   ", "json-onvolledig"},
      {"{", "json-onvolledig"},
      {"[]", "geen-object"},
      {"[" + good + "]", "geen-object"},
      {"12", "geen-object"},
      {"\"x\"", "geen-object"},
      {"null", "geen-object"},
      {"x", "json-ongeldig"},
      {good + " x", "json-rest"},
      {good + good, "json-rest"},
      {good + "}", "json-rest"},
      {"{\"id\": }", "json-ongeldig"},
      {"{\"id\" \"a\"}", "json-ongeldig"},
      {"{\"id\": \"a\",}", "json-ongeldig"},
      {"{,}", "json-ongeldig"},
      {"{\"id\": 'a'}", "json-ongeldig"},
      {"{id: \"a\"}", "json-ongeldig"},
      {"{\"id\": \"a\" \"soort\": \"b\"}", "json-ongeldig"},
      {with("tru"), "json-ongeldig"},
      {with("nul"), "json-ongeldig"},
      {with("\"\\ud800\""), "json-ongeldig"},
      {with("\"\\x\""), "json-ongeldig"},
      {with("\"a\nb\""), "json-ongeldig"},
      {with("\"a\tb\""), "json-ongeldig"},
      {with("\"\xFF\""), "codering-ongeldig"},
      {with("\"\xED\xA0\x80\""), "codering-ongeldig"},
      {SignalText().Set("bedragCenten", "01").Json(), "json-ongeldig"},
      {SignalText().Set("bedragCenten", "1.").Json(), "json-ongeldig"},
      {SignalText().Set("bedragCenten", "-").Json(), "json-ongeldig"},
      {SignalText().Set("bedragCenten", "+1").Json(), "json-ongeldig"},
      {SignalText().Set("bedragCenten", "NaN").Json(), "json-ongeldig"},
      {"\xEF\xBB\xBF" + good, "json-ongeldig"},
      {good.substr(0, good.size() - 1), "json-onvolledig"},
      {good + "//", "json-rest"},
      {std::string(5000, '{'), "json-ongeldig"},
      {"{\"id\":" + std::string(5000, '['), "json-onvolledig"},
  };
  for (const BrokenRow& row : rows) {
    DecodedSignal decoded = Decode(row.text);
    ASSERT_EQ(decoded.errors.size(), 1u) << row.text;
    EXPECT_EQ(decoded.errors[0].code, row.code) << row.text.substr(0, 900);
    EXPECT_EQ(decoded.errors[0].field, "");
  }
}

TEST(SignalDecoder, EveryCutOfASignalIsRefusedAndItsIdKeptWhenItWasRead) {
  std::string good = SignalText().Json();
  for (size_t cut = 0; cut < good.size(); ++cut) {
    DecodedSignal decoded = Decode(std::string_view(good).substr(0, cut));
    ASSERT_EQ(decoded.errors.size(), 1u) << cut;
    EXPECT_EQ(decoded.errors[0].code, "json-onvolledig") << good.substr(0, cut);
  }
}

TEST(SignalDecoder, MessagesNeverRepeatTheValue) {
  const std::string secret = "Zxqj77Secret";
  SignalText text;
  for (const FieldSpec& spec : SignalShape().fields)
    text.Set(spec.column, Quoted(secret + " \\u0007"));
  DecodedSignal decoded = Decode(text.Json());
  EXPECT_GT(decoded.errors.size(), 20u);
  for (const FieldError& error : decoded.errors) {
    EXPECT_EQ((error.code + error.field + error.message).find("Zxqj77"), std::string::npos)
        << error.message;
  }
}

TEST(SignalDecoder, ReusedBuffersCarryNothingOver) {
  SignalDecoder decoder(TestOptions());
  DecodedSignal decoded;
  decoder.Decode("{\"id\": 1, \"x\": 2}", &decoded);
  EXPECT_FALSE(decoded.ok());
  decoder.Decode(SignalText().Json(), &decoded);
  EXPECT_TRUE(decoded.ok());
  SignalText bare;
  bare.Drop("client.email").Drop("klantnummer");
  decoder.Decode(bare.Json(), &decoded);
  EXPECT_EQ(decoded.signal.client().email(), "");
  EXPECT_EQ(decoded.signal.customer_number(), "");
}

}  // namespace
}  // namespace vroegsein
