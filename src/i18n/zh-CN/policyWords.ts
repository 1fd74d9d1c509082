import type { People } from '../../domain/people/people';
import type { Conditions, Hours, LaunchWindow, Rule, Weekday } from '../../domain/policy/policy';
import { type Doubt, type Explained, statedConditions } from '../../domain/policy/rules';
import { inUnits, type Unit } from '../../domain/text/duration';
import type { Messages } from '../en/messages';
import { bold, channel, code, group, join, person, say, type Text } from '../text';
import { form, options } from './form';

const units: Readonly<Record<Unit, string>> = {
  day: '天',
  hour: '小时',
  minute: '分钟',
  second: '秒',
};

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

/** A condition, or that it is not met. */
function condition(name: keyof Conditions, when: Conditions, isMet: boolean): Text {
  const is = isMet ? '为' : '不为';
  const isIn = isMet ? '在' : '不在';
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
      return when.wholeInstance === isMet ? say`迁移整个实例` : say`仅迁移指定的库表`;
    case 'requesters':
      return say`申请人${isIn} ${people(when.requesters ?? [])} 之中`;
    case 'channels':
      return say`申请${isMet ? '' : '不'}是在 ${either((when.channels ?? []).map((each) => [channel(each)]))} 中发起的`;
    default:
      return name satisfies never;
  }
}

function doubt(open: Doubt): Text {
  switch (open.code) {
    case 'group':
      return say`Ferry 暂时无法从 Slack 获知申请人是否属于 ${group(open.groupId)}`;
    case 'channel':
      return say`不知道申请来自哪个频道`;
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
    ...say`${afterMs.map(duration).join('、')}后`,
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
  match({ when, rule, match }: Explained): Text {
    switch (match.verdict) {
      case 'yes':
        return say`${bold(rule.name)} 适用于此申请。`;
      case 'no':
        return say`${bold(rule.name)} 不适用：${condition(match.because, when, false)}。`;
      case 'unknown':
        return say`${bold(rule.name)} 不确定：${doubt(match.doubt)}。`;
      default:
        return match satisfies never;
    }
  },
  /** What a rule says, a line each. */
  rule: (rule: Rule): Text =>
    join(
      [
        [bold(rule.name)],
        say`频道：${channel(rule.channel)}`,
        say`可以申请：${rule.requesters === undefined ? '所有人' : people(rule.requesters)}`,
        say`审批人：${people(rule.approvers)}，需 ${rule.required} 人批准`,
        ...rule.oneFromEach.map((list) => say`其中须有一人来自：${people(list)}`),
        say`可以拒绝：${people(rule.deniers)}`,
        say`可以修改：${people(rule.editors)}`,
        say`可以重试：${people(rule.retriers)}`,
        say`过期：${rule.expiryMs === undefined ? '永不' : `${duration(rule.expiryMs)}后`}`,
        say`提醒：${reminders(rule)}`,
        say`创建任务：${rule.windows.length === 0 ? '随时' : rule.windows.map(launchWindow).join('；')}`,
        ...(rule.confirmDestination ? [say`审批人须输入目标实例 ID`] : []),
        ...(rule.breakGlass.length === 0
          ? []
          : [say`紧急情况下可单独批准：${people(rule.breakGlass)}`]),
      ],
      '\n',
    ),
};
