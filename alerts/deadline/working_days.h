// Dutch working days: every day but Saturday, Sunday and the days of the Algemene termijnenwet,
// art. 3: New Year's day, Good Friday, Easter Monday, King's day (27 April, the 26th when the 27th
// is a Sunday), 5 May, Ascension day, Whit Monday, 25 and 26 December. Pure functions; thread safe.
// Valid for every year of the Gregorian calendar from 2014 (King's day).
#pragma once

#include "ingest/calendar.h"

namespace vroegsein {

// Easter Sunday of that year (Gregorian computus, Meeus/Jones/Butcher).
Date EasterSunday(int year);

bool IsPublicHoliday(Date day);
bool IsWorkingDay(Date day);

// The `count`-th working day after `day`; the day itself does not count. REQUIRES: count >= 1.
Date AddWorkingDays(Date day, int count);

// How many working days lie after `from` up to and including `to`; negative when `to` is before
// `from`.
int WorkingDaysBetween(Date from, Date to);

}  // namespace vroegsein
