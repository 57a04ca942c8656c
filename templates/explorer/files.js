// The files that the explorer hands out: a calendar in which every event says that it is a hypothesis, and a scenario
// file for `review-clock whatif --scenario`. Names and UIDs are those that the command line gives the same assumptions.
"use strict";

ReviewClock.files = (function () {
  const { daysAfter } = ReviewClock.dates;

  // CRC-32 (ISO 3309), which tells apart and protects nothing: the browser's own digests are missing over plain HTTP.
  function crc32(text) {
    let crc = -1;
    for (const byte of new TextEncoder().encode(text)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return (~crc >>> 0).toString(16).padStart(8, "0");
  }

  // The name of assumptions given one by one: the same lines have the same name, in whatever order.
  function nameOf(lines) {
    const acts = lines.map((line) => line.trim().split(/\s+/).join(" ").toLowerCase()).sort();
    return `assumed-${crc32(acts.join("\n"))}`;
  }

  const escaped = (text) => text.replace(/[\\;,]/g, (c) => `\\${c}`).replace(/\n/g, "\\n");

  // A content line folded to 75 octets (RFC 5545 3.1), never inside a character.
  function folded(line) {
    const encoder = new TextEncoder();
    const found = [];
    let [part, size] = ["", 0];
    for (const c of line) {
      const more = encoder.encode(c).length;
      if (size + more > 75) {
        found.push(part);
        [part, size] = [" ", 1];
      }
      [part, size] = [part + c, size + more];
    }
    return [...found, part].join("\r\n");
  }

  const compact = (day) => day.replaceAll("-", "");

  // `events` are {id, day, title, text}; `stamp` the day to which the record was verified: no clock is asked.
  function calendar({ name, title, lines, events, stamp, lang, words, fill }) {
    const out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Review Clock//USMCA deadlines//EN", "CALSCALE:GREGORIAN"];
    const summary = (text) => escaped(fill(words.feed.hypothetical, { name, title: text }));
    out.push(`X-WR-CALNAME:${summary(title)}`);
    const assumed = [fill(words.feed.hypothesis, { title }), ...lines].join("\n");
    for (const { id, day, title: what, text } of events) {
      out.push("BEGIN:VEVENT", `UID:hypothesis.${name}.${id}.${lang}@review-clock`);
      out.push(`DTSTAMP:${compact(stamp)}T000000Z`, "SEQUENCE:0", `SUMMARY:${summary(what)}`);
      out.push(`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(daysAfter(day, 1))}`);
      out.push("STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "CLASS:PUBLIC");
      const description = [assumed, "", text, words.feed.disclaimer].join("\n");
      out.push(`DESCRIPTION:${escaped(description)}`, `CATEGORIES:${escaped(words.feed.hypothesis_category)}`);
      out.push("END:VEVENT");
    }
    return [...out, "END:VCALENDAR", ""].map(folded).join("\r\n");
  }

  // Only lines that were understood come here: they hold letters, digits, hyphens and spaces.
  function scenarioFile({ lines, counterfactual, readings, words }) {
    const out = [`# ${words.explorer.toml_note}`, "# review-clock whatif --scenario what-if.toml"];
    if (counterfactual) out.push("counterfactual = true");
    const chosen = Object.entries(readings).map(([key, value]) => `${key} = "${value}"`);
    if (chosen.length) out.push("", "[readings]", ...chosen);
    for (const line of lines) out.push("", "[[assume]]", `act = "${line}"`);
    return `${out.join("\n")}\n`;
  }

  function save(file, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  return { nameOf, calendar, scenarioFile, save };
})();
