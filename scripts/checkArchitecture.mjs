import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const folders = ['src', 'handlers', 'views', 'playground', 'playground/page/client', 'test'];

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

if (unread.length > 0 || violations.length > 0) process.exit(1);
console.log(`architecture: ${totalCruised} modules, no rule broken`);
