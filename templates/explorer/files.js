// The files that the explorer hands out: a calendar in which every event says that it is a hypothesis, and a scenario
// file for `review-clock whatif --scenario`. Names and UIDs are those that the command line gives the same assumptions.
"use strict";

ReviewClock.files = (function () {
  const { daysAfter } = ReviewClock.dates;

  // SHA-256 (FIPS 180-4), because the browser's own is missing from pages that come over plain HTTP.
  function sha256(text) {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (x) => ((x - Math.floor(x)) * 4294967296) >>> 0;
    const rounds = primes.map((p) => fraction(Math.cbrt(p)));
    let hash = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const bytes = [...new TextEncoder().encode(text)];
    const bits = bytes.length * 8;
    bytes.push(128);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor(bits / 2 ** shift) & 255);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = [];
      for (let i = 0; i < 64; i++) {
        if (i < 16) {
          const [a, b, c, d] = bytes.slice(at + 4 * i, at + 4 * i + 4);
          w.push((a << 24) | (b << 16) | (c << 8) | d);
          continue;
        }
        const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w.push((w[i - 16] + s0 + w[i - 7] + s1) | 0);
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
      }
      hash = hash.map((x, i) => (x + [a, b, c, d, e, f, g, h][i]) >>> 0);
    }
    return hash.map((x) => x.toString(16).padStart(8, "0")).join("");
  }

  // The name of assumptions given one by one: the same lines have the same name, in whatever order.
  function nameOf(lines) {
    const acts = lines.map((line) => line.trim().split(/\s+/).join(" ").toLowerCase()).sort();
    return `assumed-${sha256(acts.join("\n")).slice(0, 8)}`;
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
