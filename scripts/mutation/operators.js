/**
 * The changes to try, one at a time. Most are Stryker's. Removed statements, dropped calls of a
 * chain, removed elements, one side of `??` and changed numbers are our own. Words stay unchanged:
 * the texts of exceptions, which are bugs, and of the log, which no code depends on.
 */
const ts = require('typescript');
const { parse } = require('./units');

const Kind = ts.SyntaxKind;

const swapped = new Map([
  [Kind.EqualsEqualsEqualsToken, ['!==']],
  [Kind.ExclamationEqualsEqualsToken, ['===']],
  [Kind.LessThanToken, ['<=', '>=']],
  [Kind.LessThanEqualsToken, ['<', '>']],
  [Kind.GreaterThanToken, ['>=', '<=']],
  [Kind.GreaterThanEqualsToken, ['>', '<']],
  [Kind.PlusToken, ['-']],
  [Kind.MinusToken, ['+']],
  [Kind.AsteriskToken, ['/']],
  [Kind.SlashToken, ['*']],
  [Kind.PercentToken, ['*']],
  [Kind.AmpersandAmpersandToken, ['||']],
  [Kind.BarBarToken, ['&&']],
  [Kind.PlusEqualsToken, ['-=']],
  [Kind.MinusEqualsToken, ['+=']],
]);

const otherMethod = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
  ['toLowerCase', 'toUpperCase'],
  ['toUpperCase', 'toLowerCase'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
  ['trimStart', 'trimEnd'],
  ['trimEnd', 'trimStart'],
  ['indexOf', 'lastIndexOf'],
  ['lastIndexOf', 'indexOf'],
  ['shift', 'pop'],
  ['pop', 'shift'],
  ['push', 'unshift'],
  ['first', 'last'],
]);

const otherPattern = [
  [/^\^/, ''],
  // After `.*`, which takes the rest of a line, it makes no difference.
  [/(?<!\.\*\)?)\$$/, ''],
  [/\+/, '*'],
  [/\*/, '+'],
  [/\\d/, '\\D'],
  [/\\s/, '\\S'],
  [/\[\^/, '['],
  [/\{(\d+),\d*\}/, '{$1}'],
];

/**
 * True if the words of a node are only for a person who reads an exception, the log, or why a signal
 * was aborted, which no code reads.
 */
function isNarration(node) {
  for (let at = node; at !== undefined; at = at.parent) {
    if (ts.isNewExpression(at) && /Error$/.test(at.expression.getText())) return true;
    if (ts.isCallExpression(at) && /(^|\.)(log(\.\w+)?|abort)$/.test(at.expression.getText()))
      return true;
    if (ts.isBlock(at)) return false;
  }
  return false;
}

const isName = ({ parent }, node) =>
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  ts.isExternalModuleReference(parent) ||
  ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node);

/** All changes to a file's text: `{ start, end, text, operator }`, in the order of the file. */
function mutationsOf(path, content) {
  const source = parse(path, content);
  const found = [];
  const change = (node, text, operator) =>
    found.push({ start: node.getStart(source), end: node.getEnd(), text, operator });
  const cut = (start, end, operator) => found.push({ start, end, text: '', operator });
  const code = (node) => node.getText(source);
  const inParentheses = (node) => `(${code(node)})`;

  const elements = (list, operator) => {
    for (const [index, element] of list.entries()) {
      const next = list[index + 1];
      if (next !== undefined) cut(element.getStart(source), next.getStart(source), operator);
      else {
        const before = list[index - 1];
        cut(
          before === undefined ? element.getStart(source) : before.getEnd(),
          element.getEnd(),
          operator,
        );
      }
    }
  };

  const condition = (node) => {
    change(node, 'true', 'condition');
    change(node, 'false', 'condition');
  };

  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIfStatement(node)) {
      condition(node.expression);
      change(node, ';', 'removed statement');
    } else if (ts.isConditionalExpression(node)) condition(node.condition);
    else if (ts.isWhileStatement(node)) change(node.expression, 'false', 'condition');
    else if (ts.isExpressionStatement(node)) change(node, ';', 'removed statement');
    else if (ts.isReturnStatement(node) && node.expression === undefined)
      change(node, ';', 'removed statement');
    else if (ts.isThrowStatement(node) || ts.isForOfStatement(node) || ts.isForStatement(node))
      change(node, ';', 'removed statement');
    else if (node.kind === Kind.ContinueStatement || node.kind === Kind.BreakStatement)
      change(node, ';', 'removed statement');
    else if (ts.isBinaryExpression(node)) {
      const { left, operatorToken, right } = node;
      for (const other of swapped.get(operatorToken.kind) ?? [])
        change(operatorToken, other, 'operator');
      if (operatorToken.kind === Kind.QuestionQuestionToken) {
        change(node, inParentheses(left), 'one side of ??');
        change(node, inParentheses(right), 'one side of ??');
      }
      if (
        operatorToken.kind === Kind.AmpersandAmpersandToken ||
        operatorToken.kind === Kind.BarBarToken
      ) {
        change(node, inParentheses(left), 'one side of a condition');
        change(node, inParentheses(right), 'one side of a condition');
      }
    } else if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === Kind.ExclamationToken || node.operator === Kind.MinusToken)
        change(node, code(node.operand), 'operator');
    } else if (node.kind === Kind.TrueKeyword) change(node, 'false', 'boolean');
    else if (node.kind === Kind.FalseKeyword) change(node, 'true', 'boolean');
    else if (ts.isNumericLiteral(node)) {
      const value = Number(node.text);
      // Nobody notices one millisecond or byte more.
      change(node, String(value < 1_000 ? value + 1 : value * 2), 'number');
      if (value > 1) change(node, String(Math.floor(value / 2)), 'number');
    } else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (!isName(node, node) && !isNarration(node))
        change(node, node.text === '' ? "'other'" : "''", 'string');
    } else if (ts.isTemplateExpression(node)) {
      if (!isNarration(node)) change(node, "''", 'string');
    } else if (ts.isRegularExpressionLiteral(node)) {
      const [, pattern, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      for (const [from, to] of otherPattern) {
        const other = pattern?.replace(from, to);
        if (other !== undefined && other !== pattern && other !== '')
          change(node, `/${other}/${flags}`, 'pattern');
      }
    } else if (ts.isArrayLiteralExpression(node)) {
      if (!ts.isArrayBindingPattern(node.parent)) elements(node.elements, 'removed element');
    } else if (ts.isObjectLiteralExpression(node)) elements(node.properties, 'removed property');
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: target, name, questionDotToken } = node.expression;
      const [start, end] = [
        questionDotToken?.getStart(source) ?? name.getStart(source) - 1,
        node.getEnd(),
      ];
      if (code(target) !== 'Math') cut(start, end, 'dropped call');
      const other = otherMethod.get(name.text);
      if (other !== undefined) change(name, other, 'method');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

module.exports = { mutationsOf };
