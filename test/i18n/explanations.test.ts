import { explainedKeys } from '../../src/domain/errors/errorCodes';
import { type FoundCode, findCode } from '../../src/domain/errors/findCode';
import type { LaunchProblem } from '../../src/domain/request/launchOutcome';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { aboutNone, explain } from '../../src/i18n/explain';
import { localeNames, locales } from '../../src/i18n/locales';
import { plain } from '../../src/i18n/text';
import { aboutRequest, buildExplanation } from '../../views/explanation';
import { buildReply } from '../../views/reply';
import { aRequest } from '../support/aRequest';
import { at, largest, long } from '../support/largestRequest';

const families = [...new Set(explainedKeys.map((key) => key.split('.', 1)[0] ?? key))];

/** Only a call that creates a job is answered like this, or has such an unknown outcome. */
const onlyOfCreation: readonly string[] = [
  'InternalError.DuplicateJob',
  'LimitExceeded.MaxUnusedJobs',
  'UnsupportedOperation.IntraNetUserNotTaggedError',
  ...['timed_out', 'connection_lost', 'server_error', 'unreadable_answer'],
];
const ofCreation = {
  en: /CreateMigrateJob|creat\w+ (a|the|no) job|jobs? (\w+ )*created|resubmit|clone|edit the request|from the lists? in the form/i,
  'zh-CN':
    /CreateMigrateJob|创建(新|数据迁移)?任务|任务.{0,6}创建|重新提交申请|修改申请|复制此申请|在表单的列表中/,
};
const failed = (problem: LaunchProblem): RequestEvent => ({
  requestId: 7,
  seq: 9,
  revision: 1,
  at,
  by: undefined,
  payload: { type: 'failed', operation: 'create_job', problem },
});

describe.each(localeNames)('in %s,', (locale) => {
  const messages = locales[locale];

  it.each(explainedKeys)('%s is explained in every part', (key) => {
    const { headline, meaning, causes, next, who } = explain(key, messages);
    for (const part of [headline, meaning, next, who, ...causes]) expect(part).toMatch(/\S/);
    expect(causes.length).toBeGreaterThan(0);
  });

  it.each(explainedKeys)('every sentence of %s begins with a capital letter', (key) => {
    const { headline, meaning, next } = explain(key, messages);
    for (const part of [headline, meaning, next]) expect(part).not.toMatch(/(^|[.?!] )[a-z]/);
  });

  it.each(explainedKeys)('%s fits in a direct message, without what the thread shows', (key) => {
    const { headline, next } = explain(key, messages);
    expect(`${headline}\n${next}`).not.toMatch(/\b(above|below)\b|[上下](方|面|文)|[以如]下/);
  });

  it.each(families)('no two codes of %s have the same explanation', (family) => {
    const keys = explainedKeys.filter((key) => key.split('.', 1)[0] === family);
    const explained = keys.map((key) => explain(key, messages));
    for (const part of ['headline', 'meaning', 'next'] as const) {
      const said = explained.map((each) => each[part]);
      expect(said).toEqual([...new Set(said)]);
    }
    const causes = explained.map((each) => each.causes.join());
    expect(causes).toEqual([...new Set(causes)]);
  });

  it.each(explainedKeys)("%s is short before the server's words", (key) => {
    const { lines } = buildExplanation(messages, '', explain(key, messages));
    expect(lines.map(plain).join('\n').length).toBeLessThanOrEqual(900);
  });

  it.each(explainedKeys)("%s stays within Slack's limits, even for the largest request", (code) => {
    const idleJobs = {
      kind: 'found' as const,
      jobs: Array.from({ length: 10 }, () => ({
        jobId: 'dts-12345678',
        jobName: long(128),
        createTime: '2026-05-04 10:00:00',
      })),
      more: 490,
      elsewhere: 9,
    };
    const problem = {
      kind: 'refused' as const,
      code,
      message: long(10_000),
      requestId: 'r',
      idleJobs,
    };
    const reply = buildReply(messages, largest, failed(problem), 'international');
    expect(reply?.text.length).toBeLessThanOrEqual(4_000);
    expect(JSON.stringify(reply?.blocks).length).toBeLessThan(13_200);
  });

  it.each(explainedKeys.filter((key) => !onlyOfCreation.includes(key)))(
    '%s of a call that changes a job says nothing about the creation of one',
    (key) => {
      const about = { ...aboutNone(messages), creates: false, action: 'dts:StopMigrateJob' };
      const { causes, headline, meaning, next } = explain(key, messages, about);
      expect([headline, meaning, next, ...causes].join('\n')).not.toMatch(ofCreation[locale]);
    },
  );

  it('no Chinese punctuation mark has a space next to it', () => {
    const about = aboutRequest(messages, aRequest());
    for (const key of explainedKeys) {
      const explanation = explain(key, messages, about);
      const { lines } = buildExplanation(
        messages,
        messages.operations.create_job.thread.failed,
        explanation,
      );
      expect(lines.map(plain).join('\n')).not.toMatch(/ [：。；，、（]|[：。；，、）] /);
    }
  });
});

it('an explanation names the instance, region and engines of the request', () => {
  const said = (code: string) => {
    const problem = { kind: 'refused' as const, code, message: '', requestId: 'r' };
    return JSON.stringify(buildReply(locales.en, aRequest(), failed(problem), 'mainland'));
  };
  expect(said('InvalidParameter.InstanceNotFound')).toMatch(/cdb-\w+ in ap-shanghai/);
  expect(said('OperationDenied.MigrateServiceSupportError')).toContain('MySQL to MySQL');
});

it('the console is the one of the account’s site', () => {
  const problem = { kind: 'refused' as const, code: 'LimitExceeded', message: '', requestId: 'r' };
  const blocks = (site: 'mainland' | 'international') =>
    JSON.stringify(buildReply(locales.en, aRequest(), failed(problem), site)?.blocks);
  expect(blocks('mainland')).toContain('https://console.cloud.tencent.com/dts/migration');
  expect(blocks('international')).toContain('https://console.tencentcloud.com/dts/migration');
});

it.each<[string, FoundCode]>([
  ['internalerror.duplicatejob', { kind: 'found', key: 'InternalError.DuplicateJob' }],
  ['MaxUnusedJobs', { kind: 'found', key: 'LimitExceeded.MaxUnusedJobs' }],
  ['timed_out', { kind: 'found', key: 'timed_out' }],
  ['InvalidParameter.SomethingQuiteDifferent', { kind: 'new', key: 'InvalidParameter' }],
  ['Zzz', { kind: 'new', key: 'unlisted' }],
])('finds the meanings of %s', (typed, found) => {
  expect(findCode(typed)).toEqual(found);
});

it('finds the nearest ones for a typo', () => {
  const found = findCode('InternalError.DuplicatJob');
  expect(found.kind === 'near' && found.keys[0]).toBe('InternalError.DuplicateJob');
});
