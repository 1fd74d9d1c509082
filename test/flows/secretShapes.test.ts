import { readFileSync } from 'node:fs';
import { exampleForm } from '../../playground/exampleForm';
import { BOB } from '../../playground/slack/index';
import { readSecretValue } from '../../src/domain/secrets/secretValue';
import { canary, expectNoCanary } from '../support/canary';
import { fail } from '../support/fail';
import { aPolicyFile } from '../support/policyFile';
import { runFerry } from '../support/runFerry';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, explained, jobInThread, saying, sayingAtStart } from '../support/words';

const policy = aPolicyFile({
  secrets: [
    { secret: 'ssm:shape-*', anywhere: true },
    { secret: 'env:SHAPE', anywhere: true },
  ],
});
const user = exampleForm['SrcInfo.User'];

let test: TestFerry;
let count = 0;
const start = async (environment: Record<string, string> = {}) => {
  test = await startTestFerry({ ...policy.environment, ...environment });
};
afterAll(() => policy.remove());

/** An approved request with the password `text` in Secrets Manager. */
async function launch(text: string | undefined) {
  count += 1;
  const name = `shape-${count}`;
  if (text !== undefined) {
    test.dts.add({ secrets: [{ region: 'ap-shanghai', name, versions: [{ id: 'v1', text }] }] });
  }
  const card = await test.request({
    JobName: name,
    'SrcInfo.Password': undefined,
    'SrcInfo.Password.Source': text === undefined ? 'env:SHAPE' : `ssm:${name}:v1`,
  });
  await test.slack.as(BOB).click(card, 'approve');
  return card;
}
const json = (value: object) => JSON.stringify(value);

describe('a stored value', () => {
  afterEach(() => test.stop());

  it('sends only the password of a stored value', async () => {
    await start();
    for (const text of [
      `${canary}\n`,
      `${canary}\r\n`,
      json({ username: user, password: canary }),
      json({ UserName: user, Password: canary }),
      json({ engine: 'mysql', host: '10.0.0.1', port: 3306, username: user, password: canary }),
      json({ db_user: user, db_password: `${canary}\n` }),
    ]) {
      const before = test.dts.jobs.size;
      await test.reply(await launch(text), jobInThread());
      expect(test.dts.jobs.size).toBe(before + 1);
      expect(test.dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
        SrcInfo: { Password: canary },
      });
    }
    await expectNoCanary(test, 'created');
  });

  it('makes no call with a value that is not a password, and names keys without values', async () => {
    await start();
    const cases: readonly [string, string | RegExp][] = [
      [`${canary}\nsecond`, en.explanations.valueFlaw('untypable')],
      [json({ user, token: canary }), saying(en.explanations.valueKeys(['user', 'token']))],
      [
        json({ password: canary, old_password: canary }),
        saying(en.explanations.valueKeys(['password', 'old_password'])),
      ],
      [json({ password: { value: canary } }), en.explanations.valueFlaw('password_not_text')],
      [`{"password": "${canary}"`, en.explanations.valueFlaw('broken_json')],
      [JSON.stringify([canary]), en.explanations.valueFlaw('json_list')],
      [`mysql://${user}:${canary}@10.0.0.1`, en.explanations.valueFlaw('url')],
      [
        json({ username: 'somebody', password: canary }),
        saying(en.explanations.otherUser(anything, user)),
      ],
    ];
    for (const [text, words] of cases) {
      await test.reply(await launch(text), words);
      expect(test.replies(test.card() ?? fail()).join('\n')).not.toMatch(jobInThread());
    }
    expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
    await expectNoCanary(test, 'refused');
  });

  it('reads a variable by the same rules', async () => {
    await start({ FERRY_SECRET_SHAPE: json({ username: user, password: canary }) });
    await test.reply(await launch(undefined), jobInThread());
    expect(test.dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
      SrcInfo: { Password: canary },
    });
    await test.restart({ FERRY_SECRET_SHAPE: json({ password: canary, pwd: canary }) });
    await test.reply(await launch(undefined), 'Its keys: password, pwd');
    await expectNoCanary(test, 'refused');
  });

  it('is checked by the doctor for every secret that the policy allows', async () => {
    await start();
    const checked = aPolicyFile({
      secrets: [
        'ssm:fit',
        'ssm:two-lines',
        'ssm:not-there',
        'ssm:any-*',
        'ssm:shop-*',
        'env:SHOP_*',
        'env:FIT',
        'env:KEYS',
        'env:UNSET',
      ].map((secret) => ({ secret, anywhere: true as const })),
    });
    const region = 'ap-shanghai';
    test.dts.add({
      secrets: [
        { region, name: 'fit', versions: [{ id: 'v1', text: json({ Password: canary }) }] },
        { region, name: 'shop-1', versions: [{ id: 'v1', text: canary }] },
        {
          region,
          name: 'shop-2',
          versions: [
            { id: 'v1', text: canary },
            { id: 'v2', text: `${canary}\n${canary}` },
          ],
        },
        { region, name: 'two-lines', versions: [{ id: 'v1', text: `${canary}\n${canary}` }] },
      ],
    });
    const env = {
      ...test.environment(),
      ...checked.environment,
      FERRY_SECRET_FIT: canary,
      FERRY_SECRET_SHOP_1: canary,
      FERRY_SECRET_KEYS: json({ token: canary }),
    };
    const { stdout } = await runFerry(env, ['doctor']);
    checked.remove();
    const lines = stdout.split('\n');
    const { secret } = en.doctor;
    const usable = (reference: string) => `✓ ${secret.usable(reference)}`;
    expect(lines).toEqual(
      expect.arrayContaining([
        usable('ssm:fit:v1'),
        `✗ ${secret.unusable('ssm:two-lines:v1', en.explanations.valueFlaw('untypable'), [])}`,
        expect.stringMatching(sayingAtStart(`✗ ${secret.unread('ssm:not-there', anything)}`)),
        `! ${secret.none('ssm:any-*')}`,
        usable('ssm:shop-1:v1'),
        `✗ ${secret.unusable('ssm:shop-2:v2', en.explanations.valueFlaw('untypable'), [])}`,
        usable('ssm:shop-2:v1'),
        usable('env:FIT'),
        usable('env:SHOP_1'),
        `✗ ${secret.unusable('env:KEYS', en.explanations.valueFlaw('no_password_key'), ['token'])}`,
        expect.stringMatching(
          sayingAtStart(
            `✗ ${secret.unread('env:UNSET', explained('stored_secret_not_set').headline)}`,
          ),
        ),
      ]),
    );
    expect(stdout).not.toContain(canary);
  });
});

describe.each(['docs/secrets.md', 'docs/secrets.zh-CN.md'])('the examples in %s', (document) => {
  const rows = [
    ...readFileSync(document, 'utf8').matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`|(.+?)) \|$/gm),
  ].map(([, value = '', password, why]) => ({
    value: value.replace(/\\n/g, '\n'),
    password,
    why,
  }));

  it.each(rows)('$value', ({ value, password }) => {
    const read = readSecretValue(value);
    expect(read.ok ? read.password : undefined).toBe(password);
  });

  it('show what is accepted and what is refused', () => {
    expect(rows.filter(({ why }) => why === undefined).length).toBeGreaterThan(5);
    expect(rows.filter(({ why }) => why !== undefined).length).toBeGreaterThan(5);
  });
});
