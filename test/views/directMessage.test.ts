import { type ChannelProblem, channelProblems } from '../../src/domain/channel/announcement';
import type { RequestState } from '../../src/domain/request/request';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { plain } from '../../src/i18n/text';
import { buildDirectMessage } from '../../views/directMessage';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

const rule = aRule();
const at = new Date('2026-05-04T10:00:00Z');
const by = { userId: 'UBOB', name: 'Bob' };
const approval = { by, at, revision: 1, from: [], confirmed: true };
const operation = { name: 'create_job' } as const;
const waiting = waitFrom(rule, at);
const approved: RequestState = {
  status: 'approved',
  operation,
  approvals: [approval],
  attempts: 0,
};
const created: RequestState = { status: 'created', approvals: [approval], jobId: 'dts-1', at };

/** The message to the requester of a request in a channel in which Ferry cannot post. */
function message(state: RequestState, problem: ChannelProblem = 'archived') {
  const payload = { type: 'channel_lost', problem } as const;
  const event: RequestEvent = { requestId: 7, seq: 2, revision: 1, at, by: undefined, payload };
  const built = buildDirectMessage(en, aRequest({ state }), event, undefined, 'mainland');
  return { text: built?.text ?? '', content: JSON.stringify(built?.blocks) };
}

describe('the message about a channel in which Ferry cannot post', () => {
  it.each(channelProblems)('says what happened: %s', (problem) => {
    const { happened, next, who } = en.direct.channelLost[problem];
    const { text } = message(waiting, problem);
    for (const part of [en.direct.channelLostHeadline, happened, next, who])
      expect(text).toContain(part);
  });

  it.each<[string, RequestState, boolean, boolean]>([
    ['waits for approval', waiting, true, true],
    ['is approved', approved, false, true],
    ['has a job', created, false, false],
  ])('if the request %s, offers what is possible', (_, state, isDecidable, isWithdrawable) => {
    const { content, text } = message(state);
    expect(text.includes(plain(en.direct.decidedElsewhere))).toBe(isDecidable);
    expect(content.includes('"action_id":"withdraw"')).toBe(isWithdrawable);
  });
});
