// What something comes to under readings, the twin of review_clock/law/under_readings.py.
"use strict";

// `result` gives what a combination of readings comes to, or null where under it an act could not have been done;
// `values` are those that each reading can take, `here` the readings chosen.
ReviewClock.combinations = (values, here, result) => {
  const choices = Object.entries(values).flatMap(([key, row]) =>
    row.filter((value) => value !== here[key]).map((value) => [key, value]),
  );
  const but = (readings, [key, value]) => ({ ...readings, [key]: value });
  const differ = (one, other) => JSON.stringify(one) !== JSON.stringify(other);
  const made = [];

  // Worked out once for all readings that agree in those asked for.
  function under(readings) {
    const known = made.find(({ asked }) => !differ({ ...readings, ...asked }, readings));
    if (known) return known.found;
    const asked = {};
    const get = (all, key) => (asked[key] = all[key]);
    const found = result(new Proxy(readings, { get }));
    made.push({ asked, found });
    return found;
  }

  function moves(readings, choice) {
    const [before, after] = [under(readings), under(but(readings, choice))];
    return before !== null && after !== null && differ(before, after);
  }

  // The other choices that change the result alone, or once one that does is made.
  function thatMatter() {
    const matter = choices.filter((choice) => moves(here, choice));
    const frontier = [...matter];
    while (frontier.length) {
      const base = but(here, frontier.pop());
      for (const choice of choices) {
        if (matter.includes(choice) || base[choice[0]] !== here[choice[0]] || !moves(base, choice)) continue;
        matter.push(choice);
        frontier.push(choice);
      }
    }
    return matter;
  }

  // The result of every combination of the choices that matter, where it has one.
  function all(matter) {
    let found = [here];
    for (const choice of matter) {
      const open = found.filter((readings) => readings[choice[0]] === here[choice[0]]);
      found = [...found, ...open.map((readings) => but(readings, choice))];
    }
    return found.map(under).filter((each) => each !== null);
  }

  return { but, under, thatMatter, all };
};
