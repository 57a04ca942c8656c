// Small changes to the page's engine, one at a time, each held against what Python tells of the same cases.
//
//     node engine.mjs CASES [FILE[:LINE],…]    prints a row of JSON for each: where, what, and which case noticed it, or null
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { parse } from "../browser/node_modules/acorn/dist/acorn.mjs";

const HERE = new URL(".", import.meta.url);
const JUDGED = ["dates", "position", "conditions_and_effects", "law", "scenario", "deadlines", "under_readings", "answer", "headline"];
const AFTER = ["text"]; // spoken with, not changed
const TURNS = 500000; // so many turns of its loops no case needs: a change that takes more does not end
const LONG = 60000; // milliseconds: a case takes a hundredth of a second, and a change may call itself without a loop
const text = (path) => readFileSync(new URL(path, HERE), "utf-8");
const sources = Object.fromEntries([...JUDGED, ...AFTER].map((name) => [name, text(`../../templates/explorer/${name}.js`)]));
const conformance = new vm.Script(text("../browser/conformance.js"));

// ------------------------------------------------------------------------------------------------------- changes

const OPERATORS = {
  ...{ "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "&&": "||", "||": "&&" },
  ...{ "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+=" },
};
const NAMES = { some: "every", every: "some", max: "min", min: "max", floor: "ceil" };
const DROPPED = /^(Expression|If|Return|Continue|Throw|For|ForOf|While)Statement$/;

// Each change to a source: [start, end, instead].
function* changes(source, node, parent = null) {
  const of = (each) => source.slice(each.start, each.end);
  const { type, start, end } = node;
  if (/^(Binary|Logical|Assignment)Expression$/.test(type) && node.operator in OPERATORS) {
    const at = source.indexOf(node.operator, node.left.end);
    yield [at, at + node.operator.length, OPERATORS[node.operator]];
    if (type === "LogicalExpression") yield* [[start, end, of(node.left)], [start, end, of(node.right)]];
  }
  if (type === "Literal" && typeof node.value === "number") yield* [1, -1].map((by) => [start, end, `${node.value + by}`]);
  if (type === "Literal" && typeof node.value === "boolean") yield [start, end, `${!node.value}`];
  if (type === "Literal" && typeof node.value === "string" && node.value && parent.type !== "ExpressionStatement") {
    if (!(parent.type === "Property" && parent.key === node)) yield [start, end, '""'];
  }
  if (type === "UnaryExpression" && "!-".includes(node.operator)) yield [start, end, of(node.argument)];
  if (type === "ConditionalExpression") {
    const [test, yes, no] = [node.test, node.consequent, node.alternate].map((each) => `(${of(each)})`);
    yield* [[start, end, `${test} ? ${no} : ${yes}`], [start, end, yes], [start, end, no]];
  }
  if (type === "IfStatement" || type === "WhileStatement") yield [node.test.start, node.test.end, "true"];
  if (DROPPED.test(type) && !node.directive) yield [start, end, ";"];
  if (type === "MemberExpression" && !node.computed && node.property.name in NAMES) {
    yield [node.property.start, node.property.end, NAMES[node.property.name]];
  }
  if (type === "CallExpression" && node.callee.property?.name === "filter") yield [start, end, of(node.callee.object)];
  if (/^(Object|Array)Expression$/.test(type)) {
    for (const each of node.elements || node.properties) yield [each.start, each.end, ""];
  }
  for (const each of Object.values(node).flat()) if (each && each.type) yield* changes(source, each, node);
}

// ------------------------------------------------------------------------------------------------------- judging

// The script of a source that stops itself where its loops do not end. Throws where the source is not JavaScript.
function ending(source) {
  const marks = [];
  const walk = (node) => {
    if (/^(For|ForOf|While)Statement$/.test(node.type)) marks.push([node.body.start, "{ turn(); "], [node.body.end, " }"]);
    for (const each of Object.values(node).flat()) if (each && each.type) walk(each);
  };
  walk(parse(source, { ecmaVersion: 2022 }));
  marks.sort(([a], [b]) => b - a);
  return new vm.Script(marks.reduce((made, [at, what]) => made.slice(0, at) + what + made.slice(at), source));
}

const { cases, machines, words } = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const given = machines.map((machine) => JSON.stringify([machine, words]));
for (const each of cases) Object.assign(each, { asked: JSON.stringify([each.how, each.item]), saw: 0.01 });
const scripts = Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, ending(source)]));
const START = `var window = globalThis, turns = 0;
function turn() { if ((turns += 1) > ${TURNS}) throw new Error("it does not end"); }`;
const ASK = "turns = 0; JSON.stringify(Conformance.told(...JSON.parse(asked)))";
let most = 0;

// The name of a case of which the scripts tell something else; null where they tell the same of all. First are asked
// those that saw most changes for the time that they take.
function noticed(changed) {
  const context = vm.createContext({});
  const run = (code) => vm.runInContext(code, context, { timeout: LONG });
  let [of, place] = [-1, 0];
  const differs = (each) => {
    if (each.law !== of) run(`Conformance.start(...${given[(of = each.law)]})`);
    context.asked = each.asked;
    const began = performance.now();
    const told = run(ASK);
    each.takes ??= performance.now() - began;
    most = Math.max(most, context.turns);
    return createHash("sha256").update(told).digest("hex") !== each.digest;
  };
  try {
    run(START);
    for (const each of Object.keys(sources)) (changed[each] || scripts[each]).runInContext(context);
    conformance.runInContext(context);
    while (place < cases.length && !differs(cases[place])) place += 1;
    if (place === cases.length) return null;
  } catch {
    // a change that throws is noticed too
  }
  const { name } = cases[place];
  cases[place].saw += 1;
  cases.sort((a, b) => b.saw / b.takes - a.saw / a.takes);
  return name;
}

const unchanged = noticed({});
if (unchanged) throw new Error(`the engine as it is differs on ${unchanged}`);
if (most > TURNS / 2) throw new Error(`a case takes ${most} turns`);
for (const part of process.argv[3] ? process.argv[3].split(",") : JUDGED) {
  const [file, only] = part.split(":");
  const source = sources[file];
  for (const [start, end, instead] of changes(source, parse(source, { ecmaVersion: 2022 }))) {
    const line = source.slice(0, start).split("\n").length;
    if (only && line !== Number(only)) continue;
    let script = null;
    try {
      script = ending(source.slice(0, start) + instead + source.slice(end));
    } catch {
      continue;
    }
    const row = { file: `${file}.js`, line, text: source.split("\n")[line - 1].trim(), was: source.slice(start, end), instead };
    console.log(JSON.stringify({ ...row, noticed: noticed({ [file]: script }) }));
  }
}
