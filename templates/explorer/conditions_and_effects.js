// The conditions and the effects that the rows of Chapter 34 name, one function each: the twin of
// review_clock/law/conditions_and_effects.py, with its names, in its order. It is a second telling of the law on purpose: the
// conformance test holds the two against each other. Each takes the position `p`, the event `e` and the readings `r`;
// an effect gives the position after it and leaves phase and provision to the row.
"use strict";

ReviewClock.conditionsAndEffects = (constants) => {
  const { term_years: TERM_YEARS, review_years: REVIEW_YEARS, notice_months: NOTICE_MONTHS, parties: PARTIES } = constants;
  const { monthsAfter, yearsAfter } = ReviewClock.dates;
  const { newReview, fallsDue, newWithdrawal, confirmedBy, leavingParties } = ReviewClock.position;

  // --------------------------------------------------------------------------------------------------- conditions

  const remaining = (p, e) => p.parties.filter((party) => party !== e.party);

  const conditions = {
    always: () => true,

    the_party_has_left: (p, e) => !p.parties.includes(e.party),

    its_notice_runs: (p, e) => leavingParties(p).includes(e.party),

    no_notice_runs: (p, e) => !leavingParties(p).includes(e.party),

    // Reading R9.
    notice_is_final: (_p, _e, r) => r.notice_can_be_rescinded === "no",

    // Reading R15.
    it_may_not_confirm_while_leaving: (p, e, r) =>
      r.confirmation_while_leaving === "refused" && leavingParties(p).includes(e.party),

    // Reading R16.
    its_confirmation_is_final: (p, e, r) =>
      r.confirmation_can_be_withdrawn === "never" && confirmedBy(p).includes(e.party),

    it_completes_the_set: (p, e) => remaining(p, e).every((party) => confirmedBy(p).includes(party)),

    the_term_was_extended: (p) => p.term > 1,

    no_review_extended_the_term: (p) => p.review === null || p.review.concluded_on !== null,

    no_review_can_be_held: (p, e) => conditions.no_review_extended_the_term(p) && !(e.early && p.term > 1),

    // The meeting of the review that fell due last can be held even where no further one is left.
    it_is_the_next_review_but_none_is_left: (p, e) => p.next_review === null && (e.type !== "review_held" || e.early),

    it_is_held_early: (_p, e) => e.early,

    the_day_is_outside_the_term: (p, e) => p.next_review === null || e.day <= e.on || e.day >= p.term_end,

    // Reading R17.
    one_party_would_remain: (p, e, r) => remaining(p, e).length < (r.one_party_left === "agreement_ends" ? 2 : 1),

    // Reading R14.
    those_who_remain_have_confirmed: (p, e, r) =>
      r.departure_completes_confirmation === "yes" && conditions.it_completes_the_set(p, e),
  };

  // ------------------------------------------------------------------------------------------------------ effects

  const entryOf = (e) => e.entry || "";
  const without = (rows, party) => rows.filter((row) => row.party !== party);
  const withRow = (rows, row) => ReviewClock.sortedBy([...without(rows, row.party), row], (each) => each.party);

  const sixYearReview = (term, cycleFrom, years, r) =>
    newReview({ term, number: 1, years, due: yearsAfter(cycleFrom, years, r.missing_day) });

  // The next annual review, if one falls in the rest of the term. Art. 34.7(4); readings R3 and R7.
  function annualReviewAfter(p, last, r) {
    let years = last.years + 1;
    const anniversary = () => yearsAfter(p.cycle_from, years, r.missing_day);
    let due = anniversary();
    if (r.annual_review_day !== "anniversary") {
      due = yearsAfter(last.concluded_on || last.held_on || fallsDue(last), 1, r.missing_day);
    }
    while (due <= fallsDue(last)) {
      years += 1; // the last one was set for a later day than its own anniversary
      due = anniversary();
    }
    return due < p.term_end ? newReview({ term: last.term, number: last.number + 1, years, due }) : null;
  }

  // `changes` made to the last review; the next one follows it where the reading counts from it.
  function onTheLastReview(p, r, changes) {
    const review = { ...p.review, ...changes };
    const next = p.next_review;
    const follows = next === null || (r.annual_review_day === "year_after_last" && next.scheduled === null);
    return { ...p, review, next_review: follows ? annualReviewAfter(p, review, r) : next };
  }

  // The last review, its outcome recorded if the extension was made in it and not between two reviews.
  function endedByExtension({ review, phase }, on) {
    if (review === null) return null;
    const inIt = phase === "review_open" || on === fallsDue(review) || on === review.held_on;
    return { ...review, outcome_recorded: review.outcome_recorded || inIt };
  }

  const ended = (p) => ({ ...p, next_review: null, leaving: [] });

  const effects = {
    unchanged: (p) => p,

    enter_into_force: (p, e, r) => ({
      ...p,
      entry: e.on,
      cycle_from: e.on,
      term: 1,
      term_start: e.on,
      term_end: yearsAfter(e.on, TERM_YEARS, r.missing_day),
      next_review: sixYearReview(1, e.on, REVIEW_YEARS, r),
    }),

    open_review: (p, _e, r) => ({
      ...p,
      review: p.next_review,
      confirmed: r.confirmations === "fresh" ? [] : p.confirmed,
      next_review: annualReviewAfter(p, p.next_review, r),
    }),

    hold_review: (p, e, r) => (p.review.held_on ? p : onTheLastReview(p, r, { held_on: e.on })),

    hold_next_review: (p, e, r) => onTheLastReview(effects.open_review(p, e, r), r, { held_on: e.on }),

    fix_the_day: (p, e) => ({ ...p, next_review: { ...p.next_review, scheduled: e.day } }),

    state_position: (p, e) => {
      const said = { party: e.party, stance: e.stance, on: e.on, entry: entryOf(e) };
      return { ...p, stated: withRow(p.stated, said) };
    },

    confirm: (p, e) => {
      const done = { party: e.party, on: e.on, entry: entryOf(e) };
      return { ...p, confirmed: withRow(p.confirmed, done), declined: without(p.declined, e.party) };
    },

    decline: (p, e, r) => {
      const done = { party: e.party, on: e.on, entry: entryOf(e) };
      const after = { ...p, declined: withRow(p.declined, done), confirmed: without(p.confirmed, e.party) };
      return onTheLastReview(after, r, { outcome_recorded: true });
    },

    conclude: (p, e, r) => {
      const held_on = p.review.held_on || e.on;
      return onTheLastReview(p, r, { outcome_recorded: true, concluded_on: e.on, held_on });
    },

    close_the_review: (p, e) => ({ ...p, review: { ...p.review, concluded_on: e.on } }),

    extend: (p, e, r) => {
      const fromTheAct = r.extension_runs_from === "confirmation";
      let [cycleFrom, years] = [e.on, REVIEW_YEARS];
      if (r.next_review_after_extension === "original_grid") {
        cycleFrom = p.entry;
        while (yearsAfter(p.entry, years, r.missing_day) <= e.on) years += REVIEW_YEARS;
      }
      return {
        ...p,
        term: p.term + 1,
        term_start: fromTheAct ? e.on : p.term_start,
        term_end: yearsAfter(fromTheAct ? e.on : p.term_end, TERM_YEARS, r.missing_day),
        cycle_from: cycleFrom,
        next_review: sixYearReview(p.term + 1, cycleFrom, years, r),
        review: endedByExtension(p, e.on),
        // Evidence belongs to one cycle: nothing said or done for this extension serves the next.
        stated: [],
        confirmed: [],
        declined: [],
      };
    },

    give_notice: (p, e, r) => {
      const countsFrom = (r.notice_counts_from === "last_receipt" && e.last_receipt) || e.on;
      const notices = p.notices.map((n, place) => n + (PARTIES[place] === e.party ? 1 : 0));
      const withdrawal = newWithdrawal({
        party: e.party,
        number: notices[PARTIES.indexOf(e.party)],
        notice: e.on,
        effective: monthsAfter(countsFrom, NOTICE_MONTHS, r.missing_day),
        entry: entryOf(e),
      });
      return { ...p, leaving: withRow(p.leaving, withdrawal), notices };
    },

    rescind_notice: (p, e) => ({ ...p, leaving: without(p.leaving, e.party) }),

    leave: (p, e) => ({
      ...p,
      parties: remaining(p, e),
      leaving: without(p.leaving, e.party),
      left: [...p.left, ...p.leaving.filter((notice) => notice.party === e.party)],
      stated: without(p.stated, e.party),
      confirmed: without(p.confirmed, e.party),
      declined: without(p.declined, e.party),
    }),

    leave_and_extend: (p, e, r) => effects.extend(effects.leave(p, e), e, r),

    leave_and_end: (p, e) => ended(effects.leave(p, e)),

    end_term: (p) => ended(p),
  };

  return { conditions, effects };
};
