import { ACCOUNT_ID } from '../../playground/tencentcloud/index';
import { describeAccount } from '../../src/describeProblems';
import { zh } from '../support/inChinese';
import { startTestFerry } from '../support/startTestFerry';
import { anything, en, saying } from '../support/words';

const other = '100099999999';

describe('With ALLOWED_ACCOUNT_IDS, Ferry', () => {
  it('starts with a key of an allowed account, and asks once', async () => {
    const test = await startTestFerry({ ALLOWED_ACCOUNT_IDS: `${other}, ${ACCOUNT_ID}` });
    expect(test.dts.callsOf('GetCallerIdentity')).toHaveLength(1);
    await test.stop();
  });

  it('does not start with a key of another account', async () => {
    await expect(startTestFerry({ ALLOWED_ACCOUNT_IDS: other })).rejects.toThrow(
      JSON.stringify({ kind: 'wrong_account', accountId: ACCOUNT_ID, allowed: [other] }),
    );
  });

  it('does not start if it cannot find out the account', async () => {
    const dts = { allowedActions: ['CreateMigrateJob', 'DescribeMigrateJobs'] };
    const started = startTestFerry({ ALLOWED_ACCOUNT_IDS: ACCOUNT_ID }, { dts });
    await expect(started).rejects.toThrow('"kind":"account_unknown"');
    const unreachable = startTestFerry({
      ALLOWED_ACCOUNT_IDS: ACCOUNT_ID,
      TENCENTCLOUD_ENDPOINT: 'http://127.0.0.1:9',
    });
    await expect(unreachable).rejects.toThrow('"kind":"account_unknown"');
  });
});

it('Without ALLOWED_ACCOUNT_IDS, Ferry does not ask for the account', async () => {
  const test = await startTestFerry();
  expect(test.dts.callsOf('GetCallerIdentity')).toEqual([]);
  await test.stop();
});

it('says which permission is missing to find out the account, in both languages', () => {
  const problem = {
    kind: 'account_unknown',
    problem: {
      kind: 'refused',
      code: 'UnauthorizedOperation',
      message: 'not allowed',
      requestId: 'r-1',
    },
  } as const;
  for (const [locale, { doctor, start }] of [
    ['en', en],
    ['zh-CN', zh],
  ] as const) {
    const why = doctor.cloudForbidden('sts:GetCallerIdentity', 'r-1');
    expect(describeAccount(problem, locale)).toBe(start.accountUnknown(why));
    const wrong = { kind: 'wrong_account', accountId: anything, allowed: [other] } as const;
    expect(describeAccount(wrong, locale)).toMatch(saying(start.wrongAccount(anything, [other])));
  }
});
