// Reads histories and scenarios as the conformance test sends them, and gives each position as plain rows.
window.Conformance = (function () {
  "use strict";

  let machine = null;
  let data = null;

  let headline = null;

  // Makes the machine of the page's data, or of other, and what speaks the page's words, or others.
  function start(other, others) {
    const page = other && others ? {} : JSON.parse(document.getElementById("explorer-data").textContent);
    data = other || page.machine;
    machine = new ReviewClock.Machine(data);
    const words = others || page.words;
    headline = ReviewClock.headline(words, ReviewClock.text(words, machine, ""));
  }

  function twins() {
    const { conditions, effects } = ReviewClock.conditionsAndEffects(data);
    return { conditions: Object.keys(conditions), effects: Object.keys(effects) };
  }

  const right = ReviewClock.conditionsAndEffects;
  let calls = 0;

  // From now on the condition says the opposite, the effect does nothing. What then falls due again and again fails.
  function putWrong(name) {
    const wrong = (how) => (...given) => {
      if ((calls += 1) > 20000) throw new Error(`${name} is asked for ever`);
      return how(...given);
    };
    ReviewClock.conditionsAndEffects = (constants) => {
      const { conditions, effects } = right(constants);
      const condition = conditions[name];
      if (condition) conditions[name] = wrong((...given) => !condition(...given));
      else effects[name] = wrong((position) => position);
      return { conditions, effects };
    };
    machine = new ReviewClock.Machine(data);
  }

  const of = ReviewClock.position;
  const { daysAfter } = ReviewClock.dates;
  const review = (r) => {
    if (r === null) return null;
    const days = [r.due, r.scheduled, of.fallsDue(r), of.meeting(r), r.held_on, r.concluded_on];
    return [r.key, r.kind, r.years, ...days, r.outcome_recorded, of.dayIs(r), of.reviewYear(r)];
  };
  const withdrawal = (w) => [w.key, w.party, w.number, w.notice, w.effective, w.entry];

  function position(p, readings) {
    return [
      p.phase, p.provision, p.parties, of.confirmedBy(p), of.yetToConfirm(p), of.leavingParties(p), machine.inForce(p),
      p.entry, p.term, p.term_start, p.term_end, p.cycle_from,
      p.term_end && of.termEndsOn(p.term_end, readings), p.term_end && of.lastDayInForce(p.term_end, readings),
      review(p.next_review), review(p.review), of.outcomeRecorded(p),
      p.stated.map((s) => [s.party, s.stance, s.on, s.entry]),
      p.confirmed.map((d) => [d.party, d.on, d.entry]), p.declined.map((d) => [d.party, d.on, d.entry]),
      p.leaving.map(withdrawal), p.left.map(withdrawal), p.notices,
      p.led_by && [p.led_by.type, p.led_by.on],
    ];
  }

  const named = ({ type, on, party }) => [type, on, party || ""];
  const rows = ({ moments, refused = [] }, readings) => [
    ...moments.map(({ event, position: after }) => [...named(event), "", position(after, readings)]),
    ...refused.map(({ event, refusal }) => [...named(event), `${refusal.key} ${refusal.provision}`, null]),
  ];

  async function digest(text) {
    const found = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The deadlines as of a day.
  function deadlines(moments, acts, asOf, readings) {
    const found = ReviewClock.Deadlines.resolved(machine, moments, acts, asOf, readings);
    return found.map(({ id, day: on, condition, day_is: known, review: of }) => [id, on, condition, [known, of && of.key]]);
  }

  function facts(acts, asOf, readings, verifiedOn) {
    const known = acts.filter(({ on }) => on <= asOf);
    const { moments } = machine.timeline(known, readings);
    return ReviewClock.answer.answer(machine, { acts: known, moments, asOf, readings, verifiedOn, assumed: [] });
  }

  const inWords = (answer) =>
    [headline.paragraph(answer), headline.notices(answer), headline.reviews(answer)].filter(Boolean).join(" ");

  // As if other readings let it end a day earlier or 400 later, and one gave no extension.
  const underMadeUpOthers = ({ ends, extended, ...rest }) => ({
    ...rest,
    ends: ends && { ...ends, earliest: daysAfter(ends.date, -1), latest: daysAfter(ends.date, 400) },
    extended: extended && { ...extended, other_readings: [{ date: null }] },
  });

  // The day on which the last notice that takes effect was given; `day` where none does, and where a year after it is even.
  function datedOn(moments, day) {
    const { left } = machine.final(moments);
    return left.length && Number(day.slice(0, 4)) % 2 ? left[left.length - 1].notice : day;
  }

  function history({ acts, readings, dated, days, verified_on: verified }) {
    const course = machine.timeline(acts, readings);
    const lawful = course.moments;
    const done = lawful.map(({ event }) => event).filter(({ entry }) => entry !== undefined);
    const answers = days.map((day) => facts(done, day, readings, verified));
    const said = answers.flatMap((answer) => [answer, inWords(underMadeUpOthers(answer))]);
    return [...rows(course, readings), ...said, ...(dated ? deadlines(lawful, done, datedOn(lawful, days[0]), readings) : [])];
  }

  function scenario({ lines, readings, record, counterfactual, as_of: asOf }) {
    const found = machine.assume(lines, record, readings, counterfactual);
    const refused = found.refused.map(({ line, key, provision }) => `${line}: ${key} ${provision || ""}`).sort();
    if (found.impossible) return [found.impossible.key, found.impossible.provision, refused];
    const acts = [...found.record.acts, ...found.acts];
    const { moments } = machine.timeline(acts, readings);
    const day = ReviewClock.answer.assumedTo(found, asOf);
    const under = (there) => machine.assume(found.lines, record, there, counterfactual);
    const facts = ReviewClock.answer.ofScenario(machine, found, day, readings);
    const answer = ReviewClock.answer.overReadings(machine, facts, readings, under);
    const before = ReviewClock.answer.ofScenario(machine, found, asOf, readings);
    const said = [answer, inWords(answer), before, inWords(underMadeUpOthers(before))];
    const told = [...rows({ moments }, readings), ...said, ...deadlines(moments, acts, asOf, readings)];
    const silent = found.acts.filter(({ by }) => by === "silence").map(({ on }) => on);
    return [found.lines, refused, found.departsOn, ReviewClock.recordEnds(found.record), silent, ...told];
  }

  // The digest of each item's rows.
  async function digests(how, items) {
    const found = [];
    for (const item of items) found.push(await digest(JSON.stringify(told(how, item))));
    return found;
  }

  // What the calendar counts from a day.
  function counted({ day, days, months, years, missing_day: missing }) {
    const { monthsAfter, yearsAfter, lastNotice, yearOf } = ReviewClock.dates;
    return [
      ...[yearOf(day), days.map((n) => daysAfter(day, n)), months.map((n) => monthsAfter(day, n, missing))],
      ...[years.map((n) => yearsAfter(day, n, missing)), lastNotice(day, 6, missing)],
    ];
  }

  // What a line says: its acts, or why it says nothing.
  function line(text) {
    const { key, line: said, on, acts } = machine.understood(text);
    return key ? [said, key] : [said, on, acts(data.parties).map(({ by, ...act }) => [by, act])];
  }

  // Nothing, where there can be a machine of the data.
  function made(other) {
    new ReviewClock.Machine(other);
    return "";
  }

  // The rows of one item, or the error in words.
  function told(how, item) {
    calls = 0;
    try {
      return { history, scenario, counted, line, made }[how](item);
    } catch (error) {
      return String(error);
    }
  }

  return { start, twins, putWrong, told, digests };
})();
