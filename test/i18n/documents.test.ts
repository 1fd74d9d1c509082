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
});

const list = 'src/ports/logLines.ts';
/** The properties of its interfaces. */
const logLines = [
  ...readFileSync(list, 'utf8').matchAll(/^(?:export )?interface \w+Lines \{$(.*?)^\}$/gms),
]
  .flatMap(([, body = '']) => [...body.matchAll(/^ {2}(?:'(.*?)'|"(.*?)"|(\w+)): /gm)])
  .map(([, single, double, bare]) => single ?? double ?? bare ?? '');

const sources = ['src', 'handlers']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => path.endsWith('.ts') && path !== list)
      .map((path) => readFileSync(path, 'utf8')),
  )
  .join('\n');

const documents = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
);

describe('the list of log lines', () => {
  it('has all lines that documents quote', () => {
    const phrases = documents.flatMap((document) =>
      [...readFileSync(document, 'utf8').matchAll(/`([A-Za-z]+(?:[;,]? [A-Za-z]+){2,})`/g)]
        .map(([, phrase = '']) => phrase)
        .filter((phrase) => !/^(npm|npx|ferry) /.test(phrase)),
    );
    expect(phrases.length).toBeGreaterThan(40);
    expect(phrases.filter((phrase) => !logLines.includes(phrase))).toEqual([]);
  });

  it.each(Object.values(guides))('has all phrases in docs/failures%s', (ending) => {
    const text = readFileSync(`docs/failures${ending}`, 'utf8');
    const phrases = [...text.matchAll(/`([a-z][^`]* [^`]*)`/g)]
      .map(([, phrase = '']) => phrase)
      .filter((phrase) => !/^(npm|npx|ferry) /.test(phrase));
    expect(phrases.length).toBeGreaterThan(20);
    expect(phrases.filter((phrase) => !logLines.includes(phrase))).toEqual([]);
  });

  it('has no line that Ferry does not write', () => {
    const isWritten = (line: string) =>
      sources.includes(`'${line}'`) || sources.includes(`"${line}"`);
    expect(logLines.filter((line) => !isWritten(line))).toEqual([]);
  });
});

/** The commands of `ferry` in all documents: `npx ferry …`, and `npm run audit -- …` and the like. */
const commands = documents.flatMap((document) => {
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

it('calls commands as the image and the package do, except where people work in a clone', () => {
  const inClone = ['README', 'CONTRIBUTING', 'docs/getting-started', 'docs/operating'];
  const read = documents
    .filter((document) => !inClone.includes(document.replace(/(\.zh-CN)?\.md$/, '')))
    .concat('.env.example', 'policy.example.yml')
    .map((file): [string, string] => [file, readFileSync(file, 'utf8')]);
  const inScript = /npm run (?:--silent )?(?:doctor|(?:audit|policy) -- \w)/;
  const named = [...read, ['sources', sources] as const].filter(([, text]) => inScript.test(text));
  expect(named.map(([file]) => file)).toEqual([]);
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
