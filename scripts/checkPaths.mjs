import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fails if a document, or backticks in a source file, name a path of the project that doesn't
 * exist. Paths start at the root or at `src`, and may omit the extension. `*` and `<name>` match
 * any name.
 */
const folders = (root) =>
  readdirSync(root).filter(
    (name) => !/^(\.|node_modules$|dist$)/.test(name) && statSync(join(root, name)).isDirectory(),
  );
const starts = [...new Set([...folders('.'), ...folders('src')])].join('|');

const path = String.raw`(?:${starts})/[\w./*<>-]*[\w/*>]`;
const inDocuments = new RegExp(String.raw`(?<![\w/.:@~$-])${path}`, 'g');
const inSources = new RegExp(`(?<=\`)${path}(?=\`)`, 'g');

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(md|ts|tsx|mjs|cjs|js)$/.test(file) && existsSync(file));

let read = 0;
let missing = 0;
for (const file of files) {
  const pattern = file.endsWith('.md') ? inDocuments : inSources;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      for (const [found] of line.matchAll(pattern)) {
        read += 1;
        if (exists(found)) continue;
        missing += 1;
        console.error(`paths: ${file}:${index + 1} names ${found}, which does not exist`);
      }
    });
}
if (read === 0) console.error('paths: no path was read');
if (read === 0 || missing > 0) process.exit(1);
console.log(`paths: ${read} paths in ${files.length} files exist`);

function exists(named) {
  const segments = named.replace(/\/$/, '').split('/');
  return [segments, ['src', ...segments]].some((candidate) => matches('.', candidate));
}

function matches(folder, [segment, ...rest]) {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return false;
  const isWanted = /[*<]/.test(segment)
    ? (name) =>
        new RegExp(`^${segment.replace(/\./g, '\\.').replace(/\*|<\w+>/g, '.*')}$`).test(name)
    : (name) => name === segment || (rest.length === 0 && name.replace(/\.\w+$/, '') === segment);
  return readdirSync(folder)
    .filter(isWanted)
    .some((name) => rest.length === 0 || matches(join(folder, name), rest));
}
