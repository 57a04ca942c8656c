// The explorer: a form of assumptions, the address that holds them, and what the machine makes of them. Every word comes
// from the page's data.
"use strict";

(function () {
  const data = JSON.parse(document.getElementById("explorer-data").textContent);
  const { words } = data;
  const machine = new ReviewClock.Machine(data.machine);
  const { record } = data;
  // The first value of a reading is its default; the page is made under those of `built`.
  const defaults = Object.fromEntries(Object.entries(data.machine.readings).map(([key, values]) => [key, values[0]]));
  const built = { ...defaults, ...data.readings };
  const recordLine = machine.timeline(record.acts, built).moments;
  const said = ReviewClock.text(words, machine, ReviewClock.recordEnds(record));
  const { fill, capital, cite, dayText, why, partyNames } = said;
  const SETS_A_DAY = ["next_review_set", "amendment_sets_term_end", "amendment_sets_next_review"];
  // So many assumptions are read from an address.
  const MOST = 60;
  const state = { lines: [], readings: { ...built }, counterfactual: false, on: "", dropped: 0, unknown: [] };
  const at = (id) => document.getElementById(`explorer-${id}`);

  // ----------------------------------------------------------------------------------------------------- elements

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  const dated = (day) => element("time", { datetime: day }, dayText(day));

  // -------------------------------------------------------------------------------------- the address and the form

  const tidy = (line) => line.trim().split(/\s+/).join(" ");

  // Whether the page knows what to do with a part of the address; what it does not know it names and leaves there.
  function isKnown(part, value) {
    if (part === "reading") {
      const [key, choice] = value.split("=");
      return Object.hasOwn(data.machine.readings, key) && data.machine.readings[key].includes(choice);
    }
    if (part === "scenario") return data.scenarios.some((each) => each.name === value);
    if (part === "on") return value === "" || ReviewClock.dates.isDate(value);
    if (part === "counterfactual") return ["0", "1"].includes(value);
    return part === "assume";
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    const scenario = data.scenarios.find((each) => each.name === query.get("scenario"));
    const given = [...(scenario ? scenario.lines : []), ...query.getAll("assume")];
    const lines = given.map(tidy).filter(Boolean);
    [state.lines, state.dropped] = [lines.slice(0, MOST), Math.max(0, lines.length - MOST)];
    state.counterfactual = query.get("counterfactual") === "1" || Boolean(scenario && scenario.counterfactual);
    state.on = ReviewClock.dates.isDate(query.get("on") || "") ? query.get("on") : "";
    state.readings = { ...built };
    state.unknown = [...query].filter(([key, value]) => !isKnown(key, value)).slice(0, MOST);
    for (const pair of query.getAll("reading")) {
      const [key, value] = pair.split("=");
      if (isKnown("reading", pair)) state.readings[key] = value;
    }
  }

  const changedReadings = () =>
    Object.fromEntries(Object.entries(state.readings).filter(([key, value]) => value !== defaults[key]));

  function query() {
    const found = new URLSearchParams();
    for (const line of state.lines) found.append("assume", line);
    if (state.counterfactual) found.append("counterfactual", "1");
    for (const [key, value] of Object.entries(state.readings)) {
      if (value !== built[key]) found.append("reading", `${key}=${value}`);
    }
    if (state.on) found.append("on", state.on);
    for (const [key, value] of state.unknown) found.append(key, value);
    return found.toString();
  }

  // A choice of the reader's is a step that Back undoes; the other languages open on the same hypothesis.
  function writeAddress(isStep) {
    const found = query();
    const next = found ? `?${found}` : location.pathname;
    try {
      if (isStep && (found ? `?${found}` : "") !== location.search) history.pushState(null, "", next);
      else history.replaceState(null, "", next);
    } catch {
      // A browser may refuse this for a page opened from a folder; the form works all the same.
    }
    for (const link of document.querySelectorAll(".languages a")) link.search = found;
  }

  const sameLines = (a, b) => [...a].sort().join("\n") === [...b].sort().join("\n");
  const named = () =>
    data.scenarios.find(
      (each) => sameLines(each.lines, state.lines) && each.counterfactual === state.counterfactual && each.lines.length,
    );

  // ------------------------------------------------------------------------------------------- what the law makes

  function supposed() {
    const found = machine.assume(state.lines, record, state.readings, state.counterfactual);
    const { moments } = machine.timeline([...found.record.acts, ...found.acts], state.readings);
    const acts = [...found.record.acts, ...found.acts];
    const deadlines = ReviewClock.Deadlines.resolved(machine, moments, acts, data.as_of, state.readings);
    return { ...found, moments: moments.filter(({ event }) => event.type !== "note"), deadlines };
  }

  // ------------------------------------------------------------------------------------- the joint reviews to choose

  // The line by which a Party's choice on a day is assumed, if it is.
  function choiceOf(day, party) {
    for (const choice of ["confirms", "declines"]) {
      if (state.lines.some((line) => line.toLowerCase() === `${day} ${party} ${choice}`)) return choice;
    }
    return state.lines.some((line) => line.toLowerCase() === `${day} all confirm`) ? "confirms" : "";
  }

  // Takes a choice at a review on `day` into the lines; `asked` are the Parties that can still choose there, and
  // `everyone` says that no confirmation of another stands from before.
  function choose(day, party, choice, { asked, everyone }) {
    const choices = Object.fromEntries(asked.map((each) => [each, each === party ? choice : choiceOf(day, each)]));
    const isAbout = (line) => {
      const [first, who, verb] = line.toLowerCase().split(" ");
      return first === day && ((who === "all" && verb === "confirm") || /^(confirms|declines)$/.test(verb || ""));
    };
    state.lines = state.lines.filter((line) => !isAbout(line));
    if (everyone && asked.every((each) => choices[each] === "confirms")) state.lines.push(`${day} all confirm`);
    else for (const each of asked) if (choices[each]) state.lines.push(`${day} ${each} ${choices[each]}`);
    redraw();
  }

  function reviewChoice(day, party, who) {
    const id = `review-${day}-${party}`;
    const name = words.party[party.toUpperCase()];
    if (!who.asked.includes(party)) return element("p", {}, `${name}${words.language.colon} ${words.explorer.standing}`);
    const options = ["", "confirms", "declines"].map((value) =>
      element("option", { value }, value ? words.explorer[value] : words.explorer.nothing),
    );
    const select = element("select", { id, onchange: () => choose(day, party, select.value, who) }, ...options);
    return element("p", {}, element("label", { for: id }, name), select);
  }

  // A joint review as a group of choices, one for each Party then bound whose confirmation does not stand already.
  function reviewFields(key, { event, position }) {
    const title = `${dayText(event.on)} (${words.review_kind[position.review.kind]})`;
    const lower = (parties) => parties.map((party) => party.toLowerCase());
    const bound = lower(position.parties);
    const asked = bound.filter((party) => !lower(ReviewClock.position.confirmedBy(position)).includes(party));
    const who = { asked, everyone: asked.length === bound.length };
    const choices = bound.map((party) => reviewChoice(event.on, party, who));
    return element("fieldset", { "data-key": key }, element("legend", {}, title), ...choices);
  }

  // The reviews keep their elements while they stand, so that the focus stays where it is.
  function drawReviews({ moments, record: base }) {
    const place = at("reviews");
    const ends = ReviewClock.recordEnds(base);
    const shown = [];
    for (const moment of moments) {
      const { event, position } = moment;
      if (event.type !== "review_falls_due" || event.on <= ends) continue;
      const parties = [...position.parties, "confirmed", ...ReviewClock.position.confirmedBy(position)].join(" ");
      const key = `${event.on} ${position.review.kind} ${parties}`;
      const fields = [...place.children].find((each) => each.dataset.key === key) || reviewFields(key, moment);
      for (const select of fields.querySelectorAll("select")) select.value = choiceOf(event.on, select.id.slice(-2));
      shown.push(fields);
    }
    if (!shown.length) shown.push(element("p", { "data-key": "" }, words.explorer.none_left));
    for (const each of [...place.children]) if (!shown.includes(each)) each.remove();
    shown.forEach((each, index) => {
      if (place.children[index] !== each) place.insertBefore(each, place.children[index] || null);
    });
  }

  // ------------------------------------------------------------------------------------------------- the answers

  function drawLines(found) {
    const remove = (line) => {
      state.lines = state.lines.filter((each) => each !== line);
      redraw();
      at("said").textContent = fill(words.explorer.removed, { line: said.assumed(line) });
      (at("lines").querySelector("button") || at("day")).focus();
    };
    const items = [...state.lines].sort().map((line) => {
      const inWords = said.assumed(line);
      const label = `${words.explorer.remove}${words.language.colon} ${inWords}`;
      const button = element("button", { type: "button", "aria-label": label, onclick: () => remove(line) }, words.explorer.remove);
      return element("li", { "data-line": line }, capital(inWords), " ", button);
    });
    at("lines").replaceChildren(...(items.length ? items : [element("li", {}, words.explorer.nothing_assumed)]));
    const refused = found.refused.map((each) => element("li", {}, why(each)));
    for (const [key, value] of state.unknown) {
      refused.push(element("li", {}, fill(words.explorer.unknown_part, { part: `${key}=${value}` })));
    }
    if (state.dropped) refused.push(element("li", {}, fill(words.explorer.too_many, { n: MOST })));
    const warning = [element("p", {}, `${words.explorer.refused}${words.language.colon}`), element("ul", {}, ...refused)];
    at("refused").replaceChildren(...(refused.length ? [element("div", { class: "warning" }, ...warning)] : []));
    const silent = [...new Set(found.acts.filter((act) => act.by === "silence").map((act) => act.on))].map(dayText);
    const notes = found.departsOn ? [fill(words.status.departs, { day: dayText(found.departsOn) })] : [];
    if (silent.length) notes.push(fill(words.status.assumed_silence, { days: silent.join("; ") }));
    at("silence").textContent = notes.join(" ");
    at("under").textContent = readingsSaid().join(" ");
  }

  // The readings that are not the default, each in words, as they stand with the answer, on paper and in the calendar.
  function readingsSaid() {
    const selects = [...document.querySelectorAll("#explorer-readings select")];
    const changed = selects.filter((select) => select.dataset.reading in changedReadings());
    return changed.map((select) => {
      const choice = [...select.options].find(({ value }) => value === state.readings[select.dataset.reading]).text;
      return fill(words.explorer.read_so, { point: select.labels[0].textContent, choice });
    });
  }

  // The moments of the future. That a silent review was held and concluded is told at its day, unless it changes the
  // phase; where the law stands as it did after the moment before, that is said.
  function drawMoments(found) {
    const start = found.departsOn && found.departsOn < data.as_of ? found.departsOn : data.as_of;
    const rows = [];
    let [phase, state] = ["", ""];
    for (const { event, position } of found.moments) {
      const silent = event.by === "silence";
      const after = stateText(position);
      const last = rows[rows.length - 1];
      if (silent && position.phase === phase) {
        if (last && last.event.on === event.on && last.event.type === "review_falls_due") last.silent = true;
      } else if (event.on >= start) {
        rows.push({ event, silent, after: last && after === state ? words.explorer.no_change : after });
      }
      [phase, state] = [position.phase, after];
    }
    at("moments").tBodies[0].replaceChildren(...rows.map(momentRow));
  }

  function stateText(position) {
    const after = [`${capital(words.phase[position.phase])} (${cite(position.provision)})`];
    if (machine.inForce(position)) {
      after.push(partyNames(position.parties), fill(words.explorer.to_day, { day: dayText(position.term_end) }));
    }
    return after.join("; ");
  }

  function momentRow({ event, silent, after }) {
    const what = [capital(words.act[event.type]) + (event.party ? ` (${words.party[event.party]})` : "")];
    const how = silent ? "by_silence" : event.by === "assumption" ? "by_assumed" : "";
    if (how) what.push(" ", element("b", { class: "contingent" }, words.whatif[how]));
    const first = element("th", { scope: "row" }, dated(event.on));
    return element("tr", {}, first, element("td", {}, ...what), element("td", {}, after));
  }

  const standing = (found) => found.filter(({ condition }) => !condition.includes(":"));

  // The dates ahead, and those that fall away, each beside what the record alone has.
  function drawDates(found) {
    const alone = ReviewClock.Deadlines.resolved(machine, recordLine, record.acts, data.as_of, built);
    const before = new Map(standing(alone).map((each) => [each.id, each]));
    const after = new Map(standing(found.deadlines).map((each) => [each.id, each]));
    const gone = [...before.values()].filter((each) => !after.has(each.id));
    const start = found.departsOn && found.departsOn < data.as_of ? found.departsOn : data.as_of;
    const ahead = [...after.values(), ...gone].filter((each) => each.day >= start);
    const rows = ReviewClock.sortedBy(ahead, ({ day, id }) => `${day} ${id}`);
    at("dates").tBodies[0].replaceChildren(...rows.map((each) => dateRow(each, before.get(each.id), after.has(each.id))));
    showDates();
  }

  // The dates that change, and on demand those that stay as well.
  function showDates() {
    const rows = [...at("dates").tBodies[0].rows];
    for (const row of rows) row.hidden = !row.className && !at("all").checked;
    at("dates").hidden = rows.every((row) => row.hidden);
    at("no-dates").hidden = !at("dates").hidden;
  }

  // What became of a date that the record has as `old`: nothing, or it appears, moves, or now hangs on something.
  function whatBecame(old, day, condition) {
    if (!old) return "appears";
    if (old.day !== day) return "moves";
    return condition && condition !== old.condition ? "hangs" : "";
  }

  const earlierUnder = new Map(data.machine.rules.map(({ id, earlier_under: pairs = [] }) => [id, pairs]));

  // How a date is said where it is not simply known, by the key of its words; nothing for one that is.
  function unsure(each) {
    const { rule } = each;
    const isChosen = (pair) => state.readings[pair.split("=")[0]] === pair.split("=")[1];
    if (earlierUnder.get(rule).some(isChosen)) return "on_or_before";
    if (each.day_is !== "inferred") return "";
    if (data.rules[rule].kind !== "review") return "inferred";
    return state.readings.annual_review_day === "any_day" ? "in_year" : "around";
  }

  // A date with how sure it is beside it; one that the reading chosen does not give is no date for a machine.
  function datedAsKnown(each) {
    const how = unsure(each);
    if (!how) return [dated(each.day)];
    if (how === "in_year") return [fill(words.day.in_year, { year: each.day.slice(0, 4) })];
    const [before, after] = words.day[how].split("{day}");
    return [before, how === "on_or_before" ? dayText(each.day) : dated(each.day), after];
  }

  // Of what one Party does the title says first which: the key of a withdrawal begins with it.
  function titleOf({ id, rule }) {
    const { title, of_one_party: named } = data.rules[rule];
    const party = id.slice(rule.length + 1).split("-")[0].toUpperCase();
    return named ? `${words.party[party]} – ${title}` : title;
  }

  function dateRow(each, old, stands) {
    const { id, rule, day, condition } = each;
    const own = data.rules[rule].condition;
    const general = condition ? words.condition[condition.split(":")[0]] || "" : "";
    const what = stands ? whatBecame(old, day, condition) : "vanishes";
    const was = what === "moves" ? ` (${fill(words.whatif.was, { day: dayText(old.day) })})` : "";
    const change = what === "hangs" ? general : what ? words.whatif[what] + was : words.explorer.unchanged;
    const text = [titleOf(each), own, general].filter(Boolean).join("; ");
    const cells = [element("th", { scope: "row" }, ...datedAsKnown(each)), element("td", {}, text)];
    const row = element("tr", { "data-id": id, "data-day": stands ? day : "" }, ...cells, element("td", {}, change));
    if (what) row.className = `whatif-${what}`;
    return row;
  }

  // ------------------------------------------------------------------------------------------------ drawing it all

  let shown = null;

  function redraw(isStep = true) {
    shown = supposed();
    writeAddress(isStep);
    at("scenario").value = named() ? named().name : "";
    at("counterfactual").checked = state.counterfactual;
    for (const select of document.querySelectorAll("#explorer-readings select")) {
      select.value = state.readings[select.dataset.reading];
    }
    drawReviews(shown);
    drawLines(shown);
    const under = (readings) => machine.assume(shown.lines, record, readings, state.counterfactual);
    at("sentence").textContent = said.sentence(shown, data.as_of, state.readings, under);
    drawPosition();
    ReviewClock.lanes.draw(at("lanes"), machine, shown.moments, data.as_of, words);
    drawMoments(shown);
    drawDates(shown);
  }

  // The position on the day asked for, else on that of the last assumption.
  function drawPosition() {
    const last = shown.lines.map((line) => line.slice(0, 10)).sort().pop();
    const day = state.on || last || data.as_of;
    at("on").value = day;
    const position = machine.positionOn(shown.moments, day);
    at("position").textContent = said.positionText(position, day);
    at("position-more").textContent = said.positionMore(shown, day, state.readings);
  }

  // -------------------------------------------------------------------------------------------------- the controls

  function add() {
    const [day, act, other] = [at("day").value, at("act").value, at("other-day").value];
    if (!day || (SETS_A_DAY.includes(act) && !other)) {
      at("problem").textContent = words.explorer.need_day;
      (day ? at("other-day") : at("day")).focus();
      return;
    }
    at("problem").textContent = "";
    const verb = act.replaceAll("_", " ");
    const line = {
      next_review_set: `${day} next review set for ${other}`,
      all_confirm: `${day} all confirm`,
      next_review_held: `${day} next review held`,
      review_concludes: `${day} review concludes`,
      amendment_sets_term_end: `${day} amendment sets term end ${other}`,
      amendment_sets_next_review: `${day} amendment sets next review ${other}`,
    }[act];
    const given = line || `${day} ${at("party").value} ${verb}`;
    if (!state.lines.includes(given)) state.lines.push(given);
    redraw();
  }

  function showFields() {
    const act = at("act").value;
    at("party").disabled = !["confirms", "declines", "gives_notice", "rescinds_notice"].includes(act);
    at("other").hidden = !SETS_A_DAY.includes(act);
  }

  function takeScenario() {
    const found = data.scenarios.find((each) => each.name === at("scenario").value);
    [state.lines, state.counterfactual] = [found ? [...found.lines] : [], Boolean(found && found.counterfactual)];
    state.on = "";
    redraw();
  }

  // A preset is a link, which opens without script too; here it is a step like any other.
  function takePreset(event) {
    event.preventDefault();
    history.pushState(null, "", event.currentTarget.search || location.pathname);
    readAddress();
    redraw(false);
  }

  function reset() {
    Object.assign(state, { lines: [], readings: { ...built }, counterfactual: false, on: "", dropped: 0, unknown: [] });
    redraw();
  }

  async function copy() {
    const address = location.href;
    try {
      await navigator.clipboard.writeText(address);
      at("said").textContent = words.explorer.copied;
    } catch {
      at("said").textContent = fill(words.explorer.copy_by_hand, { address });
    }
  }

  function eventTitle(each) {
    const title = titleOf(each);
    return unsure(each) === "around" ? fill(words.day.not_announced, { title }) : title;
  }

  function eventText(each) {
    const [how, name] = [unsure(each), each.condition.split(":")[0]];
    const day = how ? fill(words.day[how], { day: dayText(each.day) }) : "";
    return [day, data.rules[each.rule].who, words.condition[name]].filter(Boolean).join("\n");
  }

  function saveCalendar() {
    const own = named() ? named().name : ReviewClock.files.nameOf(shown.lines);
    const readings = Object.entries(changedReadings()).map((pair) => pair.join("="));
    const name = readings.length ? `${own}.${ReviewClock.files.nameOf(readings).replace("assumed", "read")}` : own;
    const inWords = named() ? at("scenario").selectedOptions[0].text : shown.lines.map(said.assumed).join("; ");
    const title = [inWords, ...readingsSaid()].filter(Boolean).join(" ");
    const events = standing(shown.deadlines)
      .filter((each) => each.day >= data.as_of && !["in_year", "on_or_before"].includes(unsure(each)))
      .map((each) => ({ id: each.id, day: each.day, title: eventTitle(each), text: eventText(each) }));
    const stamp = record.verified_on;
    const text = ReviewClock.files.calendar({ name, title, lines: shown.lines, events, stamp, lang: data.lang, words, fill });
    ReviewClock.files.save(`${name}.${data.lang}.ics`, "text/calendar", text);
  }

  function saveScenario() {
    const [lines, readings] = [shown.lines, changedReadings()];
    const text = ReviewClock.files.scenarioFile({ lines, counterfactual: state.counterfactual, readings, words });
    ReviewClock.files.save("what-if.toml", "application/toml", text);
  }

  function listen() {
    at("scenario").addEventListener("change", takeScenario);
    for (const link of document.querySelectorAll(".preset")) link.addEventListener("click", takePreset);
    window.addEventListener("popstate", () => {
      readAddress();
      redraw(false);
    });
    at("act").addEventListener("change", showFields);
    at("add").addEventListener("click", add);
    at("counterfactual").addEventListener("change", () => {
      state.counterfactual = at("counterfactual").checked;
      redraw();
    });
    at("readings").addEventListener("change", ({ target }) => {
      state.readings[target.dataset.reading] = target.value;
      redraw();
    });
    at("on").addEventListener("change", () => {
      state.on = at("on").value;
      writeAddress(true);
      drawPosition();
    });
    at("all").addEventListener("change", showDates);
    at("copy").addEventListener("click", copy);
    at("print").addEventListener("click", () => window.print());
    at("ics").addEventListener("click", saveCalendar);
    at("toml").addEventListener("click", saveScenario);
    at("reset").addEventListener("click", reset);
    let width = 0;
    window.addEventListener("resize", () => {
      if (at("lanes").clientWidth === width) return;
      width = at("lanes").clientWidth;
      ReviewClock.lanes.draw(at("lanes"), machine, shown.moments, data.as_of, words);
    });
  }

  readAddress();
  at("off").hidden = true;
  document.getElementById("explorer").hidden = false;
  showFields();
  listen();
  redraw(false);
})();
