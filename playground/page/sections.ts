import { pagePeople } from '../cast';
import {
  BOT_USER,
  type Delivery,
  type Call as SlackCallRecord,
  type View as SlackView,
} from '../slack/index';
import { type Call as CloudCallRecord, checkIdsOf, type DtsEndpoint } from '../tencentcloud/index';
import type { Armed } from './armed';
import { withoutSecrets, withoutTypedSecrets } from './hideSecrets';
import type { Scene } from './scene';
import {
  type CloudCall,
  consoleActions,
  type Job,
  type Message,
  type Sections,
  type SlackCall,
  type View,
} from './wire';

const MOST_CALLS = 80;

/** Everything that one person's page shows. */
export function sectionsOf(scene: Scene, armed: Armed, userId: string): Sections {
  return {
    workspace: workspace(scene, userId),
    messages: messages(scene, userId),
    views: views(scene, userId),
    machine: machine(scene, armed),
    cloud: cloud(scene, userId),
    slackSide: slackSide(scene),
  };
}

function workspace({ slack, manifest, locale }: Scene, userId: string): Sections['workspace'] {
  const { name } = manifest.display_information;
  return {
    team: 'Playground',
    channelLocale: locale,
    app: { id: BOT_USER, name },
    people: slack.users
      .filter(({ id }) => pagePeople.has(id) || id === BOT_USER)
      .map(({ id, realName, locale, tz }) => ({ id, name: realName, locale, tz })),
    channels: slack
      .as(userId)
      .channels()
      .map(({ id, name: title, kind, members }) => {
        return { id, name: title, kind, isMember: members.has(userId) };
      }),
    groups: slack.groups.map(({ id, handle }) => ({ id, handle })),
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint }) => {
      return { command, description, usage: usage_hint };
    }),
    shortcuts: manifest.features.shortcuts
      .filter(({ type }) => type === 'global')
      .map((each) => {
        return { name: each.name, callbackId: each.callback_id, description: each.description };
      }),
  };
}

function messages({ slack }: Scene, userId: string): readonly Message[] {
  return slack
    .as(userId)
    .channels()
    .flatMap(({ id }) => slack.messages(id))
    .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === userId)
    .map((message) => {
      const { broadcast, channel, ts, user, text, blocks, threadTs, onlyFor, edited } = message;
      return {
        channel,
        ts,
        user,
        text,
        blocks,
        ...(threadTs === undefined ? {} : { threadTs }),
        isBroadcast: broadcast === true,
        isForOne: onlyFor !== undefined,
        isEdited: edited !== undefined,
      };
    });
}

function views({ slack }: Scene, userId: string): Sections['views'] {
  const person = slack.as(userId);
  const home = person.home();
  return {
    modals: person.modals().map(viewOf),
    ...(home === undefined ? {} : { home: viewOf(home) }),
  };
}

function viewOf({ id, hash, content, blocks, values }: SlackView): View {
  return { id, hash, content, blocks, values: withoutTypedSecrets(values) };
}

function machine(scene: Scene, armed: Armed): Sections['machine'] {
  const { slack, bot, offsetMs, life } = scene;
  const { connections } = slack.socket;
  const up = connections > 0 ? 'running' : 'starting';
  return {
    bot: bot.isRunning ? up : 'stopped',
    connections,
    offsetMs,
    mistakes: slack.mistakes,
    armed: armed.labels,
    log: bot.log,
    policy: scene.policy,
    life,
  };
}

function cloud({ dts, slack }: Scene, userId: string): Sections['cloud'] {
  const { locale } = slack.users.find(({ id }) => id === userId) ?? { locale: 'en' };
  const language = locale.startsWith('zh') ? 'zh-CN' : 'en-US';
  return {
    jobs: dts.controls.views(language).map(jobOf).reverse(),
    calls: dts.calls.slice(-MOST_CALLS).map(cloudCall).reverse(),
    forbidden: dts.controls.forbidden,
  };
}

function jobOf(view: ReturnType<DtsEndpoint['controls']['views']>[number]): Job {
  const { allowed, checks, lag, request, steps } = view;
  const possible: readonly string[] = [...allowed['2018-03-30'], ...allowed['2021-12-06']];
  const { error } = view;
  return {
    id: view.jobId,
    name: request.JobName,
    region: view.region,
    created: view.createTime,
    status: view.status,
    statusNumber: view.statusNumber,
    steps: steps.map(({ name, state, percent }) => ({ name, state, percent })),
    ...(lag === undefined ? {} : { lag: { seconds: lag.seconds, megabytes: lag.megabytes } }),
    isLagSet: view.isLagSet,
    checks: checks
      .filter(({ finding }) => finding !== undefined)
      .map(({ id, name, state, isSkipped }) => ({
        id,
        name,
        isSkipped,
        isFailed: state === 'failed',
      })),
    checkItems: checkIdsOf(request.SrcDatabaseType),
    allowed,
    inConsole: consoleActions.filter(
      (action) =>
        possible.includes(action) || (action === 'delete' && possible.includes('isolate')),
    ),
    knownTo: view.knownTo,
    isBilled: view.isBilled,
    isIsolated: view.isIsolated,
    ...(error === undefined ? {} : { error: `${error.code}: ${error.log}` }),
    request: withoutSecrets(request),
  };
}

function cloudCall(call: CloudCallRecord): CloudCall {
  const { index, at, action = '?', region = '', exchange, jobId, verdict } = call;
  return {
    index,
    at,
    action,
    region,
    verdict: verdictText(call),
    isSigned: isSigned(verdict),
    exchange,
    ...(jobId === undefined ? {} : { jobId }),
    body: withoutSecrets(call.body ?? null),
  };
}

/** `undefined` if a fault came before the signature was checked. */
function isSigned(verdict: CloudCallRecord['verdict']): boolean | undefined {
  if (verdict.kind === 'accepted') return true;
  return verdict.kind === 'refused' ? !verdict.code.startsWith('AuthFailure') : undefined;
}

function verdictText({ verdict, fault }: CloudCallRecord): string {
  switch (verdict.kind) {
    case 'refused':
      return verdict.code;
    case 'faulted':
      return verdict.fault.kind === 'code' ? verdict.fault.code : verdict.fault.kind;
    case 'pending':
      return fault?.kind ?? 'pending';
    default:
      return verdict.kind;
  }
}

function slackSide({ slack }: Scene): Sections['slackSide'] {
  const calls = slack.calls.map(callToSlack);
  const deliveries = slack.deliveries.map(deliveryToApp);
  return [...calls, ...deliveries].sort((one, other) => other.at - one.at).slice(0, MOST_CALLS);
}

function callToSlack({ method, at, answer }: SlackCallRecord, index: number): SlackCall {
  const result =
    answer.kind === 'error' ? answer.error : answer.kind === 'fault' ? answer.fault : answer.kind;
  const isWell = answer.kind === 'ok' || answer.kind === 'pending';
  return { index, at, name: method, direction: 'toSlack', result, isWell };
}

function deliveryToApp({ kind, at, attempt, copy, outcome }: Delivery, index: number): SlackCall {
  const again = attempt + copy > 0 ? ' (again)' : '';
  return {
    index,
    at,
    name: `${kind}${again}`,
    direction: 'toApp',
    result: outcome.kind === 'failed' ? outcome.error : outcome.kind,
    isWell: outcome.kind !== 'failed',
  };
}
