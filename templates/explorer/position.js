// Where the Agreement stands, the twin of review_clock/law/position.py: plain objects with the field names of the Python
// types, and what is worked out from them. A row of Parties is always in alphabetical order.
"use strict";

ReviewClock.position = (function () {
  const { daysAfter, yearOf } = ReviewClock.dates;

  // ----------------------------------------------------------------------------------------------------- reviews

  // `amended`: an amendment set its day (Art. 34.3, not read).
  const newReview = ({ term, number, years, due, amended = false }) => ({
    ...{ term, number, years, due, amended, scheduled: null, held_on: null, concluded_on: null, outcome_recorded: false },
    kind: number === 1 ? "six_year" : "annual",
    key: `${term}-${number}`,
  });

  const fallsDue = (review) => review.scheduled || review.due;

  // The day of the Commission's meeting: when it was held, else when it is to be.
  const meeting = (review) => review.held_on || fallsDue(review);

  // How its day is known: fixed by the text, set, or inferred from an anniversary (reading R3).
  const dayIs = (review) => {
    if (review.held_on !== null || review.scheduled !== null || review.amended) return "set";
    return review.number === 1 ? "by_law" : "inferred";
  };

  // Its day, or the earlier one on which it was held; and the calendar year whose review it is.
  const firstDay = (review) => [meeting(review), fallsDue(review)].sort()[0];
  const reviewYear = (review) => yearOf(firstDay(review));

  // --------------------------------------------------------------------------------------------------- withdrawals

  const newWithdrawal = (fields) => ({ ...fields, key: `${fields.party.toLowerCase()}-${fields.number}` });

  // ---------------------------------------------------------------------------------------------------- positions

  const start = (parties) => ({
    phase: "not_in_force",
    provision: "Art. 34.5",
    parties,
    entry: null,
    term: 0,
    term_start: null,
    term_end: null,
    end_amended: false,
    cycle_from: null,
    next_review: null,
    review: null,
    stated: [],
    confirmed: [],
    declined: [],
    leaving: [],
    left: [],
    notices: parties.map(() => 0),
    led_by: null,
  });

  const partiesOf = (rows) => rows.map((row) => row.party);
  const confirmedBy = (position) => partiesOf(position.confirmed);
  const leavingParties = (position) => partiesOf(position.leaving);

  // Art. 34.7(3). Where each one's confirmation stands already, since a departure left only these, one further act is
  // needed (reading R14).
  function yetToConfirm(position) {
    const waiting = position.parties.filter((party) => !confirmedBy(position).includes(party));
    return waiting.length ? waiting : position.parties.slice(0, 1);
  }

  const outcomeRecorded = ({ review, term }) => review === null || review.outcome_recorded || review.term < term;

  // Reading R2.
  const termEndsOn = (termEnd, r) => (r.term_ends === "start_of_day" ? termEnd : daysAfter(termEnd, 1));
  const lastDayInForce = (termEnd, r) => (r.term_ends === "start_of_day" ? daysAfter(termEnd, -1) : termEnd);

  return {
    ...{ newReview, fallsDue, meeting, dayIs, firstDay, reviewYear, newWithdrawal, start },
    ...{ confirmedBy, leavingParties, yetToConfirm, outcomeRecorded, termEndsOn, lastDayInForce },
  };
})();
