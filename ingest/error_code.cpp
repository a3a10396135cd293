#include "ingest/error_code.h"

#include <array>
#include <string>

#include "ingest/status.h"

namespace vroegsein {
namespace {

using enum ErrorCode;

// Row n holds the code with value n; a test pins that.
constexpr std::array<ErrorText, kErrorCodeCount> kTexts = {{
    {kJsonBroken, "json-ongeldig",
     "De JSON is niet goed opgebouwd, vanaf teken {}. Herstel de tekst en lever dit signaal "
     "opnieuw aan."},
    {kJsonTruncated, "json-onvolledig",
     "De JSON houdt te vroeg op, na teken {}. Er mist een haakje of aanhalingsteken. Lever het "
     "hele signaal opnieuw aan."},
    {kJsonTrailing, "json-rest",
     "Na het signaal staat nog tekst, vanaf teken {}. Haal die weg, of zet elk signaal op een "
     "eigen regel."},
    {kNotAnObject, "geen-object",
     "Hier hoort een JSON-object te staan: tekst tussen accolades, met velden en waarden."},
    {kEncoding, "codering-ongeldig",
     "De tekst is geen geldige UTF-8, vanaf teken {}. Sla het bestand op als UTF-8 en lever het "
     "opnieuw aan."},
    {kRecordTooLarge, "record-te-groot",
     "Dit signaal is groter dan {} bytes. Controleer of er een haakje, aanhalingsteken of "
     "regeleinde "
     "mist."},
    {kDeliveryEmpty, "levering-leeg", "De levering is leeg. Lever minstens een signaal aan."},
    {kDeliveryUnreadable, "levering-onleesbaar",
     "Dit bestand is geen JSON, NDJSON of CSV in UTF-8 of Windows-1252. Sla het zo op en lever het "
     "opnieuw aan."},
    {kCsvHeaderMissing, "csv-kop-ontbreekt",
     "De eerste regel van het CSV-bestand is geen kop die wij kennen. Zet daar de namen van de "
     "kolommen, gescheiden door een puntkomma, komma of tab."},
    {kCsvColumnUnknown, "kolom-onbekend",
     "Kolom {} heeft een naam die wij niet kennen. Verbeter de naam of haal de kolom weg."},
    {kCsvColumnDuplicate, "kolom-dubbel",
     "Kolom {} heeft dezelfde naam als een eerdere kolom. Houd er een over."},
    {kCsvColumnMissing, "kolom-ontbreekt",
     "De verplichte kolom {} ontbreekt. Voeg de kolom toe en vul haar voor elk signaal."},
    {kCsvCellCount, "csv-aantal-cellen",
     "Deze rij heeft niet zoveel cellen als de kop: {}. Zet een cel met een scheidingsteken erin "
     "tussen aanhalingstekens."},
    {kCsvQuote, "csv-aanhalingsteken",
     "In deze rij staat een aanhalingsteken verkeerd. Zet de hele cel tussen aanhalingstekens en "
     "schrijf een aanhalingsteken in de cel dubbel."},
    {kFieldUnknown, "veld-onbekend",
     "Dit veld kennen wij niet. Controleer de naam, ook hoofdletters en kleine letters, of haal "
     "het "
     "veld weg."},
    {kFieldDuplicate, "veld-dubbel", "Dit veld komt meer dan een keer voor. Stuur het een keer."},
    {kFieldMissing, "veld-verplicht", "Dit veld is verplicht en is niet gevuld. Vul het veld."},
    {kTypeText, "type-tekst",
     "Dit veld moet een tekst zijn. Zet de waarde tussen aanhalingstekens."},
    {kTypeInteger, "type-geheel-getal",
     "Dit veld moet een heel getal zijn, zonder punt, komma of aanhalingstekens. Een bedrag is in "
     "centen."},
    {kTypeBoolean, "type-ja-nee",
     "Dit veld kan alleen waar of niet waar zijn: true of false (in CSV ook ja, nee, 1 of 0)."},
    {kTypeObject, "type-object",
     "Dit veld moet een JSON-object zijn: velden en waarden tussen accolades."},
    {kNumberRange, "getal-bereik", "Dit getal is te klein of te groot. Het moet {} zijn."},
    {kTextTooLong, "tekst-te-lang", "Deze tekst is te lang. Gebruik hoogstens {} tekens."},
    {kTextControl, "tekst-stuurteken",
     "In deze tekst staat een onzichtbaar stuurteken, zoals een regeleinde of tab. Haal het weg."},
    {kDateInvalid, "datum-ongeldig",
     "Deze datum bestaat niet of is verkeerd geschreven. Schrijf jaar-maand-dag, zoals "
     "2026-11-20."},
    {kDateIncomplete, "datum-onvolledig",
     "Van deze datum is de dag, de maand of het jaar onbekend (00). Laat het veld leeg als u de "
     "hele "
     "datum niet weet."},
    {kDateFuture, "datum-toekomst",
     "Deze datum ligt in de toekomst. Vul een datum in tot en met vandaag."},
    {kDateTooOld, "datum-te-oud", "Deze datum ligt te ver terug. Vul een datum in vanaf {}."},
    {kDateTooFar, "datum-te-ver",
     "Deze datum ligt te ver in de toekomst. Vul een datum in tot en met {} maanden na vandaag."},
    {kDateOrder, "datum-volgorde",
     "De achterstand kan niet later ontstaan zijn dan de datum van het signaal. Controleer "
     "ontstaansdatum en signaaldatum."},
    {kIdInvalid, "id-ongeldig",
     "Dit kenmerk mag alleen letters, cijfers en de tekens - _ . : / # hebben, zonder spaties, en "
     "begint met een letter of cijfer."},
    {kSectorUnknown, "soort-onbekend", "Deze soort kennen wij niet. Kies een van: {}."},
    {kSectorNotAllowed, "soort-niet-toegestaan",
     "Uw organisatie mag geen signalen van deze soort sturen. Controleer het veld, of vraag de "
     "gemeente om deze soort toe te voegen."},
    {kMunicipalityInvalid, "gemeentecode-ongeldig",
     "De gemeentecode heeft vier cijfers, met nullen ervoor, zoals 0080."},
    {kMunicipalityUnknown, "gemeente-onbekend",
     "Voor deze gemeente nemen wij geen signalen aan. Controleer de gemeentecode."},
    {kAmountNotPositive, "bedrag-niet-positief",
     "Het bedrag moet meer dan 0 cent zijn. Vul de achterstand in hele centen in."},
    {kAmountTooHigh, "bedrag-te-hoog",
     "Het bedrag is te hoog. Het is in centen en mag hoogstens {} cent zijn."},
    {kThreatUnknown, "dreiging-onbekend", "Deze dreiging kennen wij niet. Kies een van: {}."},
    {kThreatMissing, "dreiging-ontbreekt",
     "Er is een dreigingsdatum, maar geen dreiging. Vul de dreiging in of laat de datum weg."},
    {kObjection, "bezwaar",
     "De inwoner heeft bezwaar gemaakt. Dan mag u dit signaal niet sturen en nemen wij het niet "
     "aan."},
    {kPostcodeInvalid, "postcode-ongeldig",
     "Deze postcode bestaat niet. Schrijf vier cijfers en twee letters, zoals 8911AD."},
    {kHouseNumberInvalid, "huisnummer-ongeldig",
     "Het huisnummer moet een getal zijn van 1 tot en met {}."},
    {kHouseNumberSuffix, "huisnummer-met-toevoeging",
     "In huisnummer mogen alleen cijfers staan. Zet de letter of toevoeging in het veld "
     "huisnummertoevoeging."},
    {kBsnInvalid, "bsn-ongeldig",
     "Dit burgerservicenummer klopt niet. Het heeft negen cijfers en moet aan de elfproef voldoen. "
     "Laat het veld leeg als u het nummer niet weet."},
    {kPhoneInvalid, "telefoonnummer-ongeldig",
     "Dit telefoonnummer bestaat niet. Schrijf een Nederlands nummer van tien cijfers, of begin "
     "met "
     "+ en de landcode."},
    {kEmailInvalid, "email-ongeldig",
     "Dit e-mailadres klopt niet. Schrijf het als naam@voorbeeld.nl, zonder spaties."},
    {kAftermathUnknown, "afloop-onbekend", "Deze afloop kennen wij niet. Kies een van: {}."},
    {kCloudEventVersion, "cloudevent-versie",
     "Deze versie van CloudEvents lezen wij niet. Zet in specversion: 1.0."},
}};

}  // namespace

const ErrorText& TextOf(ErrorCode code) {
  const ErrorText& text = kTexts[static_cast<size_t>(code)];
  VROEGSEIN_CHECK(text.code == code);
  return text;
}

FieldError MakeError(ErrorCode code, std::string_view field, std::string_view argument) {
  const ErrorText& text = TextOf(code);
  std::string message(text.message);
  if (size_t at = message.find("{}"); at != std::string::npos) message.replace(at, 2, argument);
  return {std::string(text.name), std::string(field), std::move(message)};
}

}  // namespace vroegsein
