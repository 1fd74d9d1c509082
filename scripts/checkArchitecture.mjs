import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { ModuleKind, transpileModule } from 'typescript';

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

const withCode = readdirSync('src/ports').filter((file) => {
  const { outputText } = transpileModule(readFileSync(join('src/ports', file), 'utf8'), {
    compilerOptions: { module: ModuleKind.ESNext, removeComments: true },
  });
  return outputText.trim() !== 'export {};';
});
for (const file of withCode) console.error(`architecture: src/ports/${file} has more than types`);

if (withCode.length > 0 || unread.length > 0 || violations.length > 0) process.exit(1);
console.log(`architecture: ${totalCruised} modules, no rule broken`);
