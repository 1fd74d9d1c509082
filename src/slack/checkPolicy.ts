import type { VisibleChannelProblem } from '../domain/channel/announcement';
import { auditChannelsOf, channelsOf, type Policy } from '../domain/policy/policy';
import { checkChannel } from './checkChannel';
import {
  type CheckPeopleContext,
  checkPeople,
  namedPeople,
  type PeopleProblem,
} from './checkPeople';

/** Why requests can't be posted or decided under the policy. */
export type PolicyProblem =
  | { kind: 'channel'; channel: string; problem: VisibleChannelProblem }
  | { kind: 'people'; problems: readonly PeopleProblem[] };

/** Checks that requests can be posted and decided under the policy. Smaller problems are logged. */
export async function checkPolicy(
  context: CheckPeopleContext,
  policy: Policy,
): Promise<PolicyProblem | undefined> {
  const { client, log } = context;
  for (const channel of channelsOf(policy)) {
    const problem = await checkChannel(client, channel, log);
    if (problem !== undefined) return { kind: 'channel', channel, problem };
  }
  for (const channel of auditChannelsOf(policy)) {
    const problem = await checkChannel(client, channel, log);
    if (problem !== undefined)
      log.warn('emergency approvals cannot be reported in a channel', { channel, problem });
  }
  const problems = await checkPeople(context, namedPeople(policy));
  const stops = problems.filter(({ severity }) => severity === 'stops');
  if (stops.length > 0) return { kind: 'people', problems: stops };
  for (const problem of problems) {
    if (problem.kind === 'too_few') {
      const { ids, most, required } = problem;
      log.warn('a list in the policy has fewer people than it requires', { ids, required, most });
    } else log.warn('some people named in the policy cannot act', { ...problem });
  }
  return undefined;
}
