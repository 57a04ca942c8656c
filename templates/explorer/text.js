// What the explorer says, in the words of the page's language: dates, refusals, the position, the whole course.
"use strict";

ReviewClock.text = (function () {
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  return (words, machine, recordEnds) => {
    const cite = (text) => (text.startsWith("Art. ") ? words.cite.article + text.slice(5) : text);

    function dayText(day) {
      const [year, month, number] = day.split("-").map(Number);
      const values = { year, month: words.cldr.months[month - 1], day: number === 1 ? words.cldr.first : number };
      return fill(words.cldr.long, values);
    }

    // An assumption, a line of the grammar, in words; one that is none stays as it was given.
    function assumed(line) {
      const found = machine.understood(line);
      const [act, ...others] = found.key ? [] : found.acts(machine.data.parties);
      if (!act || act.type === "stated_position") return line;
      const key = others.length ? "all_confirm" : act.early ? "next_review_held" : act.type;
      const values = { who: words.headline.party[act.party] || "", other: act.day ? dayText(act.day) : "" };
      return fill(words.assumed.line, { day: dayText(act.on), act: fill(words.assumed[key], values) });
    }

    const headline = ReviewClock.headline(words, { fill, capital, dayText });

    function why({ line, key, provision }) {
      const [section, name] = key.split(".");
      const text = key === "assumption.not_understood" ? words.explorer.not_understood : words[section][name];
      const said = fill(text, { day: dayText(recordEnds), last: dayText(machine.data.last_day) });
      const whole = provision ? `${said} (${cite(provision)})` : said;
      return line ? fill(words.explorer.refused_line, { line, why: whole }) : whole;
    }

    // The facts when all that is assumed to the end of a day has been done.
    const factsOn = (found, day, readings) => ReviewClock.answer.ofScenario(machine, found, day, readings);

    // The first sentences; `assume` lays what was assumed over the record under other readings.
    function sentence(found, asOf, readings, assume) {
      if (found.impossible) return fill(words.explorer.impossible, { why: why(found.impossible) });
      const facts = factsOn(found, ReviewClock.answer.assumedTo(found, asOf), readings);
      return headline.paragraph(ReviewClock.answer.overReadings(machine, facts, readings, assume));
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

    function positionMore(found, day, readings) {
      const facts = factsOn(found, day, readings);
      const said = [words.phase_meaning[facts.phase]];
      if (facts.in_force) {
        const bound = fill(words.explorer.position_parties, { parties: partyNames(facts.between) });
        said.push(bound, headline.notices(facts), headline.reviews(facts));
      }
      return said.filter(Boolean).join(" ");
    }

    return { assumed, fill, capital, cite, dayText, why, sentence, partyNames, positionText, positionMore };
  };
})();
