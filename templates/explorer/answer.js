// The facts that a headline may use, the twin of review_clock/questions/answer.py: who is bound, until when, why, and what
// could change it. The next date on which somebody outside a government can act is not here: it takes every rule.
"use strict";

ReviewClock.answer = (function () {
  const { daysAfter, monthsAfter, yearsAfter, yearOf } = ReviewClock.dates;
  const { fallsDue, meeting, dayIs, firstDay, reviewYear, leavingParties } = ReviewClock.position;
  const BECAUSE = { expired: "term", ended_by_withdrawal: "withdrawals" };

  function end(machine, moments) {
    const over = moments.find(({ position }) => machine.hasEnded(position));
    if (!over) return null;
    const { event, position } = over;
    const amended = position.phase === "expired" && position.end_amended;
    return { date: event.on, last_day: daysAfter(event.on, -1), because: BECAUSE[position.phase], amended };
  }

  // The last extension by the end of a day, with the day on which its term ends.
  function lastExtension(machine, moments, asOf) {
    const { term } = machine.positionOn(moments, asOf);
    if (term <= 1) return null;
    const { event, position } = moments.find((moment) => moment.position.term === term);
    return { on: event.on, to: position.term_end };
  }

  // The confirmations that began an extended term, of the Parties bound in it.
  function madeBy(moments, term) {
    const place = moments.findIndex((moment) => moment.position.term === term);
    const [{ position: before }, { event, position }] = moments.slice(place - 1);
    const made = [...before.confirmed.filter(({ party }) => party !== event.party), event];
    const bound = made.filter(({ party }) => position.parties.includes(party));
    return ReviewClock.sortedBy(bound.map(partyOn), ({ party }) => party);
  }

  const partyOn = ({ party, on }) => ({ party, on });

  // The first review that meets after a day: a departure may extend the term before the one that is next.
  function reviewAhead(machine, moments, asOf) {
    const due = moments.find(({ event }) => event.on > asOf && event.type === "review_falls_due");
    return due ? due.position.review : machine.final(moments).next_review;
  }

  function nextReview(review, readings) {
    if (review === null) return null;
    const [day, is] = [fallsDue(review), dayIs(review)];
    const said = { date: day, kind: review.kind, day_is: is, edtf: is === "inferred" ? `${day}?` : day };
    said.amended = review.amended && review.scheduled === null;
    if (is !== "inferred" || readings.annual_review_day !== "any_day") return said;
    return { ...said, date: null, edtf: `${yearOf(day)}-01-01/${yearOf(day)}-12-31` };
  }

  function lastReview({ review }, acts) {
    if (review === null) return null;
    const those = (type) => acts.filter((act) => act.type === type && firstDay(review) <= act.on).map(partyOn);
    return {
      due: fallsDue(review),
      kind: review.kind,
      held: review.held_on,
      concluded: review.concluded_on,
      confirmed: those("confirmation"),
      declined: those("non_confirmation"),
    };
  }

  function unrecorded(machine, moments, asOf) {
    const seen = machine.reviews(moments.filter(({ event }) => event.on <= asOf));
    return seen.filter((review) => !review.outcome_recorded).map(meeting);
  }

  // The calendar years of the annual phase, that of the day and later, in which no review falls.
  function yearsWithoutReview(machine, moments, asOf, readings) {
    const began = moments.filter(({ position }, place) => position.term > (place && moments[place - 1].position.term));
    const over = moments.find(({ position }) => machine.hasEnded(position));
    return began.flatMap(({ position }, place) => {
      const { term, cycle_from: start } = position;
      const termEnd = moments.filter((moment) => moment.position.term === term).pop().position.term_end;
      const served = machine.reviews(moments).filter((review) => review.term === term).map(reviewYear);
      const next = began[place + 1] || over;
      const end = [next ? next.event.on : machine.data.last_day, termEnd].sort()[0];
      const years = [];
      for (let year = served[0]; year <= yearOf(end); year += 1) {
        const due = yearsAfter(start, year - yearOf(start), readings.missing_day);
        if (!served.includes(year) && due < end && year >= yearOf(asOf)) years.push(year);
      }
      return years;
    });
  }

  // The amendments assumed, Art. 34.3, which was not read.
  function amendments(acts) {
    const sets = { term_end_amended: "term_end", next_review_amended: "next_review" };
    const found = acts.filter(({ type }) => Object.hasOwn(sets, type));
    return found.map(({ on, type, day }) => ({ on, sets: sets[type], day, provision: "Art. 34.3", read: "unverified" }));
  }

  // Once an amendment has set the end, no reading gives an extension another.
  const lengthsStand = ({ extended, amended }) => !amended.some(({ sets, on }) => sets === "term_end" && on >= extended.on);

  function rescinded(acts) {
    const given = {};
    const found = [];
    for (const { type, party, on } of acts) {
      if (type === "withdrawal_notice") given[party] = on;
      if (type === "withdrawal_rescinded") found.push({ party, notice: given[party], on });
    }
    return found;
  }

  function notices({ leaving }, readings) {
    const final = readings.notice_can_be_rescinded === "no";
    return ReviewClock.sortedBy(leaving, ({ effective, party }) => `${effective} ${party}`).map((each) => ({
      party: each.party,
      notice: each.notice,
      effective: each.effective,
      last_day_to_rescind: final ? null : daysAfter(each.effective, -1),
    }));
  }

  // The first day on which a Party bound, with no notice running, would be out if it gave notice on the day.
  function earliestExit(machine, position, ends, asOf, readings) {
    const free = position.parties.filter((party) => !leavingParties(position).includes(party));
    if (!machine.inForce(position) || !free.length) return null;
    const out = monthsAfter(asOf, machine.data.notice_months, readings.missing_day);
    return ends !== null && out >= ends.date ? null : { date: out, notice: asOf };
  }

  // The facts at the end of `asOf`; `acts` are those done by then, in order, and `moments` the course they lead to.
  function answer(machine, { acts, moments, asOf, readings, verifiedOn, assumed }) {
    const position = machine.positionOn(moments, asOf);
    const ends = end(machine, moments);
    const inForce = machine.inForce(position);
    const extension = lastExtension(machine, moments, asOf);
    const review = nextReview(reviewAhead(machine, moments, asOf), readings);
    return {
      as_of: asOf,
      assumed,
      verified_on: verifiedOn,
      beyond_record: asOf > verifiedOn,
      since: position.entry,
      in_force: inForce,
      phase: position.phase,
      provision: position.provision,
      between: inForce ? position.parties : [],
      left: position.left.map(({ party, notice, effective }) => ({ party, notice, effective })),
      notices: notices(position, readings),
      rescinded: rescinded(acts),
      ends,
      earliest_exit: earliestExit(machine, position, ends, asOf, readings),
      extended: extension && { ...extension, confirmed: madeBy(moments, position.term) },
      amended: amendments(acts),
      next_review: review,
      last_review: lastReview(position, acts),
      unrecorded: unrecorded(machine, moments, asOf),
      years_without_review: yearsWithoutReview(machine, moments, asOf, readings),
      confirmed: position.confirmed.map(partyOn),
      review_at_latest: review !== null && review.day_is === "by_law" && extension !== null,
    };
  }

  // The day of the last act that a line of a scenario assumes, or `asOf` where that is later.
  function assumedTo({ acts }, asOf) {
    return [asOf, ...acts.filter(({ by }) => by === "assumption").map(({ on }) => on)].sort().at(-1);
  }

  // The acts of a scenario to the end of a day; where nothing is assumed, the record's alone, and nothing in silence.
  const actsOf = ({ record, acts, lines }, asOf) =>
    [...record.acts, ...(lines.length ? acts : [])].filter(({ on }) => on <= asOf);

  // The course that they lead to, what is assumed for later left open; the record's as far as it is lawful.
  function momentsOf(machine, scenario, asOf, readings) {
    return machine.timeline(actsOf(scenario, asOf), readings).moments;
  }

  // The facts when all that a scenario assumes to the end of a day has been done.
  function ofScenario(machine, scenario, asOf, readings) {
    const [acts, moments] = [actsOf(scenario, asOf), momentsOf(machine, scenario, asOf, readings)];
    const { record, lines } = scenario;
    return answer(machine, { acts, moments, asOf, readings, verifiedOn: record.verified_on, assumed: lines });
  }

  // What a course comes to, seen from a day: the facts that readings may move.
  function course(machine, moments, asOf) {
    const review = reviewAhead(machine, moments, asOf);
    return {
      ends: end(machine, moments),
      out: machine.final(moments).left.map(({ effective }) => effective),
      extended: lastExtension(machine, moments, asOf),
      review: review && { key: review.key, day: fallsDue(review) },
    };
  }

  // The facts with what other readings make of them; `assume` lays the same lines over the record under readings.
  function overReadings(machine, facts, readings, assume) {
    const over = ReviewClock.combinations(machine.data.readings, readings, (there) => {
      const scenario = assume(there);
      if (facts.assumed.length && (scenario.impossible || scenario.refused.length)) return null;
      return course(machine, momentsOf(machine, scenario, facts.as_of, there), facts.as_of);
    });
    const matter = over.thatMatter();
    const [here, all] = [over.under(readings), over.all(matter)];
    const span = (days) => {
      const found = days.filter((day) => day !== null).sort();
      return { earliest: found[0], latest: found[found.length - 1] };
    };
    const reviewDays = () => all.map(({ review }) => (review && review.key === here.review.key ? review.day : null));
    const others = matter.flatMap(([key, value]) => {
      const there = over.under(over.but(readings, [key, value]));
      if (there === null || JSON.stringify(there.extended) === JSON.stringify(here.extended)) return [];
      return [{ key, value, date: there.extended && there.extended.to }];
    });
    return {
      ...facts,
      ends: facts.ends && { ...facts.ends, ...span(all.map(({ ends }) => ends && ends.date)) },
      extended: facts.extended && {
        ...facts.extended,
        other_readings: lengthsStand(facts) ? others : others.filter(({ date }) => date === null),
      },
      next_review: facts.next_review && { ...facts.next_review, ...span(reviewDays()) },
    };
  }

  return { answer, ofScenario, assumedTo, overReadings };
})();
