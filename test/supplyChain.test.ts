import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '..');
const parse = <Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> =>
  schema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')));

it('pins each GitHub action by its full commit and names its version', () => {
  const folder = join(root, '.github/workflows');
  const uses = readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => /\buses:/.test(line));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it('says for every dependency with an install script whether it may run', () => {
  const { packages } = parse(
    'package-lock.json',
    z.object({
      packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
    }),
  );
  const { allowScripts } = parse(
    'package.json',
    z.object({ allowScripts: z.record(z.string(), z.boolean()) }),
  );
  const withScripts = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(withScripts.length).toBeGreaterThan(0);
  expect(Object.keys(allowScripts).sort()).toEqual(withScripts.sort());
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('strict-allow-scripts=true');
});

/** Licenses that allow use, change and distribution without conditions for other code. */
const permissive = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
];

it('has only production dependencies with a permissive license, and lists them', () => {
  const { packages } = parse(
    'package-lock.json',
    z.object({
      packages: z.record(
        z.string(),
        z.object({ license: z.string().optional(), dev: z.boolean().optional() }),
      ),
    }),
  );
  const found = new Set<string>();
  for (const [path, { dev = false, license = 'none' }] of Object.entries(packages)) {
    if (dev || path === '') continue;
    // Of `(A OR B)`, one is enough.
    const choices = license.replace(/^\((.*)\)$/, '$1').split(' OR ');
    const chosen = choices.find((each) => permissive.includes(each));
    if (chosen === undefined) throw new Error(`${path} has the license ${license}`);
    found.add(chosen);
  }
  const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, listed = ''] =
    /Production dependencies have these licenses: ([^.]+(?:\.\d[^.]*)*)\.\s/.exec(contributing) ??
    [];
  expect(
    listed
      .match(/`[^`]+`/g)
      ?.map((each) => each.slice(1, -1))
      .sort(),
  ).toEqual([...found].sort());
});

it('has a bill of materials with every production dependency, and no other', () => {
  const { packages } = parse(
    'package-lock.json',
    z.object({
      packages: z.record(
        z.string(),
        z.object({ version: z.string(), dev: z.boolean().optional() }),
      ),
    }),
  );
  const installed = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
  const { components } = z
    .object({ components: z.array(z.object({ name: z.string(), version: z.string() })) })
    .parse(JSON.parse(execFileSync('node', ['scripts/sbom.mjs'], { cwd: root, encoding: 'utf8' })));
  const listed = components.map(({ name, version }) => `${name}@${version}`);
  expect(listed.sort()).toEqual([...new Set(installed)].sort());
});
