import { readFileSync } from 'node:fs';
import { type FormValues, fieldPaths } from '../../src/domain/migration/fields';
import { demandsOf } from '../../src/domain/policy/demands';
import { usualName } from '../../src/domain/policy/policy';
import { explainRules, groupsOfConditions } from '../../src/domain/policy/rules';
import { ruleTitle } from '../../src/i18n/en/ruleName';
import { locales } from '../../src/i18n/locales';
import { ruleTitle as ruleTitleInChinese } from '../../src/i18n/zh-CN/ruleName';
import { parsePolicyFile } from '../../src/policyFile/parsePolicyFile';
import { aDraft } from '../support/aForm';

const cookbooks = [
  { document: 'docs/cookbook.md', locale: 'en', defaultRule: ruleTitle(usualName) },
  {
    document: 'docs/cookbook.zh-CN.md',
    locale: 'zh-CN',
    defaultRule: ruleTitleInChinese(usualName),
  },
] as const;
const operations = ['start_job', 'complete_job', 'stop_job', 'delete_job'] as const;

/** Each recipe: its title, its policy file, and the rows of its table. */
function recipesIn(document: string) {
  return readFileSync(document, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ''] = section.split('\n');
      const [, yaml = ''] = /^```yaml\n(.*?)^```$/ms.exec(section) ?? [];
      const [, ...rows] = [...section.matchAll(/^\| (.*) \| (.*) \| (.*) \|$/gm)].map(
        ([, request = '', rule = '', approvals = '']) => ({ request, rule, approvals }),
      );
      return { title, yaml, rows };
    });
}

/** A request in a table: fields, an operation, and the group of the requester. */
function readRequest(text: string) {
  const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  const values: FormValues = {};
  for (const span of spans) {
    const [name, value] = span.split('=');
    const path = fieldPaths.find((each) => each === name);
    if (path !== undefined && value !== undefined) values[path] = value;
  }
  return {
    values,
    operation: operations.find((name) => spans.includes(name)) ?? ('create_job' as const),
    group: spans.find((span) => span.startsWith('S0')),
  };
}

describe.each(cookbooks)('$document', ({ defaultRule, document, locale }) => {
  const recipes = recipesIn(document);
  const messages = locales[locale];

  it('has the recipes of the English one', () => {
    const yamlOf = (path: string) =>
      recipesIn(path).map(({ yaml }) => yaml.replace(/name: .*/g, ''));
    expect(recipes).toHaveLength(10);
    expect(yamlOf(document)).toEqual(yamlOf('docs/cookbook.md'));
  });

  it.each(recipes)('“$title” is a policy file without warnings', ({ yaml }) => {
    expect(parsePolicyFile(yaml)).toMatchObject({ ok: true, policyFile: { warnings: [] } });
  });

  it.each(recipes.flatMap(({ rows, title, yaml }) => rows.map((row) => ({ ...row, title, yaml }))))(
    '“$title”: $request',
    ({ approvals, request, rule, yaml }) => {
      const parsed = parsePolicyFile(yaml);
      if (!parsed.ok) throw new Error('not a policy file');
      const { policy } = parsed.policyFile;
      const { group, operation, values } = readRequest(request);
      const last = explainRules(policy, {
        parameters: aDraft(values).parameters,
        requester: 'U0ANYONE',
        groups: new Map(groupsOfConditions(policy).map((id) => [id, id === group ? 'yes' : 'no'])),
        askedIn: undefined,
      }).at(-1);
      if (last === undefined) throw new Error('no rule');
      expect(messages.policy.match(last)).toBeDefined();
      const { name } = last.rule;
      const { required } = demandsOf(last.rule, { name: operation });
      expect([name === usualName ? defaultRule : name, required]).toEqual([
        rule,
        Number(approvals),
      ]);
    },
  );
});
