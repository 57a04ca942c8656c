// The deadlines that an act under Chapter 34 moves: the rules of machine.json counted from the days of a timeline, as
// review_clock/deadlines/anchors.py and resolve.py do, and what a notice that runs may yet leave standing, as
// review_clock/questions/resolved.py does.
"use strict";

ReviewClock.Deadlines = (function () {
  const { daysAfter, monthsAfter, lastNotice } = ReviewClock.dates;
  const { meeting, dayIs, lastDayInForce, termEndsOn } = ReviewClock.position;

  class Deadlines {
    constructor(machine, moments, readings) {
      [this.machine, this.moments, this.readings] = [machine, moments, readings];
      this.final = machine.final(moments);
      this.endedEarly = this.final.phase === "ended_by_withdrawal";
    }

    // Every rule that has a day on this timeline, by day and then id: {id, rule, day, condition, day_is, review}.
    all() {
      const found = [];
      for (const row of this.machine.data.rules) {
        const rule = { reviews: [], offset: [], lapses_under: [], ...row };
        for (const start of this._occurrences(rule)) {
          const day = this._governed(rule, start.day);
          if (day === null || this._fallsAway(rule, day, start)) continue;
          const known = start.review ? dayIs(start.review) : start.day_is || "by_law";
          const id = `${rule.id}.${start.key}`;
          const { review = null, condition = "" } = start;
          found.push({ id, rule: rule.id, day, condition, day_is: known, review });
        }
      }
      return ordered(found);
    }

    _occurrences(rule) {
      return {
        review: () => this._reviews(rule),
        term_end: () => this._termEnd((end) => end),
        last_day_in_force: () => this._termEnd((end) => lastDayInForce(end, this.readings)),
        last_notice: () => this._termEnd((end) => this._lastNotice(end)),
        withdrawal_notice: () => this._withdrawals(rule).map((each) => ({ key: each.key, day: each.notice })),
        withdrawal_effect: () => this._withdrawals(rule).map((each) => ({ key: each.key, day: each.effective })),
        exit_us: () => this._exit("US"),
      }[rule.counted_from]();
    }

    _termEnd(day) {
      if (this.final.term_end === null || this.endedEarly) return [];
      return [{ key: String(this.final.term), day: day(this.final.term_end), day_is: this._endIs() }];
    }

    _lastNotice(end) {
      const last = lastDayInForce(end, this.readings);
      return lastNotice(last, this.machine.data.notice_months, this.readings.missing_day);
    }

    // The withdrawals of which a rule speaks.
    _withdrawals({ parties, only }) {
      const goesOn = (day) => this.machine.inForce(this.machine.positionOn(this.moments, day));
      const ends = (each) => this.endedEarly && each === this.final.left[this.final.left.length - 1];
      return this.final.left.filter(
        (each) =>
          (!parties || parties.includes(each.party)) &&
          (only !== "agreement_goes_on" || goesOn(each.effective)) &&
          (only !== "agreement_ends" || ends(each)),
      );
    }

    // When, and by which notice or term, the Agreement ceases to be in force for a Party; for all where it is nobody.
    _exit(party) {
      const { left, term_end: end, term } = this.final;
      const own = left.find((each) => each.party === party) || (this.endedEarly ? left[left.length - 1] : null);
      if (own) return [{ key: own.key, day: own.effective }];
      if (end === null) return [];
      return [{ key: String(term), day: termEndsOn(end, this.readings), day_is: this._endIs() }];
    }

    // How the day of the term's end is known where it is not by law: set by an amendment.
    _endIs() {
      return this.final.end_amended ? "set" : null;
    }

    _reviews(rule) {
      const closing = ["non_confirmation", "review_concluded"];
      const failed = this.moments.filter(({ event }) => closing.includes(event.type)).map(({ position }) => position.term);
      return this.machine.reviews(this.moments).flatMap((review) => {
        const asked = this._kinds(review).filter((kind) => rule.reviews.includes(kind));
        if (!asked.length) return [];
        const condition = this._hangsOn(review, asked, failed);
        return [{ key: review.key, day: meeting(review), condition, review }];
      });
    }

    _kinds(review) {
      if (review.kind !== "annual") return [review.term === 1 ? "six_year" : "after_extension"];
      return review.years % this.machine.data.review_years === 0 ? ["annual", "six_year_rhythm"] : ["annual"];
    }

    _hangsOn(review, asked, failed) {
      const rhythm = this.machine.data.six_year_rhythm;
      const [key, value] = rhythm.split("=");
      if (asked[0] === "six_year_rhythm" && this.readings[key] !== value) {
        return `only_under_reading:${rhythm}`;
      }
      return review.kind === "annual" && !failed.includes(review.term) ? "if_not_all_confirm" : "";
    }

    // The day under the version that governs it, as review_clock/deadlines/governing.py says which does.
    _governed(rule, base) {
      if (rule.lapses_under.some((pair) => this.readings[pair.split("=")[0]] === pair.split("=")[1])) return null;
      const versions = [rule, ...(rule.versions || [])];
      for (const [place, version] of versions.entries()) {
        const day = this._counted(version, base);
        const following = versions[place + 1];
        const until = version.until || (following && following.from);
        if (!until || day < until) return day;
      }
      return null;
    }

    _counted(rule, base) {
      let day = base;
      for (const step of rule.offset) {
        for (const [unit, n] of Object.entries(step)) {
          if (unit === "days") day = daysAfter(day, n);
          else day = monthsAfter(day, n * (unit === "years" ? 12 : 1), this.readings.missing_day);
        }
      }
      if (rule.bound === "before" && !rule.offset.length) day = daysAfter(day, -1);
      const clear = this.readings.at_least_days_before === "clear_days";
      return rule.bound === "at_least" && day < base && clear ? daysAfter(day, -1) : day;
    }

    // Whether it is over with the Agreement: for its Party, or for all where it is the treaty's own.
    _fallsAway(rule, day, start) {
      if (rule.outlives) return false;
      const [{ day: end }] = this._exit(rule.jurisdiction.toUpperCase());
      return day >= end || (start.review !== undefined && meeting(start.review) >= end);
    }
  }

  const IF_TAKEN_BACK = "if_notice_taken_back";
  const ordered = (found) => ReviewClock.sortedBy(found, ({ day, id }) => `${day} ${id}`);

  // The course as if the notices that run on a day were taken back; null where none runs, or none can be (R9).
  Deadlines.withoutRunningNotices = (machine, moments, acts, asOf, readings) => {
    const runs = ({ notice, effective }) => notice <= asOf && asOf < effective;
    const running = machine.final(moments).left.filter(runs);
    if (!running.length || readings.notice_can_be_rescinded === "no") return null;
    const isOf = (act) => running.some(({ party }) => party === act.party);
    const kept = acts.filter((act) => !(act.type === "withdrawal_notice" && isOf(act)));
    return machine.timeline(kept, readings).moments;
  };

  // Each date of a course, and those that stand only if a notice that runs on `asOf` is taken back.
  Deadlines.resolved = (machine, moments, acts, asOf, readings) => {
    const found = new Deadlines(machine, moments, readings).all();
    const spare = Deadlines.withoutRunningNotices(machine, moments, acts, asOf, readings);
    if (spare === null) return found;
    const here = new Set(found.map(({ id }) => id));
    const more = new Deadlines(machine, spare, readings).all().filter(({ id }) => !here.has(id));
    const taken = ({ condition }) => [IF_TAKEN_BACK, ...condition.split(":").slice(1)].join(":");
    return ordered([...found, ...more.map((each) => ({ ...each, condition: taken(each) }))]);
  };

  return Deadlines;
})();
