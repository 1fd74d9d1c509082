import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Fails if only the languages use a key of the English messages (`en` in
 * `src/i18n/en/messages.ts`). The compiler ensures that other languages have the same keys.
 *
 *     node scripts/checkMessages.mjs [the folder of a tsconfig.json]
 */
const root = resolve(process.argv[2] ?? '.');
const unused = unusedMessages();
for (const key of unused) console.error(`messages: nothing uses ${key}`);
if (unused.length > 0) process.exit(1);
console.log('messages: every key is used');

/** As `file: path.of.key`. */
function unusedMessages() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = fileNames.filter((file) => /\/(src|views|handlers)\//.test(file));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => files,
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file)
        ? ts.ScriptSnapshot.fromString(readFileSync(file, 'utf8'))
        : undefined,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  const program = service.getProgram();
  const checker = program.getTypeChecker();
  const [entry] = program
    .getSourceFile(join(root, 'src/i18n/en/messages.ts'))
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.getText() === 'en');

  const references = (name) =>
    (service.getReferencesAtPosition(name.getSourceFile().fileName, name.getStart()) ?? [])
      .filter(({ fileName }) => isNoLanguage(fileName))
      .map(({ fileName, textSpan }) => nodeAt(program.getSourceFile(fileName), textSpan.start));
  // `const { card: words } = messages` declares a variable, whose uses count.
  const usesOf = (name) =>
    references(name).flatMap((use) =>
      ts.isBindingElement(use.parent) && ts.isIdentifier(use.parent.name)
        ? references(use.parent.name)
        : [use],
    );

  const mentions = mentionsIn(
    files.filter(isNoLanguage).map((file) => program.getSourceFile(file)),
  );
  /** True if anything uses a key. Much faster than all of its references. */
  const isUsed = (property) => {
    const name = property.name.getText();
    // The object's type may be an interface, which declares the key for its uses.
    const typed = checker.getContextualType(property.parent)?.getProperty(name)?.declarations ?? [];
    const meant = [property, ...typed];
    return (mentions.get(name) ?? []).some((mention) =>
      symbolOf(mention)?.declarations?.some((declaration) => meant.includes(declaration)),
    );
  };
  /** The property that a name means, also in `const { card } = messages`. */
  const symbolOf = (name) => {
    const { parent } = name;
    return ts.isBindingElement(parent) && parent.name === name && parent.propertyName === undefined
      ? checker.getTypeAtLocation(parent.parent).getProperty(name.text)
      : checker.getSymbolAtLocation(name);
  };

  /** The object literal that a property or variable refers to. */
  const objectIn = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) {
      return declared(checker.getShorthandAssignmentValueSymbol(node));
    }
    const value = node.initializer;
    if (value === undefined) return undefined;
    if (ts.isIdentifier(value)) return declared(checker.getSymbolAtLocation(value));
    return ts.isObjectLiteralExpression(value) ? value : undefined;
  };
  const declared = (symbol) => {
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const { valueDeclaration } = origin;
    return valueDeclaration && ts.isVariableDeclaration(valueDeclaration)
      ? objectIn(valueDeclaration)
      : undefined;
  };

  const unused = [];
  const search = (object, path, isHandedOn) => {
    for (const property of object.properties) {
      if (property.name === undefined) continue;
      const here = [...path, property.name.getText()];
      if (!isHandedOn && !isUsed(property)) {
        unused.push(
          `${property.getSourceFile().fileName.slice(root.length + 1)}: ${here.join('.')}`,
        );
      }
      const inner = objectIn(property);
      if (inner) search(inner, here, isHandedOn || usesOf(property.name).some(isWhole));
    }
  };
  search(objectIn(entry), ['en'], false);
  return unused;
}

function isNoLanguage(file) {
  return !/\/src\/i18n\/[^/]+\//.test(file);
}

/** The names in files, by their text. */
function mentionsIn(sources) {
  const found = new Map();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const known = found.get(node.text);
      if (known === undefined) found.set(node.text, [node]);
      else known.push(node);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) visit(source);
  return found;
}

function nodeAt(node, position) {
  return (
    ts.forEachChild(node, (child) =>
      child.pos <= position && position < child.end ? nodeAt(child, position) : undefined,
    ) ?? node
  );
}

/**
 * True if an object is used as a whole (`words[status]`, `draw(words)`), not for one of its keys.
 */
function isWhole(name) {
  const isMember = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name;
  const object = isMember ? name.parent : name;
  const { parent } = object;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === object) return false;
  if (ts.isBindingElement(parent)) return false;
  return !(ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name));
}
