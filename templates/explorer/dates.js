// Date arithmetic, the twin of review_clock/law/counting.py. A date is its ISO text: comparing texts compares days.
"use strict";

var ReviewClock = {};

ReviewClock.dates = (function () {
  const pad = (n, wide) => String(n).padStart(wide, "0");
  const iso = (year, month, day) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const parts = (day) => day.split("-").map(Number);
  const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const daysIn = (year, month) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

  function isDate(text) {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
    const [year, month, day] = parts(text);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  }

  // A date by itself is read as its first instant in UTC, and written so.
  const daysAfter = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);

  // The corresponding day so many months on; where that month has no such day, the reading says which is meant.
  function monthsAfter(day, months, missingDay) {
    const [year, month, number] = parts(day);
    const count = year * 12 + (month - 1) + months;
    const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1];
    const landed = iso(inYear, inMonth, Math.min(number, daysIn(inYear, inMonth)));
    return number > daysIn(inYear, inMonth) && missingDay === "first_of_next" ? daysAfter(landed, 1) : landed;
  }

  const yearsAfter = (day, years, missingDay) => monthsAfter(day, 12 * years, missingDay);

  // The last day from which so many months counted forward are over by `end`: searched, since no count back is its
  // inverse. No month is more than three days shorter than another.
  function lastNotice(end, months, missingDay) {
    let day = daysAfter(monthsAfter(end, -months, "last_day_of_month"), 3);
    while (monthsAfter(day, months, missingDay) > end) day = daysAfter(day, -1);
    return day;
  }

  const yearOf = (day) => parts(day)[0];

  return { isDate, daysAfter, monthsAfter, yearsAfter, lastNotice, yearOf };
})();

// A row in the order of a text that `key` gives for each element.
ReviewClock.sortedBy = (row, key) => [...row].sort((a, b) => (key(a) > key(b)) - (key(a) < key(b)));
