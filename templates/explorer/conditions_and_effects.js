// The conditions and the effects that the rows of Chapter 34 name, one function each: the twin of
// review_clock/law/conditions.py and effects.py, with their names, in their order. It is a second telling of the law on purpose: the
// conformance test holds the two against each other. Each takes the position `p`, the event `e` and the readings `r`;
// an effect gives the position after it and leaves phase and provision to the row.
"use strict";

ReviewClock.conditionsAndEffects = (constants) => {
  const { term_years: TERM_YEARS, review_years: REVIEW_YEARS, notice_months: NOTICE_MONTHS, parties: PARTIES } = constants;
  const { monthsAfter, yearsAfter, yearOf } = ReviewClock.dates;
  const { newReview, fallsDue, reviewYear, newWithdrawal, confirmedBy, leavingParties } = ReviewClock.position;

  // --------------------------------------------------------------------------------------------------- conditions

  const remaining = (p, e) => p.parties.filter((party) => party !== e.party);

  // Whether this is the last departure of its day: they take effect together, and what follows is asked of it.
  const nobodyElseLeavesThatDay = (p, e) => !p.leaving.some((each) => each.effective === e.on && each.party !== e.party);

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

    the_term_was_never_extended: (p) => p.term <= 1,

    paragraph_3_extended_the_term: (p) => p.provision === "Art. 34.7(3)",

    the_day_is_not_within_the_six_years: (p, e) => e.day <= e.on || e.day > p.next_review.due || e.day >= p.term_end,

    the_day_is_later_than_paragraph_3_allows: (p, e) =>
      conditions.paragraph_3_extended_the_term(p) && conditions.the_day_is_not_within_the_six_years(p, e),

    no_review_extended_the_term: (p) => p.review === null || p.review.concluded_on !== null,

    no_review_can_be_held: (p, e) => conditions.no_review_extended_the_term(p) && !(e.early && p.term > 1),

    the_last_review_is_concluded: (p, e) => !e.early && p.review.concluded_on !== null,

    the_last_review_was_held: (p, e) => !e.early && p.review.held_on !== null,

    // The meeting of the review that fell due last can be held even where no further one is left.
    it_is_the_next_review_but_none_is_left: (p, e) => p.next_review === null && e.early,

    it_is_held_early: (_p, e) => e.early,

    the_day_is_outside_the_term: (p, e) => p.next_review === null || e.day <= e.on || e.day >= p.term_end,

    the_day_is_not_in_the_rest_of_the_term: (p, e) => e.day <= e.on || e.day >= p.term_end,

    the_day_is_not_ahead: (_p, e) => e.day <= e.on,

    // Reading R17.
    one_party_would_remain: (p, e, r) =>
      nobodyElseLeavesThatDay(p, e) && remaining(p, e).length < (r.one_party_left === "agreement_ends" ? 2 : 1),

    // Reading R14.
    those_who_remain_have_confirmed: (p, e, r) =>
      r.departure_completes_confirmation === "yes" &&
      conditions.it_completes_the_set(p, e) &&
      nobodyElseLeavesThatDay(p, e),
  };

  // ------------------------------------------------------------------------------------------------------ effects

  const entryOf = (e) => e.entry || "";
  const without = (rows, party) => rows.filter((row) => row.party !== party);
  const withRow = (rows, row) => ReviewClock.sortedBy([...without(rows, row.party), row], (each) => each.party);

  const sixYearReview = (term, cycleFrom, years, r) =>
    newReview({ term, number: 1, years, due: yearsAfter(cycleFrom, years, r.missing_day) });

  // The next annual review, if one falls in the rest of the term. Art. 34.7(4), "every year"; readings R3 and R7.
  function annualReviewAfter(p, last, r) {
    const due =
      r.annual_review_day === "year_after_last"
        ? yearsAfter(closedOn(last), 1, r.missing_day)
        : yearsAfter(p.cycle_from, yearServed(last) + 1 - yearOf(p.cycle_from), r.missing_day);
    if (due >= p.term_end) return null;
    return newReview({ term: last.term, number: last.number + 1, years: yearOf(due) - yearOf(p.cycle_from), due });
  }

  // The calendar year that needs no further review: its own, and an annual one held or set early serves its due year. A
  // six-year review does not: the annual phase begins with the calendar year after it, however early it was held.
  const yearServed = (last) =>
    last.kind === "annual" ? Math.max(yearOf(last.due), reviewYear(last)) : reviewYear(last);

  // The day of its own calendar year on which it was concluded, else held, else fell due. A meeting closed in a later
  // year moves nothing: else a year would be left without a review.
  function closedOn(last) {
    const own = [last.concluded_on, last.held_on].find((day) => day !== null && yearOf(day) === reviewYear(last));
    return own || fallsDue(last);
  }

  // `changes` made to the last review; the next one follows it where the reading counts from it.
  function onTheLastReview(p, r, changes) {
    const review = { ...p.review, ...changes };
    const next = p.next_review;
    const follows = r.annual_review_day === "year_after_last" && next !== null && next.scheduled === null && !next.amended;
    return { ...p, review, next_review: follows ? annualReviewAfter(p, review, r) : next };
  }

  // Whether the review is open, or the refusal is of its own day, or takes back what the Party confirmed on it. Any
  // other speaks of the time between two reviews, and not of how the last one ended.
  function itSpeaksOfTheLastReview(p, e) {
    const own = [fallsDue(p.review), p.review.held_on];
    const tookBack = p.confirmed.some((done) => done.party === e.party && own.includes(done.on));
    return p.phase === "review_open" || own.includes(e.on) || tookBack;
  }

  // The last review, its outcome recorded if the extension was made in it and not between two reviews.
  function endedByExtension({ review, phase }, on) {
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

    hold_review: (p, e, r) => onTheLastReview(p, r, { held_on: e.on }),

    note_the_meeting: (p, e) => ({ ...p, review: { ...p.review, held_on: e.on } }),

    hold_next_review: (p, e, r) =>
      effects.open_review({ ...p, next_review: { ...p.next_review, held_on: e.on } }, e, r),

    fix_the_day: (p, e) => ({ ...p, next_review: { ...p.next_review, scheduled: e.day } }),

    amend_the_term_end: (p, e, r) => {
      const amended = { ...p, term_end: e.day, end_amended: true };
      return p.next_review !== null ? amended : { ...amended, next_review: annualReviewAfter(amended, p.review, r) };
    },

    amend_the_next_review: (p, e) => {
      const number = p.next_review === null ? p.review.number + 1 : p.next_review.number;
      const years = yearOf(e.day) - yearOf(p.cycle_from);
      return { ...p, next_review: newReview({ term: p.term, number, years, due: e.day, amended: true }) };
    },

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
      return itSpeaksOfTheLastReview(p, e) ? onTheLastReview(after, r, { outcome_recorded: true }) : after;
    },

    conclude: (p, e, r) => onTheLastReview(p, r, { outcome_recorded: true, concluded_on: e.on }),

    close_the_review: (p, e) => ({ ...p, review: { ...p.review, outcome_recorded: true, concluded_on: e.on } }),

    extend: (p, e, r) => {
      const fromTheAct = r.extension_runs_from === "confirmation";
      let [cycleFrom, years] = [e.on, REVIEW_YEARS];
      if (r.next_review_after_extension === "original_grid") {
        cycleFrom = p.entry;
        while (yearsAfter(p.entry, years, r.missing_day) <= e.on) years += REVIEW_YEARS;
      }
      const sixteenOn = yearsAfter(fromTheAct ? e.on : p.term_end, TERM_YEARS, r.missing_day);
      const stays = p.term_end > sixteenOn; // only an end that was amended lies further on
      return {
        ...p,
        term: p.term + 1,
        term_start: fromTheAct ? e.on : p.term_start,
        term_end: stays ? p.term_end : sixteenOn,
        end_amended: stays || (!fromTheAct && p.end_amended),
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
