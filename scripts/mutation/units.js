/**
 * A unit is the smallest piece of a source file for which the map records the tests that execute
 * it: a statement in a function, a branch of an expression, or the body of an arrow function. Code
 * outside of functions runs when the file is loaded and belongs to no unit.
 */
const { createHash } = require('node:crypto');
const ts = require('typescript');

/** The folders whose code may be changed: all of the product except its words. */
const product = /^(src\/(?!i18n\/)|handlers\/|views\/).*\.ts$/;

const hashOf = (text) => createHash('sha256').update(text).digest('base64url').slice(0, 10);

const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);

const isFunction = (node) =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node);

const isShortCircuit = ({ kind }) =>
  kind === ts.SyntaxKind.AmpersandAmpersandToken ||
  kind === ts.SyntaxKind.BarBarToken ||
  kind === ts.SyntaxKind.QuestionQuestionToken;

/**
 * How to make a node record that it runs: a statement before it, or a block or comma expression
 * around it.
 */
function marking(node) {
  const { parent } = node;
  if (ts.isStatement(node) && !ts.isBlock(node)) {
    if (ts.isFunctionDeclaration(node)) return undefined;
    if (ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)) return 'before';
    const isBody =
      (ts.isIfStatement(parent) &&
        (parent.thenStatement === node || parent.elseStatement === node)) ||
      (ts.isIterationStatement(parent, false) && parent.statement === node);
    return isBody ? 'block' : undefined;
  }
  const isBranch =
    (ts.isArrowFunction(parent) && parent.body === node && !ts.isBlock(node)) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node && parent.whenTrue.parent) ||
    (ts.isBinaryExpression(parent) &&
      parent.right === node &&
      isShortCircuit(parent.operatorToken));
  return isBranch && ts.isExpression(node) ? 'comma' : undefined;
}

function insideFunction(node) {
  for (let at = node; at !== undefined; at = at.parent)
    if (isFunction(at.parent ?? at) && at.parent !== undefined) return true;
  return false;
}

function nameOf(node) {
  const named = node.name ?? node.parent?.name;
  return named !== undefined && ts.isIdentifier(named) ? named.text : '';
}

/**
 * The units of a file, outer before inner. A key depends on the unit's text and the names of the
 * functions around it, so it stays valid after an edit elsewhere in the file.
 */
function unitsOf(source) {
  const units = [];
  const seen = new Map();
  const visit = (node, names) => {
    if (ts.isTypeNode(node)) return;
    const inner = isFunction(node) ? [...names, nameOf(node)] : names;
    const how = node.parent === undefined ? undefined : marking(node);
    if (how !== undefined && insideFunction(node)) {
      const text = node.getText(source).replace(/\s+/g, ' ').slice(0, 100);
      const base = `${names.join('>')}|${text}`;
      const ordinal = (seen.get(base) ?? 0) + 1;
      seen.set(base, ordinal);
      const [start, end] = [node.getStart(source), node.getEnd()];
      units.push({ start, end, how, key: hashOf(`${base}|${ordinal}`) });
    }
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, []);
  return units;
}

/** The keys of the units around a position, inner before outer. */
const unitsAround = (units, start, end) =>
  units
    .filter((unit) => unit.start <= start && end <= unit.end)
    .map(({ key }) => key)
    .reverse();

/** The branches that `node` decides about as their condition. */
function guardedBy(node) {
  const { parent } = node;
  if (parent === undefined) return [];
  if (ts.isIfStatement(parent) && parent.expression === node)
    return [parent.thenStatement, parent.elseStatement];
  if (ts.isConditionalExpression(parent) && parent.condition === node)
    return [parent.whenTrue, parent.whenFalse];
  if (ts.isIterationStatement(parent, false) && parent.statement !== node)
    return [parent.statement];
  const isLeft = ts.isBinaryExpression(parent) && parent.left === node;
  return isLeft && isShortCircuit(parent.operatorToken) ? [parent.right] : [];
}

/** The keys of the first units in the branches that the code at a position decides about. */
function unitsGuarded(source, units, start, end) {
  const branches = [];
  const visit = (node) => {
    if (node.getStart(source) > end || node.getEnd() < start) return;
    const contains = node.getStart(source) <= start && end <= node.getEnd();
    const isInside = start <= node.getStart(source) && node.getEnd() <= end;
    if (contains || isInside) branches.push(...guardedBy(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const keys = branches.flatMap((branch) => {
    if (branch === undefined) return [];
    const first = units.find(
      (unit) => unit.start >= branch.getStart(source) && unit.end <= branch.getEnd(),
    );
    return first === undefined ? [] : [first.key];
  });
  return [...new Set(keys)];
}

/**
 * Adds code to a file's text that records in `globalThis.noteUnits` which units run. No line moves.
 */
function instrumented(path, text) {
  const units = unitsOf(parse(path, text));
  const insertions = units.flatMap(({ start, end, how }, index) => {
    const mark = `__units[${index}]=1`;
    if (how === 'before') return [{ at: start, text: `${mark};`, order: index }];
    const [open, close] = how === 'block' ? [`{${mark};`, '}'] : [`(${mark},`, ')'];
    return [
      { at: start, text: open, order: index },
      { at: end, text: close, order: -index },
    ];
  });
  // At the same place, closing text precedes opening text, and an inner end precedes an outer one.
  const closes = ({ text: inserted }) => inserted === '}' || inserted === ')';
  insertions.sort(
    (a, b) => a.at - b.at || Number(closes(b)) - Number(closes(a)) || a.order - b.order,
  );
  let written = '';
  let from = 0;
  for (const { at, text: inserted } of insertions) {
    written += text.slice(from, at) + inserted;
    from = at;
  }
  written += text.slice(from);
  const keys = JSON.stringify(units.map(({ key }) => key));
  return `const __units=globalThis.noteUnits?.(${JSON.stringify(path)},${JSON.stringify(hashOf(text))},${keys})??[];${written}`;
}

module.exports = { product, hashOf, parse, unitsOf, unitsAround, unitsGuarded, instrumented };
