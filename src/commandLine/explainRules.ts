import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Config } from '../config';
import { parseForm } from '../domain/form/form';
import { type FormValues, fieldPaths, withPresets } from '../domain/migration/fields';
import { allRules } from '../domain/policy/policy';
import { explainRules, type Subject } from '../domain/policy/rules';
import { nearest } from '../domain/text/nearest';
import { locales, type Messages } from '../i18n/locales';
import { plain } from '../i18n/text';
import { silentLog } from '../operations/log';
import { systemClock } from '../operations/systemClock';
import { interactiveClient } from '../slack/clients';
import { createDirectory } from '../slack/directory';
import { signIn } from '../slack/signIn';
import { createChain } from '../store/chain';
import { readDatabase } from '../store/readDatabase';
import { findRequest } from '../store/requests/find';
import { withGroups } from '../workflow/resolveRule';
import { describeReading } from './describeDatabase';

/** The request to explain: a stored one, or one that a form would make. */
export type Question =
  | { kind: 'request'; id: string }
  | { kind: 'form'; file: string; requester: string; channel: string | undefined };

/** Explains the rules up to the one that applies, or why that is unknown. */
export async function explainRulesFor(
  config: Config,
  question: Question,
): Promise<{ ok: boolean; lines: readonly string[] }> {
  const messages = locales[config.locale];
  const { explained: words } = messages.doctor;
  const asked =
    question.kind === 'request'
      ? await storedSubject(config, question.id)
      : subjectOfForm(config, question);
  if (!asked.ok) return asked;
  const explained = explainRules(config.policy, await complete(config, asked.subject));
  const unread = allRules(config.policy).length - explained.length;
  const last = explained.at(-1);
  return {
    ok: true,
    lines: [
      words.first,
      ...explained.map((each, index) => `${index + 1}. ${plain(messages.policy.match(each))}`),
      ...(unread === 0 ? [] : [words.unread(unread)]),
      ...(last?.match.verdict === 'yes' ? ['', plain(messages.policy.rule(last.rule))] : []),
    ],
  };
}

type Asked =
  | { ok: true; subject: Omit<Subject, 'groups'> }
  | { ok: false; lines: readonly string[] };

async function storedSubject({ auditKeys, database, locale }: Config, id: string): Promise<Asked> {
  const messages = locales[locale];
  const reading = await readDatabase(database, (db) =>
    findRequest(db, Number(id), createChain(auditKeys)),
  );
  if (!reading.ok) {
    return { ok: false, lines: [describeReading(database, reading.problem, messages)] };
  }
  const request = reading.result;
  if (request === undefined) return { ok: false, lines: [messages.doctor.explained.noRequest(id)] };
  const { parameters, requester, askedIn } = request;
  return { ok: true, subject: { parameters, requester: requester.userId, askedIn } };
}

/** The values of fields as in a preset: text or numbers. */
const formFile = z.record(z.string(), z.unknown());

/** Fields that no rule checks are optional, and no password is needed. */
const unasked: FormValues = {
  JobName: '-',
  Reason: '-',
  'SrcInfo.Password': '-',
  'SrcInfo.AccessKey': '-',
  'DstInfo.Password': '-',
};
const offer = { typed: true, stored: false };

function subjectOfForm(
  { locale }: Config,
  { channel, file, requester }: Extract<Question, { kind: 'form' }>,
): Asked {
  const { doctor, fieldProblem, form } = locales[locale];
  const content = readForm(file);
  if (content === undefined) return { ok: false, lines: [doctor.explained.formUnreadable(file)] };
  const unknown = problemsOfEntries(content, doctor.explained);
  if (unknown.length > 0) return { ok: false, lines: unknown };
  const values: FormValues = Object.fromEntries(
    fieldPaths.flatMap((path) => (path in content ? [[path, String(content[path])]] : [])),
  );
  const parsed = parseForm(withPresets({ ...unasked, ...values }, offer), offer);
  if (parsed.ok) {
    const { parameters } = parsed.draft;
    return { ok: true, subject: { parameters, requester, askedIn: channel } };
  }
  const { problems } = parsed;
  const lines = fieldPaths.flatMap((path) => {
    const problem = problems[path];
    return problem === undefined
      ? []
      : [doctor.explained.formWrong(`${form.labels[path]} (${path})`, fieldProblem(problem))];
  });
  return { ok: false, lines };
}

/** Reports names that aren't fields, and values that are neither text nor numbers. */
function problemsOfEntries(
  content: Readonly<Record<string, unknown>>,
  { formWrong, notAField, notAValue }: Messages['doctor']['explained'],
): string[] {
  return Object.entries(content).flatMap(([name, value]) => {
    if (!fieldPaths.some((path) => path === name)) {
      return [formWrong(name, notAField(nearest(name, fieldPaths)))];
    }
    return typeof value === 'string' || typeof value === 'number'
      ? []
      : [formWrong(name, notAValue)];
  });
}

function readForm(file: string): Record<string, unknown> | undefined {
  try {
    return formFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** If Slack doesn't answer, conditions that depend on it are unknown, as they are for the bot. */
async function complete(
  { policy, slack }: Config,
  subject: Omit<Subject, 'groups'>,
): Promise<Subject> {
  const client = interactiveClient(slack.botToken.reveal(), slack.apiUrl, silentLog);
  const signedIn = await signIn(client);
  if (signedIn.kind !== 'signed_in') return { ...subject, groups: new Map() };
  const { teamId } = signedIn.identity;
  const directory = createDirectory({
    client,
    clock: systemClock,
    patience: systemClock,
    log: silentLog,
    teamId,
  });
  return withGroups(directory, policy, subject);
}
