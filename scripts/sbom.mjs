import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Prints a software bill of materials of the production dependencies, in the format CycloneDX.
 *
 *     node scripts/sbom.mjs
 */
const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
const listed = { maxBuffer: 64 * 1024 * 1024 };
const bill = JSON.parse(execFileSync('npm', ['sbom', ...options], listed));

// With `--omit=dev`, npm also leaves out packages that development needs as well.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const production = new Set(
  Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
);
bill.components = bill.components.filter(({ name, version }) =>
  production.has(`${name}@${version}`),
);
const root = bill.metadata.component;
const kept = new Set([root['bom-ref'], ...bill.components.map((each) => each['bom-ref'])]);
bill.dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));

// npm writes the name of the folder.
[root.name] = root['bom-ref'].split('@');
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
