import type { Conditions, Policy } from '../../src/domain/policy/policy';
import { mayCreateAtOnce } from '../../src/domain/policy/rules';
import { aRule } from '../support/aRule';

const early = aRule({ approve: 'before_start' });
const late = aRule();
const first = (when: Conditions, rule = early): Policy['rules'] => [{ when, rule }];

it.each<[string, Policy, readonly (string | undefined)[]]>([
  ['no rule creates jobs early', { rules: first({}, late), otherwise: late }, []],
  ['the default rule does', { rules: [], otherwise: early }, ['C1', 'C2', undefined]],
  [
    'only a rule for C1 does',
    { rules: first({ channels: ['C1'] }), otherwise: late },
    ['C1', undefined],
  ],
  [
    'only the default rule does, and another covers all of C1',
    { rules: first({ channels: ['C1'] }, late), otherwise: early },
    ['C2', undefined],
  ],
  [
    'only the default rule does, and another covers some of C1',
    { rules: first({ channels: ['C1'], engines: ['mysql'] }, late), otherwise: early },
    ['C1', 'C2', undefined],
  ],
  [
    'only a rule for an engine does',
    { rules: first({ engines: ['mysql'] }), otherwise: late },
    ['C1', 'C2', undefined],
  ],
])('the form says that jobs may be created before approval. %s', (_, policy, where) => {
  const channels = ['C1', 'C2', undefined];
  const told = channels.filter((channel) => mayCreateAtOnce(policy, channel));
  expect(told).toStrictEqual(where);
});
