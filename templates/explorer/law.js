// The fold: the order on one day, what falls next, the row that decides, one step, a timeline. The law itself comes from
// api/v1/machine.json: the rows of the table, and their conditions and consequences as trees.
"use strict";

ReviewClock.Law = (function () {
  const { ordered, isTrue, Trees } = ReviewClock.Trees;

  class Law extends Trees {
    constructor(data) {
      super(data);
      this.cells = this._cells();
    }

    // ----------------------------------------------------------------------------------------------- the table

    _cells() {
      const cells = {};
      const add = (phases, events, row) => {
        for (const phase of phases) for (const on of events) (cells[`${phase} ${on}`] ||= []).push(row);
      };
      for (const row of this.data.refusals) add(row.phases, row.on, { refusal: row, when: this._named(row.when) });
      for (const row of this.data.transitions) {
        const ready = { row: row, when: this._named(row.provided), effect: this._named(row.effect) };
        add(row.phases, [row.on], ready);
      }
      return cells;
    }

    rowFor(position, event, readings) {
      const rows = this.cells[`${position.phase} ${event.type}`] || [];
      const found = rows.find((row) => isTrue(row.when([position, event, readings], {})));
      if (!found) throw new Error(`no row decides ${event.type} in ${position.phase}`);
      return found;
    }

    // The Position after an event, or null with the row that refuses it.
    step(position, event, readings) {
      const found = this.rowFor(position, event, readings);
      if (found.refusal) return { position: null, refusal: found.refusal };
      const after = found.effect([position, event, readings], {});
      if (event.type === "note") return { position: after, refusal: null };
      const changes = {
        phase: found.row.to || position.phase,
        provision: found.row.governs || position.provision,
        led_by: event,
      };
      return { position: this.replaced(after, changes), refusal: null };
    }

    fallsNext(position, readings) {
      return this._named("falls_next")([position, readings], {});
    }

    lastDayInForce(position, readings) {
      return this._named("last_day_in_force")([position.term_end, readings], {}).day;
    }

    outOfForceOn(position, readings) {
      return this._named("term_ends_on")([position.term_end, readings], {});
    }

    // ------------------------------------------------------------------------------------------------ the fold

    // Each event to and including `until`, with the Position it leads to. It ends at an act that the law refuses, or,
    // with `passing`, notes the refusal and goes on without the act.
    unfold(acts, until, readings, passing = false) {
      let position = this.make("position", {});
      const moments = [];
      const waiting = this.sorted(acts);
      for (let place = 0; ; ) {
        const lapse = this.fallsNext(position, readings);
        const act = place < waiting.length ? waiting[place] : null;
        const isLapse = lapse !== null && (act === null || ordered(this.inOrder(lapse), this.inOrder(act)) < 0);
        const event = isLapse ? lapse : act;
        if (event === null || event.on > until) return { moments, refused: null };
        if (!isLapse) place += 1;
        const after = this.step(position, event, readings);
        if (after.refusal && !passing) return { moments, refused: { event, refusal: after.refusal } };
        position = after.position || position;
        moments.push({ event, position, refusal: after.refusal });
      }
    }

    sorted(acts) {
      const keyed = acts.map((act) => [this.inOrder(act), act]);
      return keyed.sort((a, b) => ordered(a[0], b[0])).map(([, act]) => act);
    }

    timeline(acts, readings) {
      return this.unfold(acts, this.data.last_day, readings);
    }

    positionOn(moments, day) {
      const before = moments.filter((moment) => moment.event.on <= day);
      return before.length ? before[before.length - 1].position : this.make("position", {});
    }

    // Every joint review that fell or falls due or was held, in order, each as it stands in the end.
    reviews(moments) {
      const latest = new Map();
      for (const { position } of moments) if (position.review) latest.set(position.review.key, position.review);
      return [...latest.values()];
    }

    // The acts of the record as the page's data has them.
    recorded(rows) {
      const source = (entry) => this.make("recorded", { entry });
      return rows.map(({ type, entry, ...fields }) => this.make(type, { ...fields, source: source(entry) }));
    }
  }

  return Law;
})();
