import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linksIn, problemOf } from './documentLinks.mjs';

/**
 * Fails if a document links a file or heading that doesn't exist, or names a script of npm or an
 * environment variable that doesn't exist. With a folder, such as an installed package, it only
 * checks the links there.
 *
 *     node scripts/checkDocuments.mjs [folder]
 */
const [folder] = process.argv.slice(2);
const root = folder ?? '.';
const files = folder === undefined ? trackedFiles() : filesIn(folder);
const documents = files.filter((file) => file.endsWith('.md'));

/** Variables of other programs. */
const foreign = ['NODE_EXTRA_CA_CERTS'];

const problems = [];
let links = 0;
let names = 0;
for (const file of documents) {
  const text = readFileSync(join(root, file), 'utf8');
  const report = (index, problem) =>
    problems.push(`${file}:${text.slice(0, index).split('\n').length} ${problem}`);
  for (const { index, target } of linksIn(text)) {
    links += 1;
    const problem = problemOf(root, file, target);
    if (problem !== undefined) report(index, `links ${target}, which ${problem}`);
  }
  if (folder === undefined) checkNames(text, report);
}
for (const problem of problems) console.error(`documents: ${problem}`);
if (links === 0) console.error('documents: no link was read');
if (links === 0 || problems.length > 0) process.exit(1);
console.log(`documents: ${links} links and ${names} names in ${documents.length} documents exist`);

/** Checks the scripts and variables in the code of a document. */
function checkNames(text, report) {
  const { scripts, code } = known();
  const commands = text.replace(/^```(json|yaml)\n.*?^```$/gms, (data) =>
    data.replace(/[^\n]/g, ' '),
  );
  for (const { 0: block, index } of commands.matchAll(/^```.*?^```$|`[^`\n]+`/gms)) {
    for (const [, name] of block.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
      names += 1;
      if (!(name in scripts)) report(index, `names the script ${name}, which does not exist`);
    }
    for (const [name] of block.matchAll(/(?<![\w:-])[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9](?![\w-])/g)) {
      names += 1;
      if (name.startsWith('FERRY_SECRET_') || foreign.includes(name)) continue;
      if (!code.has(name)) report(index, `names the variable ${name}, which nothing reads`);
    }
  }
}

/** The scripts of npm, and the names in code that look like variables. */
function known() {
  known.read ??= {
    scripts: JSON.parse(readFileSync('package.json', 'utf8')).scripts,
    code: new Set(
      files
        .filter((file) => /(\.(ts|tsx|mjs|js|sh|yaml|yml)|^\.ci\/run)$/.test(file))
        .flatMap(
          (file) => readFileSync(file, 'utf8').match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? [],
        ),
    ),
  };
  return known.read;
}

function trackedFiles() {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', listed, { encoding: 'utf8' }).split('\n').filter(existsSync);
}

function filesIn(place) {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(
    (file) => !/(^|\/)node_modules\//.test(file),
  );
}
