import { type Variable, variables } from './domain/settings';
import { aboutVariable } from './environment';
import { type LocaleName, locales } from './i18n/locales';

/** The sections of the page and of `.env.example`, with the first variable of each. */
export const sections = {
  slack: 'SLACK_BOT_TOKEN',
  approvals: 'POLICY_FILE',
  tencent_cloud: 'TKE_ROLE_ARN',
  storage: 'DATABASE_URL',
  process: 'HTTPS_PROXY',
} as const satisfies Record<string, Variable>;

const sectionNames = ['slack', 'approvals', 'tencent_cloud', 'storage', 'process'] as const;

/** Returns the page of all settings in one language, as Markdown. */
export function configurationPage(locale: LocaleName): string {
  const { page: words, variables: about } = locales[locale].config;
  const { columns, rest } = words;

  const acceptedBy = (name: Variable): string => {
    const { accepts } = aboutVariable(name);
    if (accepts === undefined) return about[name].where;
    return accepts.kind === 'choice'
      ? accepts.values.map(code).join(words.between)
      : words.range(String(accepts.from), String(accepts.to));
  };
  const row = (name: Variable): string => {
    const { alias, fallback, isRequired } = aboutVariable(name);
    const unset = name === 'RETENTION_DAYS' ? words.forever : '';
    return tableRow([
      code(name),
      about[name].purpose,
      acceptedBy(name) + (alias === undefined ? '' : words.alias(code(alias))),
      isRequired ? words.required : fallback === undefined ? unset : code(fallback),
    ]);
  };
  const section = (name: keyof typeof sections, index: number): string => {
    const next = sectionNames[index + 1];
    const first = variables.indexOf(sections[name]);
    const end = next === undefined ? variables.length : variables.indexOf(sections[next]);
    const { about: intro, title } = words.sections[name];
    return [
      `## ${title}\n\n${intro}\n`,
      tableRow([columns.setting, columns.purpose, columns.value, columns.fallback]),
      tableRow(['---', '---', '---', '---']),
      ...variables.slice(first, end).map(row),
      '',
    ].join('\n');
  };
  return [
    `# ${words.title}\n\n${[words.otherLanguage, ...words.intro].join('\n\n')}\n`,
    ...sectionNames.map(section),
    `## ${rest.title}\n\n${rest.lines.map((line) => `- ${line}\n`).join('')}`,
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;
const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
