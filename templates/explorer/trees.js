// The law's own functions, read from the expression trees of api/v1/machine.json. review_clock/formats/expressions.py describes
// each node; here stands how a node is read, and the primitives: date arithmetic and what Python has built in.
"use strict";

ReviewClock.Trees = (function () {
  const { daysAfter, monthsAfter } = ReviewClock.dates;

  const isTrue = (x) =>
    Array.isArray(x) ? x.length > 0 : x instanceof Set ? x.size > 0 : x !== undefined && x !== null && Boolean(x);

  // Texts, numbers, truth values, and rows of them, in order.
  function ordered(a, b) {
    if (!Array.isArray(a)) return a < b ? -1 : a > b ? 1 : 0;
    for (let place = 0; place < Math.min(a.length, b.length); place++) {
      const found = ordered(a[place], b[place]);
      if (found) return found;
    }
    return a.length - b.length;
  }

  const COMPARISONS = {
    "<": (a, b) => a < b,
    "<=": (a, b) => (a instanceof Set ? [...a].every((x) => b.has(x)) : a <= b),
    ">": (a, b) => a > b,
    ">=": (a, b) => a >= b,
    "==": (a, b) => a === b,
    "!=": (a, b) => a !== b,
    is: (a, b) => a === b,
    "is not": (a, b) => a !== b,
    in: (a, b) => (b instanceof Set ? b.has(a) : b.includes(a)),
    "not in": (a, b) => !(b instanceof Set ? b.has(a) : b.includes(a)),
  };

  function plus(a, b) {
    if (Array.isArray(a)) return [...a, ...b];
    return b !== null && typeof b === "object" ? daysAfter(a, b.days) : a + Number(b);
  }
  const minus = (a, b) => (a instanceof Set ? new Set([...a].filter((x) => !b.has(x))) : a - b);

  function sortedBy(row, key) {
    const keyed = [...row].map((x) => [key ? key([x], {}) : x, x]);
    return keyed.sort((a, b) => ordered(a[0], b[0])).map(([, x]) => x);
  }

  class Trees {
    constructor(data) {
      if (data.version !== 1) throw new Error(`machine.json: version ${data.version} is not one this page can read`);
      this.data = data;
      this.place = Object.fromEntries(data.order_on_one_day.map((type, place) => [type, place]));
      this.inOrder = (event) => [event.on, this.place[event.type], event.party || ""];
      this.functions = new Map();
      this.primitives = this._primitives();
      this.prototypes = this._prototypes();
    }

    // ---------------------------------------------------------------------------------------------- the values

    _prototypes() {
      const prototypes = {};
      for (const [type, { fields, properties }] of Object.entries(this.data.values)) {
        const prototype = { type };
        for (const [name, body] of Object.entries(properties)) {
          const read = this._function(body);
          Object.defineProperty(prototype, name, {
            get() {
              return read([this], {});
            },
          });
        }
        const defaults = {};
        for (const [name, tree] of Object.entries(fields)) if (tree !== null) defaults[name] = this._of(tree)({});
        prototypes[type] = { prototype, defaults, fields };
      }
      return prototypes;
    }

    make(type, given) {
      const { prototype, defaults, fields } = this.prototypes[type];
      const made = Object.assign(Object.create(prototype), defaults, given);
      for (const name of Object.keys(fields)) {
        if (made[name] === undefined) throw new Error(`${type} has no ${name}`);
      }
      return made;
    }

    replaced(value, changes) {
      return Object.assign(Object.create(Object.getPrototypeOf(value)), value, changes);
    }

    // ------------------------------------------------------------------------------------------ reading a tree

    // A function of machine.json by its name, as (arguments, named arguments) → value; read once, when first used.
    _named(name) {
      if (!this.functions.has(name)) {
        let ready = null;
        this.functions.set(name, (args, named) => {
          ready ||= this._function(this.data.functions[name]);
          return ready(args, named);
        });
      }
      return this.functions.get(name);
    }

    _function(body) {
      const does = this._block(body.does);
      return (args, named) => {
        const names = {};
        body.takes.forEach((name, place) => (names[name] = args[place]));
        const rest = {};
        for (const [key, value] of Object.entries(named)) (body.takes.includes(key) ? names : rest)[key] = value;
        if (body.rest) names[body.rest] = rest;
        const done = does(names);
        return done === undefined ? null : done.value;
      };
    }

    // What a block of statements returns, wrapped; undefined where it goes on to the next.
    _block(statements) {
      const ready = statements.map((statement) => this._statement(statement));
      return (names) => {
        for (const run of ready) {
          const done = run(names);
          if (done !== undefined) return done;
        }
        return undefined;
      };
    }

    _statement([node, ...rest]) {
      if (node === "return") {
        const value = this._of(rest[0]);
        return (names) => ({ value: value(names) });
      }
      if (node === "let") {
        const [targets, given] = [rest[0], this._of(rest[1])];
        return (names) => {
          const value = given(names);
          targets.forEach((name, place) => (names[name] = targets.length === 1 ? value : value[place]));
        };
      }
      if (node === "add" || node === "append") {
        const [name, given] = [rest[0], this._of(rest[1])];
        return (names) => {
          names[name] = plus(names[name], node === "add" ? given(names) : [given(names)]);
        };
      }
      if (node === "when") {
        const [test, then, otherwise] = [this._of(rest[0]), this._block(rest[1]), this._block(rest[2])];
        return (names) => (isTrue(test(names)) ? then : otherwise)(names);
      }
      if (node === "while") {
        const [test, body] = [this._of(rest[0]), this._block(rest[1])];
        return (names) => {
          while (isTrue(test(names))) {
            const done = body(names);
            if (done !== undefined) return done;
          }
          return undefined;
        };
      }
      throw new Error(`${node} is not a statement`);
    }

    _of(tree) {
      if (typeof tree === "string") return this._path(tree.split("."));
      const [node, ...rest] = tree;
      const reader = READERS[node];
      if (!reader) throw new Error(`${node} is not an expression`);
      return reader(this, ...rest);
    }

    // A name, and the fields or properties that follow it.
    _path([name, ...fields]) {
      const start = this.primitives[name] ? () => this.primitives[name] : (names) => names[name];
      return fields.reduce((of, field) => (names) => this._field(of(names), field), start);
    }

    _field(value, name) {
      if (value[name] === undefined) throw new Error(`nothing is called ${name}`);
      return value[name];
    }

    _elements(trees) {
      const ready = trees.map((tree) => [tree[0] === "each", this._of(tree[0] === "each" ? tree[1] : tree)]);
      return (names) => {
        const found = [];
        for (const [isEach, read] of ready) isEach ? found.push(...read(names)) : found.push(read(names));
        return found;
      };
    }

    _mapping(trees) {
      const ready = Object.entries(trees).map(([key, tree]) => [key, this._of(tree)]);
      return (names) => {
        const found = {};
        for (const [key, read] of ready) {
          if (key === "**") Object.assign(found, read(names));
          else found[key] = read(names);
        }
        return found;
      };
    }

    _primitives() {
      const counted = (day) => ({ day });
      const months = ([base, n], named, of) => counted(monthsAfter(base.day, n * of, named.missing_day));
      return {
        starting: ([day]) => counted(day),
        years_after: (args, named) => months(args, named, 12),
        months_after: (args, named) => months(args, named, 1),
        the_day_before: ([base]) => counted(daysAfter(base.day, -1)),
        through_the_day: ([base]) => base,
        in_order: ([event]) => this.inOrder(event),
        bool: ([x]) => isTrue(x),
        enumerate: ([row]) => [...row].map((x, place) => [place, x]),
        frozenset: ([row]) => new Set(row),
        getattr: ([x, name, otherwise]) => (x[name] === undefined ? otherwise : x[name]),
        index: ([row, x]) => row.indexOf(x),
        len: ([row]) => (row instanceof Set ? row.size : row.length),
        list: ([row]) => [...row],
        lower: ([text]) => text.toLowerCase(),
        min: ([row], named) => sortedBy(row, named.key)[0],
        sorted: ([row], named) => sortedBy(row, named.key),
        tuple: ([row]) => [...row],
      };
    }
  }

  // How each node of an expression is read: (machine, ...rest of the node) → (names → value).
  const READERS = {
    value: (_m, value) => () => value,
    given: (m, key) => {
      if (m.data[key] === undefined) throw new Error(`machine.json: ${key} is missing`);
      return () => m.data[key];
    },
    days: (_m, days) => () => ({ days }),
    attribute: (m, tree, name) => {
      const of = m._of(tree);
      return (names) => m._field(of(names), name);
    },
    item: (m, tree, key) => {
      const [of, at] = [m._of(tree), m._of(key)];
      return (names) => of(names)[at(names)];
    },
    call: (m, name, args, named = {}) => {
      const [run, given, byName] = [m.primitives[name] || m._named(name), m._elements(args), m._mapping(named)];
      return (names) => run(given(names), byName(names));
    },
    make: (m, type, fields) => {
      const given = m._mapping(fields);
      return (names) => m.make(type, given(names));
    },
    replace: (m, tree, fields) => {
      const [of, given] = [m._of(tree), m._mapping(fields)];
      return (names) => m.replaced(of(names), given(names));
    },
    compare: (m, chain) => {
      const ready = chain.map((part, place) => (place % 2 ? COMPARISONS[part] : m._of(part)));
      return (names) => {
        let left = ready[0](names);
        for (let place = 1; place < ready.length; place += 2) {
          const right = ready[place + 1](names);
          if (!ready[place](left, right)) return false;
          left = right;
        }
        return true;
      };
    },
    and: (m, trees) => deciding(m, trees, false),
    or: (m, trees) => deciding(m, trees, true),
    not: (m, tree) => {
      const of = m._of(tree);
      return (names) => !isTrue(of(names));
    },
    if: (m, ...trees) => {
      const [test, then, otherwise] = trees.map((tree) => m._of(tree));
      return (names) => (isTrue(test(names)) ? then : otherwise)(names);
    },
    plus: (m, ...trees) => joined(m, trees, plus),
    minus: (m, ...trees) => joined(m, trees, minus),
    union: (m, ...trees) => joined(m, trees, (a, b) => new Set([...a, ...b])),
    row: (m, trees) => m._elements(trees),
    set: (m, trees) => {
      const elements = m._elements(trees);
      return (names) => new Set(elements(names));
    },
    every: (m, element, targets, source, tests) => {
      const [of, from, ready] = [m._of(element), m._of(source), tests.map((test) => m._of(test))];
      return (names) => {
        const found = [];
        for (const x of from(names)) {
          const inner = Object.create(names);
          targets.forEach((name, place) => (inner[name] = targets.length === 1 ? x : x[place]));
          if (ready.every((test) => isTrue(test(inner)))) found.push(of(inner));
        }
        return found;
      };
    },
    function: (m, takes, tree) => {
      const of = m._of(tree);
      return (names) => (args) => {
        const inner = Object.create(names);
        takes.forEach((name, place) => (inner[name] = args[place]));
        return of(inner);
      };
    },
    text: (m, trees) => {
      const ready = trees.map((tree) => m._of(tree));
      return (names) => ready.map((of) => String(of(names))).join("");
    },
    "is a": (m, tree, types) => {
      const of = m._of(tree);
      return (names) => {
        const found = of(names);
        return found !== null && typeof found === "object" && types.includes(found.type);
      };
    },
  };

  // `and`, `or`: the first operand that decides, as Python has it.
  function deciding(m, trees, until) {
    const ready = trees.map((tree) => m._of(tree));
    return (names) => {
      let found = null;
      for (const of of ready) {
        found = of(names);
        if (isTrue(found) === until) return found;
      }
      return found;
    };
  }

  function joined(m, trees, how) {
    const [left, right] = trees.map((tree) => m._of(tree));
    return (names) => how(left(names), right(names));
  }

  return { Trees, ordered, isTrue };
})();
