// Short lists of common names. Constant data; no list names a person, the simulator pairs at
// random.
#pragma once

#include <string_view>

namespace vroegsein::simulator {

struct Surname {
  std::string_view prefix;
  std::string_view name;
  unsigned weight;  // De Vries is met more often than Wiarda
};

inline constexpr Surname kSurnames[] = {
    {"de", "Vries", 60},      {"", "Jansen", 30},      {"", "Dijkstra", 45},
    {"", "Hoekstra", 40},     {"van der", "Meer", 38}, {"de", "Jong", 48},
    {"", "Wiarda", 2},        {"", "Bakker", 26},      {"", "Postma", 32},
    {"van der", "Veen", 30},  {"", "Visser", 34},      {"", "Zijlstra", 30},
    {"", "Bouma", 22},        {"de", "Boer", 40},      {"", "Hofstra", 14},
    {"", "Kuipers", 12},      {"", "Terpstra", 18},    {"", "Smit", 20},
    {"van", "Dijk", 26},      {"", "Wijbenga", 8},     {"", "Yılmaz", 8},
    {"", "Mulder", 20},       {"", "Veenstra", 26},    {"", "Sikkema", 9},
    {"ten", "Hoor", 2},       {"", "Meijer", 16},      {"", "Peeters", 5},
    {"", "Reitsma", 14},      {"", "Oosterhof", 8},    {"", "Jongsma", 9},
    {"van den", "Berg", 20},  {"", "Feenstra", 10},    {"", "Özdemir", 6},
    {"", "Brouwer", 12},      {"", "Hiemstra", 12},    {"", "Tamsma", 3},
    {"", "Wielinga", 4},      {"", "El Amrani", 5},    {"", "Kooistra", 20},
    {"", "Groenewoud", 3},    {"", "Sinnema", 5},      {"", "Elzinga", 6},
    {"", "Bosma", 16},        {"van der", "Wal", 20},  {"", "Andringa", 3},
    {"", "Haringsma", 2},     {"", "Nauta", 6},        {"", "Rijpma", 5},
    {"", "Wassenaar", 6},     {"van 't", "Hof", 2},    {"", "Schaafsma", 8},
    {"", "Damstra", 4},       {"", "Cnossen", 4},      {"", "Kuiper", 8},
    {"", "Prins", 9},         {"", "Nguyễn", 5},       {"", "Kowalska", 6},
    {"", "Hendriks", 8},      {"", "Vos", 9},          {"", "Bijlsma", 10},
    {"", "Boersma", 16},      {"", "Wiersma", 18},     {"", "Tjepkema", 3},
    {"", "Claessens", 3},     {"", "Janssen", 8},      {"", "Hesselink", 2},
    {"op 't", "Land", 1},     {"", "Müller", 3},       {"", "Faber", 9},
    {"", "Wouda", 4},         {"", "Idsinga", 1},      {"", "Pietersma", 3},
    {"van der", "Ploeg", 12}, {"", "Haitsma", 3},      {"", "Ytsma", 3},
    {"", "Bouwmeester", 1},   {"", "Zandstra", 6},     {"", "Hassan", 8},
    {"", "Ali", 8},           {"", "Tesfay", 4},       {"de", "Groot", 12},
    {"", "Mohamed", 6},       {"", "Çelik", 3},        {"", "Şahin", 3},
    {"", "Cherkaoui", 2},     {"", "Ghebremedhin", 2}, {"", "Aleksandrova", 1},
    {"", "Yusuf", 3},         {"", "Bouzian", 2},      {"", "Schröder", 1},
};

// One name from another script, or with letters that a keyboard lacks, as others write it.
struct Transliteration {
  std::string_view name;
  std::string_view others[2];
};
inline constexpr Transliteration kTransliterations[] = {
    {"Müller", {"Mueller", "Muller"}},        {"Schröder", {"Schroeder", "Schroder"}},
    {"Özdemir", {"Oezdemir", "Ozdemir"}},     {"Yılmaz", {"Yilmaz", "Yilmas"}},
    {"Çelik", {"Celik", "Chelik"}},           {"Şahin", {"Sahin", "Shahin"}},
    {"El Amrani", {"Elamrani", "Al Amrani"}}, {"Cherkaoui", {"Charkaoui", "Sherkaoui"}},
    {"Bouzian", {"Bouziane", "Bouzyan"}},     {"Nguyễn", {"Nguyen", "Nguyên"}},
    {"Tesfay", {"Tesfaye", "Tesfai"}},        {"Ghebremedhin", {"Gebremedhin", "Ghebremedhn"}},
    {"Mohamed", {"Mohammed", "Muhammad"}},    {"Hassan", {"Hasan", "Hassen"}},
    {"Yusuf", {"Yousef", "Yusef"}},           {"Aleksandrova", {"Alexandrova", "Alexandrowa"}},
};

// Names by their first letter; each letter of kInitials has some.
inline constexpr std::string_view kFirstNames[] = {
    "Anna",    "Ahmed",  "Auke",   "Bert",   "Baukje", "Bilal", "Carla",   "Chris",  "Daan",
    "Doutzen", "Derya",  "Els",    "Emre",   "Eelke",  "Fenna", "Frans",   "Fatima", "Geert",
    "Gerda",   "Gökhan", "Henk",   "Hanna",  "Hiltje", "Ilse",  "Ibrahim", "Jan",    "Johanna",
    "Jelle",   "Klaas",  "Karin",  "Kadir",  "Lies",   "Lars",  "Leyla",   "Maria",  "Mohammed",
    "Menno",   "Nynke",  "Niels",  "Nadia",  "Piet",   "Petra", "Pieter",  "Rinske", "Rob",
    "Rachid",  "Sanne",  "Sjoerd", "Samira", "Tineke", "Tom",   "Tjitske", "Willem", "Wiebe",
    "Wendy",   "Yvonne", "Yusuf",  "Ype"};

// What a sole trader does.
inline constexpr std::string_view kTrades[] = {"Bouwbedrijf", "Kapsalon",       "Schilderwerken",
                                               "Autobedrijf", "Klussenbedrijf", "Bakkerij",
                                               "Schoonmaak",  "Hoveniers",      "Administratie"};

inline constexpr std::string_view kInitials[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J",
                                                 "K", "L", "M", "N", "P", "R", "S", "T", "W", "Y"};

inline constexpr std::string_view kBusinesses[] = {
    "Bakkerij De Korenaar B.V.",    "Timmerwerk De Schaaf",         "Lunchroom 't Hoekje V.O.F.",
    "Stichting Het Verzonnen Huis", "Kapsalon \"De Krul\"",         "Boom, Blad & Zn. Hoveniers",
    "Fietsenmakerij Het Wiel",      "Café De Laatste Stuiver B.V.",
};

// Streets as they are in any Dutch town.
inline constexpr std::string_view kStreets[] = {
    "Merelstraat",  "Eikenlaan",   "Tulpenstraat", "Molenpad",         "Noorderhof",
    "Fuutstraat",   "Wilgenpad",   "Kerkbuurt",    "Zonnedauw",        "Havenzicht",
    "Lindehof",     "Spoorzicht",  "Dotterbloem",  "Meidoornlaan",     "Lange Singel",
    "Kievitstraat", "Beukenlaan",  "Rozenstraat",  "Weverspad",        "Zuiderhof",
    "Reigerstraat", "Elzenpad",    "Nieuwe Buren", "Wilhelminastraat", "Prinsenhof",
    "Vlasstraat",   "Jonkerslaan", "Ald Dyk",      "De Finne",         "It Heechhiem",
};

struct PostcodeArea {
  std::string_view digits;
  std::string_view town;
};

// Leeuwarden and villages around it; all but the last lie in a zone of deploy/demo/gebieden.csv.
inline constexpr PostcodeArea kPostcodeAreas[] = {
    {"8911", "Leeuwarden"}, {"8912", "Leeuwarden"}, {"8913", "Leeuwarden"}, {"8914", "Leeuwarden"},
    {"8915", "Leeuwarden"}, {"8916", "Leeuwarden"}, {"8917", "Leeuwarden"}, {"8918", "Leeuwarden"},
    {"8919", "Leeuwarden"}, {"8921", "Leeuwarden"}, {"8922", "Leeuwarden"}, {"8923", "Leeuwarden"},
    {"8924", "Leeuwarden"}, {"8925", "Leeuwarden"}, {"8926", "Leeuwarden"}, {"8927", "Leeuwarden"},
    {"8931", "Leeuwarden"}, {"8932", "Leeuwarden"}, {"8933", "Leeuwarden"}, {"8934", "Leeuwarden"},
    {"8935", "Leeuwarden"}, {"8936", "Leeuwarden"}, {"8937", "Leeuwarden"}, {"8938", "Leeuwarden"},
    {"8939", "Leeuwarden"}, {"8941", "Leeuwarden"}, {"9001", "Grou"},       {"9003", "Warten"},
    {"9005", "Wergea"},     {"9051", "Stiens"},     {"9084", "Goutum"},     {"9088", "Wirdum"},
    {"9089", "Wytgaard"},   {"8942", "Leeuwarden"},
};

}  // namespace vroegsein::simulator
