import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { policyFileJsonSchema } = createRequire(import.meta.url)(
  '../dist/src/policyFile/policyFileSchema.js',
);
const file = new URL('../docs/policy.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(policyFileJsonSchema(), null, 2)}\n`);
