import type { People } from '../../domain/people/people';
import { unusualDecisions } from '../../domain/policy/demands';
import type {
  AutomaticOperation,
  Conditions,
  DecidedOperation,
  Hours,
  LaunchWindow,
  Rule,
  Weekday,
} from '../../domain/policy/policy';
import { type ExplainedRule, type MissingFact, statedConditions } from '../../domain/policy/rules';
import { inUnits, type Unit } from '../../domain/text/duration';
import type { Messages } from '../en/messages';
import { bold, channel, code, group, join, person, say, type Text } from '../text';
import { form, options } from './form';
import { jobActions } from './job';
import { ruleTitle } from './ruleName';

const units: Readonly<Record<Unit, string>> = {
  day: '天',
  hour: '小时',
  minute: '分钟',
  second: '秒',
};

const automatic = ({ approve }: Rule): Readonly<Record<AutomaticOperation, string>> => ({
  check_job: '任务创建后校验',
  start_job: approve === 'before_start' ? '任务修改并校验通过后再次启动' : '校验通过后启动',
});

const actions = ({ approve }: Rule): Readonly<Record<DecidedOperation, string>> => ({
  ...jobActions,
  ...(approve === 'before_start' ? { start_job: '再次启动任务' } : {}),
  clear_data: '清空目标实例并重试',
});

const weekdayNames: Readonly<Record<Weekday, string>> = {
  mon: '周一',
  tue: '周二',
  wed: '周三',
  thu: '周四',
  fri: '周五',
  sat: '周六',
  sun: '周日',
};

function duration(ms: number): string {
  const { count, unit } = inUnits(ms);
  return `${count} ${units[unit]}`;
}

function either(texts: readonly Text[]): Text {
  const last = texts.at(-1) ?? [];
  return texts.length < 2 ? last : say`${join(texts.slice(0, -1), '、')} 或 ${last}`;
}

function someone(each: People): Text {
  switch (each.kind) {
    case 'user':
      return [person(each.userId)];
    case 'group':
      return [group(each.groupId)];
    case 'channel':
      return say`${channel(each.channelId)} 的成员`;
    case 'requester':
      return say`申请人`;
    default:
      return each satisfies never;
  }
}

/** A channel itself, not its members. */
const place = (each: People): Text =>
  each.kind === 'channel' ? [channel(each.channelId)] : someone(each);

const people = (list: readonly People[]): Text =>
  list.length === 0 ? say`无` : join(list.map(someone), '、');

const codes = (values: readonly string[] = []): Text => either(values.map((each) => [code(each)]));

type Names = Readonly<Record<string, string>>;

const named = (names: Names, value: PropertyKey): string => names[String(value)] ?? String(value);

const engineNames = (values: readonly string[] = []): Text =>
  either(values.map((each) => say`${named(options.SrcDatabaseType, each)}`));

/** Options of the form. */
const chosen = (names: Names, values: readonly PropertyKey[] = []): Text =>
  join(
    values.map((each) => say`“${named(names, each)}”`),
    '或',
  );

/** A condition that is met, or not. */
function condition(name: keyof Conditions, when: Conditions, isMet: boolean): Text {
  const is = isMet ? '是' : '不是';
  switch (name) {
    case 'engines':
      return say`源实例类型${is} ${engineNames(when.engines)}`;
    case 'accessTypes':
      return say`源实例接入类型${is}${chosen(options.SrcAccessType, when.accessTypes)}`;
    case 'sources':
      return say`源实例${is} ${codes(when.sources)}`;
    case 'sourceRegions':
      return say`源实例地域${is} ${codes(when.sourceRegions)}`;
    case 'destinations':
      return say`目标实例${is} ${codes(when.destinations)}`;
    case 'destinationRegions':
      return say`目标实例地域${is} ${codes(when.destinationRegions)}`;
    case 'migrationTypes':
      return say`迁移类型${is}${chosen(options['MigrateOption.MigrateType'], when.migrationTypes)}`;
    case 'wholeInstance':
      return when.wholeInstance === isMet ? say`迁移整个实例` : say`迁移指定库表`;
    case 'requesters':
      return say`申请人${isMet ? '属于' : '不属于'} ${people(when.requesters ?? [])}`;
    case 'channels':
      return say`申请频道${is} ${either((when.channels ?? []).map((each) => [channel(each)]))}`;
    default:
      return name satisfies never;
  }
}

function missingFact(open: MissingFact): Text {
  switch (open.code) {
    case 'group':
      return say`暂时无法从 Slack 确认申请人是否属于 ${group(open.groupId)}`;
    case 'channel':
      return say`申请没有记录频道`;
    case 'field':
      return say`“${form.labels[open.path]}”为空`;
    default:
      return open satisfies never;
  }
}

const hours = ({ from, to, timeZone }: Hours): string =>
  `${from} 至${to > from ? '' : '次日'} ${to}（${timeZone}）`;

const launchWindow = ({ days, ...rest }: LaunchWindow): string =>
  `${new Set(days).size === 7 ? '每天' : days.map((day) => weekdayNames[day]).join('、')} ${hours(rest)}`;

function reminders({ reminders: { afterMs, mention, quiet } }: Rule): Text {
  if (afterMs.length === 0) return say`无`;
  return [
    ...say`提交或最近一次修改 ${afterMs.map(duration).join('、')}后`,
    ...(mention.length === 0 ? [] : say`，提醒 ${people(mention)}`),
    ...(quiet === undefined ? [] : say`；${hours(quiet)}不提醒`),
  ];
}

/** How requests are decided, in words. */
export const policyWords: Messages['policy'] = {
  /** Which requests a rule covers. */
  covers: (when: Conditions): Text => {
    const stated = statedConditions(when);
    return stated.length === 0
      ? say`所有申请`
      : join(
          stated.map((name) => condition(name, when, true)),
          '，且',
        );
  },
  /** Whether a rule covers a request, and why not. */
  match({ when, rule, match }: ExplainedRule): Text {
    switch (match.verdict) {
      case 'yes':
        return say`${bold(ruleTitle(rule.name))} 适用于此申请。`;
      case 'no':
        return say`${bold(ruleTitle(rule.name))} 不适用：${condition(match.because, when, false)}。`;
      case 'unknown':
        return say`${bold(ruleTitle(rule.name))} 无法判断：${missingFact(match.missing)}。`;
      default:
        return match satisfies never;
    }
  },
  /** A rule in words, one setting per line. */
  rule: (rule: Rule): Text =>
    join(
      [
        [bold(ruleTitle(rule.name))],
        say`频道：${channel(rule.channel)}`,
        say`谁可以申请：${rule.requesters === undefined ? '所有人' : people(rule.requesters)}`,
        ...(rule.approve === 'before_start' ? [say`先创建并校验任务，再审批启动`] : []),
        say`审批人：${people(rule.approvers)}，需要 ${rule.required} 人通过`,
        ...rule.oneFromEach.map((list) => say`其中至少 1 人来自：${people(list)}`),
        say`谁可以驳回：${people(rule.deniers)}`,
        say`谁可以修改：${people(rule.editors)}`,
        say`谁可以重试：${people(rule.retriers)}`,
        say`有效期：${rule.expiryMs === undefined ? '长期有效' : `${duration(rule.expiryMs)}，逾期未审批自动过期`}`,
        say`提醒时间：${reminders(rule)}`,
        say`发起时间窗：${rule.windows.length === 0 ? '不限' : rule.windows.map(launchWindow).join('；')}`,
        ...(rule.automatic === undefined
          ? []
          : [say`自动执行：${rule.automatic.map((each) => automatic(rule)[each]).join('；')}`]),
        ...(rule.confirmDestination ? [say`通过时须输入目标实例 ID`] : []),
        ...(rule.breakGlass.length === 0 ? [] : [say`谁可以紧急通过：${people(rule.breakGlass)}`]),
        ...(rule.breakGlassNotify === undefined || rule.breakGlassNotify.length === 0
          ? []
          : [say`紧急通过时通知：${join(rule.breakGlassNotify.map(place), '、')}`]),
        ...unusualDecisions(rule).map(({ decision, operation }) => [
          ...say`“${actions(rule)[operation]}”操作：${people(decision.people)}，需要 ${decision.required} 人同意`,
          ...decision.oneFromEach.flatMap((list) => say`；其中至少 1 人来自：${people(list)}`),
        ]),
      ],
      '\n',
    ),
};
