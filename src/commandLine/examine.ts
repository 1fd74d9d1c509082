import { type Config, secretsIn } from '../config';
import { describeWarning } from '../describeProblems';
import { locales } from '../i18n/locales';
import { silentLog } from '../operations/log';
import { systemClock } from '../operations/systemClock';
import type { SuspiciousVariable } from '../secrets/environmentSecrets';
import { accountOf } from '../tencentcloud/accountOf';
import { examineClock } from './examine/clock';
import { examineCloud } from './examine/cloud';
import { examineDatabase } from './examine/database';
import type { Examined } from './examine/examined';
import { doubtful, type Finding, fine } from './examine/finding';
import { examinePort } from './examine/port';
import { examineSecrets } from './examine/secrets';
import { examineSlack } from './examine/slack';

/**
 * Checks everything around Ferry that it needs, once the settings are valid. Changes nothing.
 * @param withViews sends an example of each view to Slack's validation, too
 */
export async function examine(
  config: Config,
  suspicious: readonly SuspiciousVariable[],
  now: () => number,
  withViews: boolean,
): Promise<Finding[]> {
  const messages = locales[config.locale];
  const words = messages.doctor;
  const surroundings = { clock: systemClock, log: silentLog, random: Math.random };
  const examined: Examined = {
    config,
    messages,
    account: accountOf(config, secretsIn(config), surroundings),
    region: config.tencentCloud.region,
  };
  const found = await Promise.all([
    examineSlack(examined, withViews),
    examineClock(examined, now),
    examineDatabase(examined),
    examinePort(examined),
    examineCloud(examined),
    examineSecrets(examined),
  ]);
  return [
    fine('settings', words.settings),
    fine('policy', words.policy(config.policyFile, config.policy.rules.length)),
    ...config.warnings.map((warning) =>
      doubtful('policy', describeWarning(config.policyFile ?? '', warning, config.locale)),
    ),
    ...suspicious.map(({ variable, problem }) =>
      doubtful('variable', words.variable[problem](variable)),
    ),
    ...found.flat(),
  ];
}
