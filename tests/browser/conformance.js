// Reads histories and scenarios as the conformance test sends them, and gives each position as plain rows.
window.Conformance = (function () {
  "use strict";

  const day = (counted) => (counted === null ? null : counted.day);
  const review = (r) =>
    r && [r.key, r.kind, r.years, r.due.day, r.scheduled, r.falls_due, r.meeting.day, r.held_on, r.concluded_on, r.outcome_recorded];
  const withdrawal = (w) => [w.key, w.party, w.number, w.notice, w.effective.day, w.entry];

  function position(machine, p, readings) {
    return [
      p.phase, p.provision, [...p.parties].sort(), [...p.confirmed_by].sort(), [...p.leaving_parties].sort(), p.in_force,
      day(p.entry), p.term, p.term_start, day(p.term_end), day(p.cycle_from),
      p.term_end && machine.outOfForceOn(p, readings), p.term_end && machine.lastDayInForce(p, readings),
      review(p.next_review), review(p.review), p.outcome_recorded,
      p.stated.map((s) => [s.party, s.stance, s.on, s.entry]),
      p.confirmed.map((d) => [d.party, d.on, d.entry]), p.declined.map((d) => [d.party, d.on, d.entry]),
      p.leaving.map(withdrawal), p.left.map(withdrawal), p.notices,
      p.led_by && [p.led_by.type, p.led_by.on],
    ];
  }

  const rows = (machine, moments, readings) =>
    moments.map(({ event, position: after, refusal }) => [
      event.type, event.on, event.party || "", refusal ? refusal.key : "",
      refusal ? null : position(machine, after, readings),
    ]);

  async function digest(text) {
    const found = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const deadlines = (machine, moments, readings) =>
    new ReviewClock.Deadlines(machine, moments, readings).all().map(({ id, day, condition }) => [id, day, condition]);

  function history(machine, { acts, readings, dated }) {
    const { moments } = machine.unfold(machine.recorded(acts), machine.data.last_day, readings, true);
    const lawful = moments.filter(({ refusal }) => !refusal);
    return [...rows(machine, moments, readings), ...(dated ? deadlines(machine, lawful, readings) : [])];
  }

  function scenario(machine, { lines, readings, record, counterfactual }) {
    const base = { acts: machine.recorded(record.acts), verified_on: record.verified_on };
    const found = machine.assume(lines, base, readings, counterfactual);
    const { moments } = machine.timeline([...found.record.acts, ...found.acts], readings);
    const refused = found.refused.map(({ line, key }) => `${line}: ${key}`).sort();
    const told = [...rows(machine, moments, readings), ...deadlines(machine, moments, readings)];
    return [found.lines, refused, found.departsOn, ...told];
  }

  // The digest of each item's rows: `how` is "history" or "scenario".
  async function digests(machine, how, items) {
    const found = [];
    for (const item of items) found.push(await digest(JSON.stringify(told(machine, how, item))));
    return found;
  }

  // The rows of one item, or the error in words.
  function told(machine, how, item) {
    try {
      return { history, scenario }[how](machine, item);
    } catch (error) {
      return String(error);
    }
  }

  return { told, digests };
})();
