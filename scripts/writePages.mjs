import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Writes the pages of one name, after a build.
 *
 *     node scripts/writePages.mjs configuration
 */
const { pages } = createRequire(import.meta.url)('../dist/src/pages.js');

for (const [file, write] of Object.entries(pages[process.argv[2]])) {
  writeFileSync(new URL(`../${file}`, import.meta.url), write());
}
