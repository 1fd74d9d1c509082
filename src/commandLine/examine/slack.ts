import { describePeople } from '../../describeProblems';
import { auditChannelsOf, channelsOf } from '../../domain/policy/policy';
import type { Secret } from '../../domain/secrets/secret';
import { locales, type Messages } from '../../i18n/locales';
import type { Log } from '../../ports/log';
import { checkAppToken } from '../../slack/checkAppToken';
import { checkChannel } from '../../slack/checkChannel';
import { checkPeople, namedPeople } from '../../slack/checkPeople';
import { checkView } from '../../slack/checkViews';
import { interactiveClient } from '../../slack/clients';
import { exampleViews } from '../../slack/exampleViews';
import { botScopes } from '../../slack/scopes';
import { signIn } from '../../slack/signIn';
import { version } from '../../version';
import type { Examined } from './examined';
import { doubtful, type Finding, fine, wrong } from './finding';

export async function examineSlack(examined: Examined, withViews: boolean): Promise<Finding[]> {
  const { locale, policy, slack } = examined.config;
  const words = examined.messages.doctor;
  /** Collects checks that Slack didn't answer, which the bot would log. */
  const unanswered = new Set<string>();
  const note = (line: string, fields?: Readonly<Record<string, unknown>>) =>
    void unanswered.add(String(fields?.['says'] ?? line));
  const log: Log = { info: () => {}, warn: note, error: note };
  const connect = (token: Secret) => interactiveClient(token.reveal(), slack.apiUrl, log);
  const client = connect(slack.botToken);

  const appToken = await examineConnection(examined, connect);
  const signedIn = await signIn(client);
  if (signedIn.kind === 'unreachable')
    return [
      wrong('bot_token', words.slackUnreachable(new URL(slack.apiUrl).origin, signedIn.detail)),
    ];
  if (signedIn.kind === 'refused')
    return [wrong('bot_token', words.tokenRefused(signedIn.error)), appToken];

  const { scopes, teamId } = signedIn.identity;
  const channels: Finding[] = [];
  const posted = channelsOf(policy);
  for (const channel of new Set([...posted, ...auditChannelsOf(policy)])) {
    const doubts = unanswered.size;
    const problem = await checkChannel(client, channel, log);
    if (problem !== undefined) {
      const says = words.channelProblems[problem](channel);
      channels.push(
        posted.includes(channel)
          ? wrong('channel', says)
          : doubtful('channel', words.unreported(says)),
      );
    } else if (unanswered.size === doubts) channels.push(fine('channel', words.channel(channel)));
  }
  const problems = await checkPeople({ client, log, teamId }, namedPeople(policy));
  const people = problems.map((problem) => {
    const judge = problem.kind === 'too_few' ? doubtful : wrong;
    return judge('people', describePeople(problem, locale));
  });
  const doubts = [...unanswered].map((what) => wrong('people', words.unchecked(what)));
  return [
    fine('bot_token', words.token),
    examineScopes(scopes, examined.messages),
    appToken,
    ...channels,
    ...(people.length === 0 && doubts.length === 0 ? [fine('people', words.people)] : people),
    ...doubts,
    ...(withViews ? await examineViews(examined, client) : []),
  ];
}

function examineScopes(
  scopes: readonly string[] | undefined,
  { doctor: words }: Messages,
): Finding {
  if (scopes === undefined) return wrong('scopes', words.scopesUnknown);
  const missing = botScopes.filter((scope) => !scopes.includes(scope));
  return missing.length === 0
    ? fine('scopes', words.scopes)
    : wrong('scopes', words.scopesMissing(missing));
}

/** Sends one example after the other, because Slack limits this method. */
async function examineViews(
  { config, messages }: Examined,
  client: ReturnType<typeof interactiveClient>,
): Promise<Finding[]> {
  const words = messages.doctor.views;
  const findings: Finding[] = [];
  let accepted = 0;
  for (const [language, itsMessages] of Object.entries(locales)) {
    for (const example of exampleViews(itsMessages, config.policy.otherwise, version)) {
      const verdict = await checkView(client, example.content);
      const kind = `${example.kind}, ${language}`;
      if (verdict.kind === 'accepted') accepted += 1;
      else if (verdict.kind === 'rejected')
        findings.push(wrong('views', words.rejected(kind, verdict.detail)));
      // The next ones would fail in the same way.
      else return [...findings, doubtful('views', words.unchecked(kind, verdict.detail))];
    }
  }
  return findings.length === 0 ? [fine('views', words.accepted(accepted))] : findings;
}

async function examineConnection(
  { config, messages }: Examined,
  connect: (token: Secret) => ReturnType<typeof interactiveClient>,
): Promise<Finding> {
  const words = messages.doctor;
  const { connection } = config.slack;
  if (connection.mode === 'http') return fine('app_token', words.http);
  const refused = await checkAppToken(connect(connection.appToken));
  return refused === undefined
    ? fine('app_token', words.appToken)
    : wrong('app_token', words.appTokenRefused(refused));
}
