import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicyFile } from '../../src/policyFile/parsePolicyFile';

const root = join(__dirname, '../..');

/** All examples of a policy file in a document, with their place. */
function examplesIn(document: string): [string, string][] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(({ index, 1: example = '' }) => {
    const line = text.slice(0, index).split('\n').length;
    return [`${document}:${line}`, example];
  });
}

const languages = ['', '.zh-CN'];

const examples = languages.flatMap((language) =>
  ['policy', 'secrets', 'operating'].flatMap((name) => examplesIn(`docs/${name}${language}.md`)),
);

it('shows examples in the documents, in both languages', () => {
  expect(examples).toHaveLength(22);
});

it.each(examples)('%s is a policy file', (_, example) => {
  expect(parsePolicyFile(example)).toMatchObject({
    ok: true,
    policyFile: { warnings: [] },
  });
});

it.each(languages)('names every setting and every condition in docs/policy%s.md', (language) => {
  const text = readFileSync(join(root, `docs/policy${language}.md`), 'utf8');
  const schema = JSON.parse(readFileSync(join(root, 'docs/policy.schema.json'), 'utf8'));
  const { properties } = schema.properties.rules.items;
  const keys = [
    ...Object.keys(properties),
    ...Object.keys(properties.when.properties),
    ...Object.keys(properties.reminders.properties),
    ...Object.keys(properties.windows.items.properties),
  ].filter((key) => !['name', 'from', 'time_zone'].includes(key));
  for (const key of keys) expect(text).toContain(`\`${key}\``);
});
