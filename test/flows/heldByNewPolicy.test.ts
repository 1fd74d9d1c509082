import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approversEnvironment } from '../../playground/botEnvironment';
import { APPROVERS_GROUP, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { startTestFerry } from '../support/startTestFerry';
import { anyText, anyTime, en, jobInThread, saying } from '../support/words';

/** The policy file that the restore procedure gives to people who have none. */
const fileOfPage = (): string =>
  /^```yaml\n(approvals:[^`]*)^```$/m.exec(readFileSync('docs/operating.md', 'utf8'))?.[1] ?? '';

it('the policy file of the restore procedure holds requests that were approved without one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-held-'));
  const path = join(folder, 'policy.yml');
  writeFileSync(
    path,
    fileOfPage()
      .replace(/channel: \w+/, `channel: ${DB_MIGRATIONS}`)
      .replace(/approvers: .*/, `approvers: [${APPROVERS_GROUP}]`),
  );
  const test = await startTestFerry();
  const card = await test.request();
  test.dts.next({ kind: 'code', code: 'RequestLimitExceeded' });
  await test.slack.as(BOB).click(card, 'approve');
  await test.slack.until(() => test.logged().includes('"event":"postponed"'), {
    what: 'the limit',
  });

  await test.restart({ POLICY_FILE: path, APPROVAL_CHANNEL: undefined, APPROVERS: undefined });
  const held = saying(en.operations.create_job.status.held(anyText, anyTime));
  test.clock.advance(60_000);
  await test.slack.until(() => held.test(test.shown(card)), { what: 'the wait for the window' });

  await test.restart({ POLICY_FILE: undefined, ...approversEnvironment });
  await test.reply(card, jobInThread());
  await test.stop();
  rmSync(folder, { recursive: true });
});
