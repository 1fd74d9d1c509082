import type { Rule } from '../../src/domain/policy/policy';
import { usualRule } from '../../src/domain/policy/policy';

/** The default rule for channel C1, whose members approve, with some changes. */
export const aRule = (changes: Partial<Rule> = {}): Rule =>
  usualRule({ channel: 'C1', approvers: [{ kind: 'channel', channelId: 'C1' }], ...changes });
