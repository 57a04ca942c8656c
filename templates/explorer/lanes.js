// The course of the Agreement drawn as lanes over an axis of years, as review_clock/site/pictures/course_lanes.py draws it.
"use strict";

ReviewClock.lanes = (function () {
  const dayNumber = (day) => Date.parse(day) / 86400000;
  const SVG = "http://www.w3.org/2000/svg";
  const [LANE, TICKS] = [42, 6];

  function shape(name, attributes, text = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.textContent = text;
    return made;
  }

  class Axis {
    constructor(first, last, wide) {
      [this.first, this.last, this.wide] = [first, last, wide];
      this.start = dayNumber(`${first}-01-01`);
      this.days = dayNumber(`${last}-01-01`) - this.start;
    }

    x(day) {
      const part = Math.min(Math.max((dayNumber(day) - this.start) / this.days, 0), 1);
      return Math.round(part * this.wide * 10) / 10;
    }

    years() {
      const step = [1, 2, 5, 10, 20].find((n) => (this.last - this.first) / n <= TICKS);
      const found = [];
      for (let year = Math.ceil(this.first / step) * step; year < this.last; year += step) found.push(year);
      return found;
    }
  }

  // The spells in which something holds, from the moments: [start, end, kind], each as long as the kind stays.
  function spells(moments, end, kindOf) {
    const changes = [];
    for (const { event, position } of moments) {
      const kind = kindOf(position);
      if (!changes.length || changes[changes.length - 1][1] !== kind) changes.push([event.on, kind]);
    }
    const ends = [...changes.slice(1).map(([on]) => on), end];
    return changes.map(([on, kind], place) => [on, ends[place], kind]).filter(([on, until, kind]) => kind && until > on);
  }

  function mark(kind, x, y) {
    if (kind === "six_year") return shape("path", { d: `M${x},${y + 20} l9,9 l-9,9 l-9,-9 z`, class: "l-dot" });
    if (kind === "annual") return shape("circle", { cx: x, cy: y + 29, r: 5, class: "l-ring" });
    return shape("path", { d: `M${x},${y + 21} l7,15 h-14 z`, class: "l-act" });
  }

  function rows(machine, moments, from, end, words) {
    const ahead = moments.filter(({ event }) => event.on >= from);
    const dots = (type, kind) => ahead.filter(({ event }) => type(event)).map((m) => [m.event.on, kind(m.position)]);
    const inForce = (position) => machine.inForce(position);
    return [
      [words.explorer.lane_term, spells(moments, end, (p) => (inForce(p) ? p.phase : "")), []],
      [words.explorer.lane_reviews, [], dots((e) => e.type === "review_falls_due", (p) => p.review.kind)],
      [words.explorer.lane_acts, [], dots((e) => e.by === "assumption", () => "assumed")],
      ...machine.data.parties.map((party) => [
        words.party[party],
        spells(moments, end, (p) => (inForce(p) && p.parties.includes(party) ? "bound" : "")),
        [],
      ]),
    ];
  }

  // Draws into `place`, as wide as it is, so that the letters keep their size on a phone.
  function draw(place, machine, moments, asOf, words) {
    const wide = Math.max(280, Math.min(place.clientWidth || 340, 720));
    const last = moments.length ? moments[moments.length - 1].event.on : asOf;
    const first = Math.min(Number(asOf.slice(0, 4)), Number(last.slice(0, 4)));
    const axis = new Axis(first, Number(last.slice(0, 4)) + 2, wide);
    const lanes = rows(machine, moments, `${first}-01-01`, `${axis.last}-01-01`, words);
    const bottom = lanes.length * LANE + 4;
    const names = { role: "img", "aria-labelledby": "explorer-lanes-title explorer-lanes-desc" };
    const svg = shape("svg", { class: "lanes drawn", viewBox: `0 0 ${wide} ${bottom + 24}`, ...names });
    svg.append(shape("title", { id: "explorer-lanes-title" }, words.explorer.course));
    svg.append(shape("desc", { id: "explorer-lanes-desc" }, words.explorer.course_desc));
    for (const year of axis.years()) {
      const x = axis.x(`${year}-01-01`);
      svg.append(shape("path", { d: `M${x},0 V${bottom}`, class: "grid" }));
      const anchor = x <= 20 ? "" : x < wide - 20 ? "middle" : "end";
      svg.append(shape("text", { x, y: bottom + 17, class: anchor }, year));
    }
    lanes.forEach(([label, bars, dots], place) => {
      const y = place * LANE;
      svg.append(shape("text", { x: 0, y: y + 16, class: "label" }, label));
      svg.append(shape("path", { d: `M0,${y + 31} H${wide}`, class: "grid" }));
      for (const [start, end, kind] of bars) {
        const x = axis.x(start);
        if (axis.x(end) > x) {
          svg.append(shape("rect", { x, y: y + 22, width: axis.x(end) - x, height: 14, class: `l-${kind}` }));
        }
      }
      for (const [day, kind] of dots) svg.append(mark(kind, axis.x(day), y));
    });
    place.replaceChildren(svg);
  }

  return { draw };
})();
