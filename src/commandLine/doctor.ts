import { readConfig, secretsIn } from '../config';
import { describeProblems } from '../describeProblems';
import { hideSecrets } from '../domain/secrets/secret';
import { harmless, terminalJson } from '../domain/text/typedText';
import { locales, preferredLocale } from '../i18n/locales';
import { useProxy } from '../operations/useProxy';
import { suspiciousVariables } from '../secrets/environmentSecrets';
import { version } from '../version';
import { type CommandLine, exitCodes } from './commandLine';
import { examine } from './examine';
import type { Finding } from './examine/finding';

/** Checks everything that Ferry needs. Resolves to an exit code. */
export async function doctor(
  { env, envFile, now, stdout }: CommandLine,
  { json, views }: { json: boolean; views: boolean },
): Promise<number> {
  const report = (findings: readonly Finding[]): number => {
    const ok = findings.every(({ verdict }) => verdict !== 'wrong');
    const lines = findings.map(({ verdict, says }) => `${marks[verdict]} ${says}`);
    const text = json
      ? terminalJson(JSON.stringify({ version, ok, findings }))
      : harmless(lines.join('\n'), 'paragraphs');
    stdout.write(`${text}\n`);
    return ok ? exitCodes.fine : exitCodes.failed;
  };
  const read = readConfig(env);
  if (!read.ok) {
    const says = describeProblems(read.problem, preferredLocale(env));
    return report([{ check: 'settings', verdict: 'wrong', says }]);
  }
  useProxy(read.value.proxy);
  const secrets = secretsIn(read.value);
  const findings = await examine(read.value, suspiciousVariables(env, envFile), now, views);
  const { hidden } = locales[read.value.locale].doctor;
  return report(
    findings.map((each) => {
      const says = hideSecrets(secrets, each.says);
      const isHidden = !each.says.startsWith(says);
      return { ...each, says: isHidden ? hidden(each.check, each.verdict) : says };
    }),
  );
}

const marks = { fine: '✓', doubtful: '!', wrong: '✗' } as const;
