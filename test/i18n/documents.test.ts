import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocaleName } from '../../src/i18n/locales';
import { locales } from '../../src/i18n/locales';
import { runFerry } from '../support/runFerry';

const guides = { en: '.md', 'zh-CN': '.zh-CN.md' } satisfies Record<LocaleName, string>;

describe.each(['en', 'zh-CN'] as const)('the guides in %s', (locale) => {
  const guide = (name: string): string => readFileSync(`docs/${name}${guides[locale]}`, 'utf8');

  it('show what verify prints', () => {
    const { audit } = locales[locale];
    expect(guide('audit')).toContain(
      [
        '```',
        audit.whole(128, '5d0c…'),
        audit.span('2026-01-05T08:12:44.120Z', '2026-11-24T17:03:09.871Z'),
        audit.keyed(1),
        audit.keep('--head 5d0c… --length 128'),
        '```',
      ].join('\n'),
    );
  });

  it('quote log lines that Ferry writes', () => {
    const lines = [...guide('operating').matchAll(/`([a-z]+(?:;? [a-zA-Z]+){3,})`/g)];
    expect(lines.length).toBeGreaterThan(2);
    for (const [, line] of lines) expect(sources).toContain(`'${line}'`);
  });
});

it.each(Object.values(guides))('docs/failures%s quotes log lines that Ferry writes', (ending) => {
  const text = readFileSync(`docs/failures${ending}`, 'utf8');
  const lines = [...text.matchAll(/`([a-z][^`]* [^`]*)`/g)].filter(
    ([, line = '']) => !/^(npm|npx) /.test(line),
  );
  expect(lines.length).toBeGreaterThan(20);
  for (const [, line] of lines) expect(sources).toContain(`'${line}'`);
});

const sources = ['src', 'handlers']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  )
  .join('\n');

/** The commands of `ferry` in all documents: `npx ferry …`, and `npm run audit -- …` and the like. */
const commands = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md']
  .concat(readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])))
  .flatMap((document) => {
    const text = readFileSync(document, 'utf8');
    const code = [...text.matchAll(/^```sh\n(.*?)^```$|`([^`\n]+)`/gms)].map(
      ([, block, span]) => block ?? span ?? '',
    );
    return code
      .flatMap((each) => each.split('\n'))
      .flatMap((line) => {
        const [, ferry, script, rest = ''] =
          /^(?:npx )?(?:(ferry)|npm run (?:--silent )?(doctor|audit|policy))(?= |$)([^#>|]*)/.exec(
            line,
          ) ?? [];
        if (ferry === undefined && script === undefined) return [];
        const words = [script ?? '', ...rest.split(' ')].filter((word) => /^[a-z]|^--./.test(word));
        return [{ document, command: words.join(' ') }];
      });
  });

it('finds commands in the documents', () => {
  expect(new Set(commands.map(({ command }) => command)).size).toBeGreaterThan(9);
});

const distinct = [...new Map(commands.map((each) => [JSON.stringify(each), each])).values()];

it.each(distinct)('$document: “ferry $command” exists', async ({ command }) => {
  const words = command.split(' ').filter((word) => word !== '');
  const values = words.findIndex((word) => word.startsWith('--'));
  const path = values === -1 ? words : words.slice(0, values);
  const { stdout } = await runFerry({}, [...path, '--help']);
  // The help of a group is shown for an unknown command in it, too.
  expect(stdout).toMatch(new RegExp(`^Usage: ferry(?: \\S+)*? ?${path.at(-1) ?? ''}(?: |$)`, 'm'));
  for (const option of words.filter((word) => word.startsWith('--'))) {
    expect(stdout).toMatch(new RegExp(`${option}(?![\\w-])`));
  }
});
