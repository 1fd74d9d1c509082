/** Which functions use a declaration outside of functions, directly or through other declarations. */
const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const ts = require('typescript');
const { parse, product, unitsAround, unitsOf } = require('./units');

const analyses = new Map();

/** The top-level statements of a file, its units, and where each name is imported from. */
function analyse(path, content) {
  const known = analyses.get(path);
  if (known?.content === content) return known;
  const source = parse(path, content);
  const imports = new Map();
  const uses = new Map();
  const statements = [];
  const visit = (node, statement) => {
    if (ts.isIdentifier(node)) {
      const use = { start: node.getStart(source), end: node.getEnd(), statement };
      const known = uses.get(node.text);
      if (known === undefined) uses.set(node.text, [use]);
      else known.push(use);
    }
    ts.forEachChild(node, (child) => visit(child, statement));
  };
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const from = `${join(dirname(path), node.moduleSpecifier.text)}.ts`;
      const { namedBindings } = node.importClause ?? {};
      const elements =
        namedBindings !== undefined && ts.isNamedImports(namedBindings)
          ? namedBindings.elements
          : [];
      for (const { name, propertyName } of elements)
        imports.set(`${from} ${(propertyName ?? name).text}`, name.text);
      continue;
    }
    const statement = { start: node.getStart(source), end: node.getEnd(), names: namesIn(node) };
    statements.push(statement);
    visit(node, statement);
  }
  const analysis = { content, imports, statements, uses, source };
  analyses.set(path, analysis);
  return analysis;
}

function namesIn(node) {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : name.elements.map((each) => each.name?.getText() ?? ''),
    );
  return node.name === undefined ? [] : [node.name.text];
}

let files;

/** The product's files with their text. */
function productFiles(root) {
  files ??= ['src', 'handlers', 'views']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => product.test(path))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
  return files;
}

const mostNames = 300;

/**
 * The units that use the top-level declaration at a position, by file, and the names of these declarations,
 * as `file name`. Follows other declarations, also in the files that import them.
 */
function usersOf(root, path, content, start) {
  const units = new Map();
  const { statements } = analyse(path, content);
  const own = statements.find((each) => each.start <= start && start < each.end);
  const left = (own?.names ?? []).map((name) => ({ path, content, name }));
  const seen = new Set();
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { name } = next;
    const id = `${next.path} ${name}`;
    if (seen.has(id) || seen.size > mostNames) continue;
    seen.add(id);
    const analysis = analyse(next.path, next.content);
    for (const { start: from, end: to, statement } of analysis.uses.get(name) ?? []) {
      analysis.units ??= unitsOf(analysis.source);
      const [key] = unitsAround(analysis.units, from, to);
      if (key !== undefined) units.set(next.path, (units.get(next.path) ?? new Set()).add(key));
      else if (!statement.names.includes(name))
        left.push(...statement.names.map((each) => ({ ...next, name: each })));
    }
    for (const [importer, text] of productFiles(root)) {
      const alias = analyse(importer, text).imports.get(id);
      if (alias !== undefined) left.push({ path: importer, content: text, name: alias });
    }
  }
  return { units, names: [...seen] };
}

/** The first unit of each function that the code at a position names, as `[file, key]`. */
function functionsNamed(root, path, content, start, end) {
  const { imports, uses } = analyse(path, content);
  const origins = new Map([...imports].map(([origin, alias]) => [alias, origin]));
  const texts = new Map(productFiles(root));
  return [...uses]
    .filter(([, places]) => places.some((each) => start <= each.start && each.end <= end))
    .flatMap(([alias]) => {
      const [from, name] = origins.get(alias)?.split(' ') ?? [path, alias];
      const text = from === path ? content : texts.get(from);
      if (text === undefined) return [];
      const analysis = analyse(from, text);
      analysis.units ??= unitsOf(analysis.source);
      const declared = analysis.statements.find(({ names }) => names.includes(name));
      if (declared === undefined) return [];
      const isInside = (unit) => declared.start <= unit.start && unit.end <= declared.end;
      const first = analysis.units.find(isInside);
      return first === undefined ? [] : [[from, first.key]];
    });
}

module.exports = { functionsNamed, usersOf };
