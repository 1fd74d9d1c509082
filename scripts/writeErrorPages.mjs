import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { errorPages, errorsPage } = createRequire(import.meta.url)('../dist/src/errorsPage.js');

for (const [file, locale] of Object.entries(errorPages)) {
  writeFileSync(new URL(`../${file}`, import.meta.url), errorsPage(locale));
}
