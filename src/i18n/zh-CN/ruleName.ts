import { usualName } from '../../domain/policy/policy';

/** A rule's name where nothing else says that it is a rule. */
export const ruleTitle = (name: string): string => (name === usualName ? '默认规则' : name);

/** A rule within a sentence. */
export const theRule = (name: string): string =>
  name === usualName ? '默认规则' : `规则“${name}”`;
