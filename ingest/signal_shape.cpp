#include "ingest/signal_shape.h"

namespace vroegsein {
namespace {

using enum FieldType;

constexpr bool kRequired = true;
constexpr bool kOptional = false;

constexpr std::string_view kSignalGroups[] = {"inspanning", "client"};

// In the order of SignalField; a test pins that.
constexpr FieldSpec kSignalFields[] = {
    {"", "id", "id", "/id", kText, kRequired},
    {"", "soort", "soort", "/soort", kText, kRequired},
    {"", "gemeentecode", "gemeentecode", "/gemeentecode", kText, kRequired},
    {"", "signaaldatum", "signaaldatum", "/signaaldatum", kText, kRequired},
    {"", "bedragCenten", "bedragCenten", "/bedragCenten", kInteger, kRequired},
    {"", "ontstaansdatum", "ontstaansdatum", "/ontstaansdatum", kText, kRequired},
    {"", "klantnummer", "klantnummer", "/klantnummer", kText, kOptional},
    {"", "dreiging", "dreiging", "/dreiging", kText, kOptional},
    {"", "dreigingsdatum", "dreigingsdatum", "/dreigingsdatum", kText, kOptional},
    {"", "crisissignaal", "crisissignaal", "/crisissignaal", kBoolean, kOptional},
    {"", "warmeOverdracht", "warmeOverdracht", "/warmeOverdracht", kBoolean, kOptional},
    {"inspanning", "herinneringen", "inspanning.herinneringen", "/inspanning/herinneringen",
     kInteger, kOptional},
    {"inspanning", "persoonlijkContact", "inspanning.persoonlijkContact",
     "/inspanning/persoonlijkContact", kBoolean, kOptional},
    {"inspanning", "hulpAangeboden", "inspanning.hulpAangeboden", "/inspanning/hulpAangeboden",
     kBoolean, kOptional},
    {"inspanning", "bezwaar", "inspanning.bezwaar", "/inspanning/bezwaar", kBoolean, kOptional},
    {"client", "voorletters", "client.voorletters", "/client/voorletters", kText, kOptional},
    {"client", "voorvoegsel", "client.voorvoegsel", "/client/voorvoegsel", kText, kOptional},
    {"client", "achternaam", "client.achternaam", "/client/achternaam", kText, kRequired},
    {"client", "geboortedatum", "client.geboortedatum", "/client/geboortedatum", kText, kOptional},
    {"client", "straatnaam", "client.straatnaam", "/client/straatnaam", kText, kOptional},
    {"client", "postcode", "client.postcode", "/client/postcode", kText, kRequired},
    {"client", "huisnummer", "client.huisnummer", "/client/huisnummer", kText, kRequired},
    {"client", "huisnummertoevoeging", "client.huisnummertoevoeging",
     "/client/huisnummertoevoeging", kText, kOptional},
    {"client", "plaatsnaam", "client.plaatsnaam", "/client/plaatsnaam", kText, kOptional},
    {"client", "telefoonnummer", "client.telefoonnummer", "/client/telefoonnummer", kText,
     kOptional},
    {"client", "email", "client.email", "/client/email", kText, kOptional},
    {"client", "burgerservicenummer", "client.burgerservicenummer", "/client/burgerservicenummer",
     kText, kOptional},
    {"client", "rechtspersoon", "client.rechtspersoon", "/client/rechtspersoon", kBoolean,
     kOptional},
};
static_assert(std::size(kSignalFields) == kSignalFieldCount);
static_assert(kSignalFieldCount <= kRecordFieldsMax);
static_assert(std::size(kSignalGroups) <= kRecordGroupsMax);

constexpr FieldSpec kAftermathFields[] = {
    {"", "signaalId", "signaalId", "/signaalId", kText, kRequired},
    {"", "afloop", "afloop", "/afloop", kText, kRequired},
    {"", "datum", "datum", "/datum", kText, kRequired},
};
static_assert(std::size(kAftermathFields) == kAftermathFieldCount);

}  // namespace

const RecordShape& SignalShape() {
  static constexpr RecordShape kShape{kSignalFields, kSignalGroups,
                                      static_cast<size_t>(SignalField::kId)};
  return kShape;
}

const RecordShape& AftermathShape() {
  static constexpr RecordShape kShape{
      kAftermathFields, {}, static_cast<size_t>(AftermathField::kSignalId)};
  return kShape;
}

}  // namespace vroegsein
