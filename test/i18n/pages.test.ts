import { readFileSync } from 'node:fs';
import { sections } from '../../src/configurationPage';
import { variables } from '../../src/domain/settings';
import { aboutVariable } from '../../src/environment';
import { localeNames, locales } from '../../src/i18n/locales';
import { pages } from '../../src/pages';

const files = Object.entries(pages).flatMap(([name, written]) =>
  Object.entries(written).map(([file, write]) => ({ name, file, write })),
);

it.each(files)('$file equals the output of npm run docs:$name', ({ file, write }) => {
  expect(readFileSync(file, 'utf8')).toBe(write());
});

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8');

  it('has the sections of the page about settings', () => {
    const parts = example.split(/^# --- .* ---$/m).slice(1);
    const first = parts.map((part) => /^(?:# )?([A-Z_]+)=/m.exec(part)?.[1]);
    expect(first).toEqual(Object.values(sections));
  });

  it('shows the defaults', () => {
    const shown = new Map(
      [...example.matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const defaults = variables.flatMap((name) => {
      const { fallback } = aboutVariable(name);
      return fallback === undefined || !shown.has(name) ? [] : [[name, fallback]];
    });
    expect(defaults.length).toBeGreaterThan(9);
    expect(defaults).toEqual(defaults.map(([name = '']) => [name, shown.get(name)]));
  });
});

it.each(localeNames)('in %s, the words about a setting name its default', (locale) => {
  const named = variables.flatMap((name) => {
    const { where } = locales[locale].config.variables[name];
    const said = /(?:default|默认) (\d+)(?!\d|\.)/.exec(where)?.[1];
    return said === undefined ? [] : [[name, said]];
  });
  expect(named.length).toBeGreaterThan(6);
  expect(named).toEqual(named.map(([name]) => [name, fallbackOf(name)]));
});

const fallbackOf = (named: string | undefined): string | undefined => {
  const name = variables.find((each) => each === named);
  return name === undefined ? undefined : aboutVariable(name).fallback;
};
