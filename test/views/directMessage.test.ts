import { type ChannelProblem, channelProblems } from '../../src/domain/channel/announcement';
import type { Rule } from '../../src/domain/policy/policy';
import type { RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { locales } from '../../src/i18n/locales';
import { plain } from '../../src/i18n/text';
import { buildDirectMessage } from '../../views/directMessage';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en, saying } from '../support/words';

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
    const { happened, next, orElse, orWithdraw, who } = en.direct.channelLost[problem];
    const { text } = message(waiting, problem);
    for (const part of [en.direct.channelLostHeadline, happened, `${next}${orWithdraw}`, who])
      expect(text).toContain(part);
    const withJob = message(created, problem).text;
    expect(withJob).toContain(`${next}${orElse}\n`);
    expect(withJob).not.toContain('ithdraw');
    const operationWaits = waitFrom(rule, at, {
      ...{ name: 'stop_job', from: created, before: 'running' },
    });
    expect(message(operationWaits, problem).text).toContain(`${next}${orElse}\n`);
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

describe.each(['en', 'zh-CN'] as const)('the message about an approval, in %s,', (locale) => {
  const messages = locales[locale];
  const request = (approve: Rule['approve']) =>
    aRequest({ state: approved, rule: approve === undefined ? rule : aRule({ approve }) });
  const said = (approve: Rule['approve'], payload: EventPayload): string => {
    const event: RequestEvent = { requestId: 7, seq: 2, revision: 1, at, by, payload };
    return buildDirectMessage(messages, request(approve), event, undefined, 'mainland')?.text ?? '';
  };

  it('says whether Ferry creates or starts the job, once the window opens', () => {
    const until = at;
    const { held, startHeld } = messages.direct;
    const creates = said(undefined, { type: 'held', operation: 'create_job', until });
    expect(creates).toMatch(saying(held(until)));
    const starts = said('before_start', { type: 'held', operation: 'start_job', until });
    expect(starts).toMatch(saying(startHeld(until)));
  });

  it('says that the approvals no longer suffice, whatever the call would have done', () => {
    const payload = { type: 'approvals_lapsed', lapsed: [], reopened: true } as const;
    expect(said('before_start', payload)).toMatch(saying(messages.thread.reopened));
    expect(said('before_start', payload)).not.toMatch(/creat|创建/);
  });

  it('says whether Ferry creates or starts the job after an emergency approval', () => {
    const payload = { type: 'break_glass', reason: 'The source fails.' } as const;
    const { approved: creates, startApproved } = messages.direct;
    expect(said(undefined, payload)).toMatch(saying(creates));
    expect(said('before_start', payload)).toMatch(saying(startApproved));
    expect(said('before_start', payload)).not.toMatch(saying(creates));
  });
});
