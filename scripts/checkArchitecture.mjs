import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { ModuleKind, transpileModule } from 'typescript';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const folders = [
  'src',
  'handlers',
  'views',
  'playground',
  'playground/page/client',
  'bench',
  'test',
];

const { output } = await cruise(
  folders,
  { ...options, ruleSet: { forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('tsconfig.json') },
);

const unread = folders.filter(
  (folder) => !output.modules.some(({ source }) => source.startsWith(`${folder}/`)),
);
for (const folder of unread) console.error(`architecture: no module was read under ${folder}/`);

const { violations, totalCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);

const withCode = readdirSync('src/ports').filter((file) => {
  const { outputText } = transpileModule(readFileSync(join('src/ports', file), 'utf8'), {
    compilerOptions: { module: ModuleKind.ESNext, removeComments: true },
  });
  return outputText.trim() !== 'export {};';
});
for (const file of withCode) console.error(`architecture: src/ports/${file} has more than types`);

const wrongArrows = compare(drawnArrows(), realArrows(output.modules));
for (const line of wrongArrows) console.error(`architecture: docs/architecture.md ${line}`);

const texts = new Map(
  output.modules
    .filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)))
    .map(({ source }) => [source, readFileSync(source, 'utf8')]),
);
const ambiguous = namedTwice();
for (const [name, files] of ambiguous) {
  console.error(`architecture: several modules export ${name}: ${files.join(', ')}`);
}
const unimported = exportedAlone();
for (const { name, source } of unimported) {
  console.error(`architecture: no other module imports ${name} of ${source}`);
}

const problems = [unread, violations, withCode, wrongArrows, ambiguous, unimported];
if (problems.some(({ length }) => length > 0)) process.exit(1);
console.log(`architecture: ${totalCruised} modules, no rule broken, diagram up to date`);

/** The exports whose keyword matches, by name, with the modules that have them. */
function exportsOf(pattern, keywords) {
  return [...texts]
    .filter(([source]) => pattern.test(source))
    .flatMap(([source, text]) =>
      [...text.matchAll(new RegExp(`^export (?:async )?(?:${keywords}) (\\w+)`, 'gm'))].map(
        ([, name]) => ({ name, source }),
      ),
    );
}

/**
 * The names that several modules of the product export, with their files. Each language has the same
 * words, and each migration the same functions.
 */
function namedTwice() {
  const files = new Map();
  const product = /^(handlers|views|src)[/](?!i18n[/](en|zh-CN)[/]|store[/]migrations[/])/;
  for (const { name, source } of exportsOf(product, 'type|interface|class|function|const')) {
    files.set(name, new Set(files.get(name)).add(source));
  }
  return [...files]
    .map(([name, found]) => [name, [...found]])
    .filter(([, found]) => found.length > 1);
}

/** The values that no other module names. knip allows those that an exported type refers to. */
function exportedAlone() {
  const words = new Map([...texts].map(([source, text]) => [source, new Set(text.match(/\w+/g))]));
  return exportsOf(/^(?!test)/, 'function|const|class').filter(
    ({ name, source }) => ![...words].some(([other, names]) => other !== source && names.has(name)),
  );
}

/** The product's folder of a module, by its name in the diagram. */
function folderOf(source) {
  const [, folder] = /^(handlers|views|src\/(?=[^/]+\/)[^/]+|src)\//.exec(source) ?? [];
  return folder;
}

/** Which folder imports which, without the arrows that the document leaves out. */
function realArrows(modules) {
  const arrows = new Set();
  for (const { source, dependencies } of modules) {
    const from = folderOf(source);
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved);
      const isDrawn = from !== undefined && to !== undefined && from !== to;
      if (isDrawn && to !== 'src/domain' && to !== 'src/ports') arrows.add(`${from} --> ${to}`);
    }
  }
  return arrows;
}

function drawnArrows() {
  const [, diagram = ''] =
    /```mermaid\nflowchart TD\n([\s\S]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8')) ??
    [];
  const lines = diagram.split('\n').filter((line) => line.includes('-->'));
  return new Set(
    lines.flatMap((line) => {
      const [from, to] = line
        .split('-->')
        .map((side) => side.split('&').map((name) => name.trim()));
      return from.flatMap((each) => to.map((other) => `${each} --> ${other}`));
    }),
  );
}

function compare(drawn, real) {
  return [
    ...[...real].filter((arrow) => !drawn.has(arrow)).map((arrow) => `lacks the arrow ${arrow}`),
    ...[...drawn].filter((arrow) => !real.has(arrow)).map((arrow) => `has a wrong arrow ${arrow}`),
  ].sort();
}
