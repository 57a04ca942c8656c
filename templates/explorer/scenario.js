// Assumptions made into a longer record, as review_clock/scenarios/assume.py and record/grammar.py do.
"use strict";

ReviewClock.Machine = (function () {
  const { isDate, daysAfter } = ReviewClock.dates;
  const { meeting, outcomeRecorded, yetToConfirm } = ReviewClock.position;

  const PARTY_ACTS = {
    confirms: "confirmation",
    declines: "non_confirmation",
    "gives notice": "withdrawal_notice",
    "rescinds notice": "withdrawal_rescinded",
  };
  const COMMON_ACTS = {
    "review held": ["review_held"],
    "next review held": ["review_held", { early: true }],
    "review concludes": ["review_concluded"],
    "agreement enters into force": ["entry_into_force"],
  };

  const AMENDED = { "term end": "term_end_amended", "next review": "next_review_amended" };

  const PARTY_LINE =
    /^(us|ca|mx) (?:(confirms|declines|gives notice|rescinds notice)|states (extend|not extend|undecided))$/;

  const firstAct = (said) => said.acts(["CA"])[0];

  const why = (line, { refusal }) => ({ line, key: `refusal.${refusal.key}`, provision: refusal.provision });

  // The last day of which a record speaks: that of its last act, mere notes left out, or that of its verification.
  const recordEnds = ({ acts, verified_on: verified }) =>
    [verified, ...acts.filter(({ type }) => type !== "note").map((act) => act.on)].sort().at(-1);

  function recordBefore(record, day) {
    const last = daysAfter(day, -1);
    return {
      acts: record.acts.filter((act) => act.on < day),
      verified_on: [record.verified_on, last].sort()[0],
    };
  }

  class Machine extends ReviewClock.Law {
    // `record` is {acts, verified_on}. A line that cannot be assumed is left out and stands in `refused` with the key of
    // its reason in the words files, and the paragraph where it is the law that refuses. `impossible` is set, and nothing
    // assumed, where under these readings the record itself could not be.
    assume(lines, record, readings, counterfactual) {
      const refused = [];
      let said = [];
      for (const line of lines) {
        const each = this.understood(line);
        if (each.key) refused.push(each);
        else if (firstAct(each).day > this.data.last_day || each.on > this.data.last_day) refused.push({ line: each.line, key: "assumption.beyond_calendar" });
        else if (each.on > recordEnds(record) || counterfactual) said.push(each);
        else refused.push({ line: each.line, key: "assumption.within_record" });
      }
      said = this._inTurn(said);
      for (;;) {
        const found = this._assumed(said, record, readings);
        refused.push(...found.refused);
        if (!found.again) return { ...found, refused };
        said = said.slice(1);
      }
    }

    _inTurn(said) {
      return ReviewClock.sortedBy(said, (each) => this.inOrder(firstAct(each)));
    }

    // The scenario of lines that are understood, without those that the law refuses. Where it refuses the first, on whose
    // day the record may have been left, the others are to be asked `again` on the record as it then stands.
    _assumed(said, record, readings) {
      const departsOn = said.length && said[0].on <= recordEnds(record) ? said[0].on : null;
      const base = departsOn === null ? record : recordBefore(record, departsOn);
      const none = { lines: [], acts: [], record: base, departsOn, refused: [] };
      const [impossible] = this.timeline(base.acts, readings).refused;
      if (impossible) return { ...none, impossible: why("", impossible) };
      const [lines, refused] = [[], []];
      let acts = [];
      for (const each of said) {
        const before = [...base.acts, ...acts];
        const then = this.unfold(before, each.on, readings).moments;
        const added = each.acts(yetToConfirm(this.positionOn(then, each.on)));
        const [against] = this.timeline([...before, ...added], readings).refused;
        if (against) {
          refused.push(why(each.line, against));
          if (each === said[0]) return { ...none, refused, again: true };
        } else {
          lines.push(each.line);
          acts = [...acts, ...added];
        }
      }
      const silent = this._silentReviews([...base.acts, ...acts], recordEnds(base), readings);
      acts = [...acts, ...this._possible([...base.acts, ...acts], silent, readings)];
      return { ...none, lines, refused, acts: this.sorted(acts) };
    }

    // A conclusion for each review after `after` of which nothing says, by its own day, how it ended.
    _silentReviews(acts, after, readings) {
      const added = [];
      const { moments } = this.timeline(acts, readings);
      for (const review of this.reviews(moments)) {
        const day = meeting(review);
        if (day <= after || review.concluded_on !== null || outcomeRecorded(this.positionOn(moments, day))) continue;
        added.push({ type: "review_concluded", on: day, by: "silence" });
      }
      return added;
    }

    // Those of `added` that the law lets happen beside `acts`: all of them, or what is left taken in turn.
    _possible(acts, added, readings) {
      const lawful = (more) => !this.timeline([...acts, ...more], readings).refused.length;
      if (lawful(added)) return added;
      return added.reduce((kept, act) => (lawful([...kept, act]) ? [...kept, act] : kept), []);
    }

    // What a line of the assumption grammar says, as {line, on, acts(bound)}; or {line, key} with the key of the reason.
    understood(given) {
      const line = given.trim();
      const [first, ...rest] = line.toLowerCase().split(/\s+/);
      const words = rest.join(" ");
      const act = (type, more) => ({ type, on: first, by: "assumption", ...more });
      const unclear = { line, key: "assumption.not_understood" };
      if (!isDate(first)) return unclear;
      const said = ([type, more]) => ({ line, on: first, acts: () => [act(type, more)] });
      const own = PARTY_LINE.exec(words);
      if (own) {
        const party = own[1].toUpperCase();
        if (own[3]) return said(["stated_position", { party, stance: own[3].replace(" ", "_") }]);
        return said([PARTY_ACTS[own[2]], { party }]);
      }
      const amended = /^amendment sets (term end|next review) (\S+)$/.exec(words);
      if (amended) return isDate(amended[2]) ? said([AMENDED[amended[1]], { day: amended[2] }]) : unclear;
      const set = /^next review set for (\S+)$/.exec(words);
      if (set) return isDate(set[1]) ? said(["review_scheduled", { day: set[1] }]) : unclear;
      if (words === "all confirm") {
        return { line, on: first, acts: (bound) => bound.map((party) => act("confirmation", { party })) };
      }
      return Object.hasOwn(COMMON_ACTS, words) ? said(COMMON_ACTS[words]) : unclear;
    }
  }

  ReviewClock.recordEnds = recordEnds;
  return Machine;
})();
