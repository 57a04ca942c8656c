// What the explorer says, in the words of the page's language: dates, refusals, the position, the whole course.
"use strict";

ReviewClock.text = (function () {
  const { fallsDue, confirmedBy, outcomeRecorded } = ReviewClock.position;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  return (words, machine, recordEnds) => {
    const cite = (text) => (text.startsWith("Art. ") ? words.cite.article + text.slice(5) : text);

    function dayText(day) {
      const [year, month, number] = day.split("-").map(Number);
      const values = { year, month: words.cldr.months[month - 1], day: number === 1 ? words.cldr.first : number };
      return fill(words.cldr.long, values);
    }

    function why({ line, key, provision }) {
      const [section, name] = key.split(".");
      const text = key === "assumption.not_understood" ? words.explorer.not_understood : words[section][name];
      const said = fill(text, { day: dayText(recordEnds), last: dayText(machine.data.last_day) });
      const whole = provision ? `${said} (${cite(provision)})` : said;
      return line ? fill(words.explorer.refused_line, { line, why: whole }) : whole;
    }

    function sentence(found) {
      if (found.impossible) return fill(words.explorer.impossible, { why: why(found.impossible) });
      const said = [];
      let term = 1;
      for (const { event, position } of found.moments) {
        if (position.term > Math.max(term, 1)) {
          said.push(fill(words.explorer.sentence_extended, { day: dayText(event.on), end: dayText(position.term_end) }));
        }
        if (event.type === "withdrawal_takes_effect") {
          said.push(fill(words.explorer.sentence_leaves, { party: words.party[event.party], day: dayText(event.on) }));
        }
        term = position.term;
      }
      const ended = found.moments.find(({ position }) => machine.hasEnded(position));
      const key = ended ? (ended.position.phase === "expired" ? "sentence_end" : "sentence_withdrawal") : "sentence_open";
      const last = ended ? ReviewClock.dates.daysAfter(ended.event.on, -1) : machine.data.last_day;
      return [fill(words.explorer[key], { day: dayText(last) }), ...said].join(" ");
    }

    function verdict(position) {
      if (machine.inForce(position)) return words.status.in_force;
      if (position.phase === "not_in_force") return words.status.not_in_force_yet;
      if (position.phase === "expired") return fill(words.status.expired, { day: dayText(position.term_end) });
      return words.status.ended_by_withdrawal;
    }

    const partyNames = (parties) => parties.map((party) => words.party[party]).join(", ") || words.status.none;

    function positionText(position, day) {
      const values = { day: dayText(day), verdict: verdict(position), phase: capital(words.phase[position.phase]) };
      return fill(words.explorer.position_on, { ...values, provision: cite(position.provision) });
    }

    function positionMore(position) {
      const said = [words.phase_meaning[position.phase]];
      if (!machine.inForce(position)) return said[0];
      const next = position.next_review;
      if (next === null) said.push(words.explorer.position_no_next);
      else {
        const values = { day: dayText(fallsDue(next)), kind: words.review_kind[next.kind] };
        said.push(fill(words.explorer.position_next, values));
      }
      said.push(fill(words.explorer.position_parties, { parties: partyNames(position.parties) }));
      if (position.confirmed.length) {
        said.push(fill(words.explorer.position_confirmed, { parties: partyNames(confirmedBy(position)) }));
      }
      for (const each of position.leaving) {
        const values = { party: words.party[each.party], day: dayText(each.effective) };
        said.push(fill(words.explorer.position_leaving, values));
      }
      if (!outcomeRecorded(position)) said.push(words.explorer.position_unrecorded);
      return said.join(" ");
    }

    return { fill, capital, cite, dayText, why, sentence, partyNames, positionText, positionMore };
  };
})();
