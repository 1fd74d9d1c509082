import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { linksIn } from './documentLinks.mjs';

/**
 * Prepares `npm pack`: builds into an empty folder, so that no deleted file is packed; adds the
 * lockfile, so that an installation gets the tested versions, and a bill of materials; and removes
 * links to files that are not packed. `--undo` restores the documents and removes what was added.
 */
const copies = '.packed';
const added = ['npm-shrinkwrap.json', 'sbom.json'];

// An earlier run may have been interrupted.
restore();
if (!process.argv.includes('--undo')) {
  rmSync('dist', { recursive: true, force: true });
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  copyFileSync('package-lock.json', 'npm-shrinkwrap.json');
  writeFileSync('sbom.json', execFileSync('npm', ['run', '--silent', 'sbom']));
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const packed = new Set(JSON.parse(listed)[0].files.map(({ path }) => path));
  for (const file of packed) if (file.endsWith('.md')) removeLinks(file, packed);
}

/** Replaces links to files that are not packed by their words, and keeps copies of the document. */
function removeLinks(file, packed) {
  const text = readFileSync(file, 'utf8');
  const isPacked = (target) =>
    target.startsWith('#') || packed.has(join(dirname(file), target.split('#')[0]));
  const kept = linksIn(text)
    .filter(({ target }) => !isPacked(target))
    .reduceRight(
      (rest, { index, isPicture, length, words }) =>
        rest.slice(0, index) + (isPicture ? '' : words) + rest.slice(index + length),
      text,
    );
  if (kept === text) return;
  for (const [name, content] of Object.entries({ before: text, after: kept })) {
    const copy = join(copies, name, file);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, content);
  }
  writeFileSync(file, kept);
}

function restore() {
  for (const file of added) rmSync(file, { force: true });
  if (!existsSync(copies)) return;
  const before = join(copies, 'before');
  for (const file of readdirSync(before, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(before, file)).isDirectory()) continue;
    const [original, packed, now] = [join(before, file), join(copies, 'after', file), file].map(
      (path) => readFileSync(path, 'utf8'),
    );
    // Someone may have edited the document since then.
    if (now === packed) writeFileSync(file, original);
    else console.error(`${file} was edited during npm pack; its links are not restored`);
  }
  rmSync(copies, { recursive: true });
}
