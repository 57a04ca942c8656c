// The table at work and the fold, the twins of review_clock/law/chapter_34.py and timeline/unfold.py. The rows come from
// api/v1/machine.json; the conditions and effects that they name stand in conditions_and_effects.js.
"use strict";

ReviewClock.Law = (function () {
  const { sortedBy } = ReviewClock;
  const { start, fallsDue, termEndsOn } = ReviewClock.position;

  function twin(found, what, name) {
    if (!Object.hasOwn(found, name)) throw new Error(`the script has no ${what} called ${name}`);
    return found[name];
  }

  const OPPOSED = { confirmation: "non_confirmation", withdrawal_notice: "withdrawal_rescinded" };
  const opposed = (a, b) => OPPOSED[a.type] === b.type || OPPOSED[b.type] === a.type;

  // Whether an act, by the table, cannot be done on the day on which the other was done before it.
  function contradicts(one, other) {
    if (one.party) {
      const positions = one.type === other.type && one.stance !== other.stance;
      return one.party === other.party && (positions || opposed(one, other));
    }
    const setsTheReview = [one, other].map(({ type }) => ["review_scheduled", "next_review_amended"].includes(type));
    if (setsTheReview.every(Boolean)) return one.day !== other.day;
    if (setsTheReview.some(Boolean)) return other.early === true;
    return one.type === other.type && (one.type !== "term_end_amended" || one.day !== other.day);
  }

  class Law {
    constructor(data) {
      if (data.version !== 2) throw new Error(`machine.json: version ${data.version} is not one this page can read`);
      this.data = data;
      this.start = start(data.parties);
      this.cells = this._cells(ReviewClock.conditionsAndEffects(data));
    }

    inForce(position) {
      return this.data.in_force.includes(position.phase);
    }

    hasEnded(position) {
      return this.data.ended.includes(position.phase);
    }

    // The text by which events of a timeline are sorted: day, order on one day, Party.
    inOrder(event) {
      const place = this.data.order_on_one_day.indexOf(event.type);
      return `${event.on} ${String(place).padStart(2, "0")} ${event.party}`;
    }

    sorted(events) {
      return sortedBy(events, (event) => this.inOrder(event));
    }

    // ----------------------------------------------------------------------------------------------- the table

    _cells({ conditions, effects }) {
      const cells = {};
      const add = (phases, events, row) => {
        for (const phase of phases) for (const on of events) (cells[`${phase} ${on}`] ||= []).push(row);
      };
      // What a row does not say is what most have.
      const every = this.data.order_on_one_day.filter((type) => type !== "note");
      const phasesOf = (row) => row.phases || this.data.in_force;
      const condition = (name) => twin(conditions, "condition", name || "always");
      for (const row of this.data.refusals) add(phasesOf(row), row.on || every, { refusal: row, when: condition(row.when) });
      for (const row of this.data.transitions) {
        const effect = twin(effects, "effect", row.effect);
        add(phasesOf(row), [row.on], { row, effect, when: condition(row.provided) });
      }
      return cells;
    }

    // The position after an event, or the row that refuses it.
    step(position, event, readings) {
      const rows = this.cells[`${position.phase} ${event.type}`];
      const { refusal, row, effect } = rows.find(({ when }) => when(position, event, readings));
      if (refusal) return { refusal };
      const after = effect(position, event, readings);
      if (event.type === "note") return { position: after };
      const [phase, provision] = [row.to || position.phase, row.governs || position.provision];
      return { position: { ...after, phase, provision, led_by: event } };
    }

    // The row that refuses an act beside one that was `done` on its day, if the two contradict each other.
    contradicted(act, done) {
      if (!done.some((other) => contradicts(act, other))) return null;
      return this.data.contradictions.find((row) => row.on.includes(act.type));
    }

    // What the mere passing of time brings next, if nobody acts; null where nothing runs.
    fallsNext(position, readings) {
      if (!this.inForce(position)) return null;
      const { next_review: next, leaving, term_end: end } = position;
      const lapses = leaving.map(({ effective, party }) => ({ type: "withdrawal_takes_effect", on: effective, party }));
      if (next !== null) lapses.push({ type: "review_falls_due", on: fallsDue(next) });
      return this.sorted([...lapses, { type: "term_ends", on: termEndsOn(end, readings) }])[0];
    }

    // ------------------------------------------------------------------------------------------------ the fold

    // Each event to and including `until`, with the position it leads to; and what the law refuses, which has no effect and
    // is passed over.
    unfold(acts, until, readings) {
      let position = this.start;
      let today = [];
      const [moments, refused] = [[], []];
      const waiting = this.sorted(acts);
      for (;;) {
        const lapse = this.fallsNext(position, readings);
        const [event] = this.sorted([lapse, waiting[0]].filter(Boolean));
        if (!event || event.on > until) return { moments, refused };
        if (event !== lapse) waiting.shift();
        today = today.filter((other) => other.on === event.on);
        const against = this.contradicted(event, today);
        const after = against ? { refusal: against } : this.step(position, event, readings);
        if (after.refusal) {
          refused.push({ event, refusal: after.refusal });
          continue;
        }
        ({ position } = after);
        if (event !== lapse) today.push(event);
        moments.push({ event, position });
      }
    }

    timeline(acts, readings) {
      return this.unfold(acts, this.data.last_day, readings);
    }

    positionOn(moments, day) {
      const before = moments.filter((moment) => moment.event.on <= day);
      return before.length ? before[before.length - 1].position : this.start;
    }

    final(moments) {
      return this.positionOn(moments, this.data.last_day);
    }

    // Every joint review that fell or falls due or was held, in order, each as it stands in the end.
    reviews(moments) {
      const latest = new Map();
      for (const { position } of moments) if (position.review) latest.set(position.review.key, position.review);
      return [...latest.values()];
    }
  }

  return Law;
})();
