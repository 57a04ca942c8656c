// Calendars as ical.js and node-ical read them: one JSON document, by file, for the tests to compare.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const two = (n) => String(n).padStart(2, "0");

function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    start: event.getFirstPropertyValue("dtstart").toString(),
    summary: event.getFirstPropertyValue("summary"),
    status: event.getFirstPropertyValue("status"),
    alarms: event.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds() / 86400),
  }));
}

function byNodeIcal(text) {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((each) => each.type === "VEVENT");
  return events.map((event) => ({
    uid: event.uid,
    start:
      event.datetype === "date"
        ? `${event.start.getFullYear()}-${two(event.start.getMonth() + 1)}-${two(event.start.getDate())}`
        : event.start.toISOString(),
    summary: event.summary.val ?? event.summary, // with a language, an object
    status: event.status,
    // An alarm with a UID becomes a property of its event under that UID.
    alarms: Object.values(event)
      .filter((each) => each?.type === "VALARM")
      .map((alarm) => inDays(alarm.trigger)),
  }));
}

// A duration without weeks, in days: -P29DT15H is -29.625.
function inDays(text) {
  const [, sign, whole, hours, minutes] = /^([+-]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text);
  const found = Number(whole ?? 0) + Number(hours ?? 0) / 24 + Number(minutes ?? 0) / 1440;
  return sign === "-" ? -found : found;
}

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf-8");
  found[file] = { "ical.js": byIcalJs(text), "node-ical": byNodeIcal(text) };
}
process.stdout.write(JSON.stringify(found));
