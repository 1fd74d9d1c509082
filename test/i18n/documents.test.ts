import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocaleName } from '../../src/i18n/locales';
import { locales } from '../../src/i18n/locales';

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
