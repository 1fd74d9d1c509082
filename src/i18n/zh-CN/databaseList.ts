import type { DatabaseLevel } from '../../domain/databases/databaseNaming';
import type { ListDoubt, NamedLevels } from '../../domain/databases/listDoubts';
import type { Noise, NoiseKind } from '../../domain/databases/listNoise';
import { shownName } from '../../domain/text/typedText';
import type { Messages } from '../en/messages';

const levels: Readonly<Record<DatabaseLevel, string>> = {
  database: '库',
  schema: 'Schema',
  table: '表',
};

/** How many lines a message lists before it only counts them. */
const mostLines = 3;

const quoted = (name: string): string => `“${shownName(name)}”`;

function described({ database, schema, table }: NamedLevels): string {
  const named = [
    `${levels.database}${quoted(database)}`,
    ...(schema === undefined ? [] : [`${levels.schema}${quoted(schema)}`]),
    ...(table === undefined ? [] : [`${levels.table}${quoted(table)}`]),
  ].join('、');
  return table === undefined ? `${named}，包含其中所有表` : named;
}

const others = (more: number): string => (more === 0 ? '' : `另有 ${more} 行情况相同。`);

const path = ({ database, schema, table }: NamedLevels): string =>
  [database, schema, table]
    .filter((each) => each !== undefined)
    .map((each) => shownName(each))
    .join('.');

function doubt(found: ListDoubt): string {
  return `${doubtAlone(found)}${others(found.more)}`;
}

function doubtAlone(found: ListDoubt): string {
  const { line } = found;
  if (found.code === 'skipped_line') {
    return `第 ${line} 行（${quoted(found.text)}）形似命令，Ferry 会忽略。如果是要迁移的库或表，请只保留名称。`;
  }
  const { read } = found;
  const would = `第 ${line} 行将读作${described(read)}。`;
  switch (found.code) {
    case 'schema_as_database':
      return read.table === undefined
        ? `${would}您要填写的是不是 YOURDB.${path(read)}？`
        : `${would}${quoted(read.database)}通常是 Schema，是不是缺少库名？`;
    case 'schema_or_table':
      return `${would}如果${quoted(read.schema ?? '')}是表，请在前面写明库和 Schema，例如 YOURDB.${path(read)}。`;
    case 'differs_in_case':
      return `第 ${line} 行的${quoted(found.name)}与第 ${found.other} 行的${quoted(found.otherName)}仅大小写不同，将视为两个名称。`;
    case 'number':
      return `${would}${quoted(found.name)}是数字，如果是列表序号，请删除。`;
    case 'system_name_perhaps':
      return `${would}${levels[found.level]}${quoted(found.name)}通常是系统自带的，其中是否有您的数据？`;
    case 'header_perhaps':
      return `${would}${quoted(found.name)}可能是表头，如果是，请删除该行。`;
    case 'table_perhaps':
      return `${would}但上文已切换到库${quoted(found.within)}，如果${quoted(read.database)}是其中的表，请改为 ${shownName(found.within)}.${shownName(read.database)}。`;
    case 'output_perhaps':
      return `${would}${quoted(found.word)}可能是上方客户端输出的一部分，如果是，请删除该行。`;
    case 'columns_perhaps':
      return `第 ${found.other} 行和第 ${line} 行都有${quoted(found.name)}，行中每个名称都将读作一个库，包含其中所有表。如果各列分别为库名与表名，请用点号连接，例如 ${found.path.map((each) => shownName(each)).join('.')}。`;
    case 'not_a_table':
      return `${would}但粘贴的内容中，其类型为${quoted(found.type)}，不是表。`;
    default:
      return found satisfies never;
  }
}

function doubtOnCard(found: ListDoubt): string | undefined {
  const more = found.more === 0 ? '' : `（另有 ${found.more} 个）`;
  switch (found.code) {
    case 'schema_as_database':
      return `库${quoted(found.read.database)}与默认 Schema 同名，可能缺少库名。`;
    case 'differs_in_case':
      return `${quoted(found.otherName)}与${quoted(found.name)}仅大小写不同${more}。`;
    case 'system_name_perhaps':
      return `${levels[found.level]}${quoted(found.name)}通常是系统自带的${more}。`;
    default:
      return undefined;
  }
}

const noises: Readonly<Record<Exclude<NoiseKind, 'split'>, string>> = {
  command: '命令',
  comment: '注释',
  fence: '代码块标记',
  footer: '结尾统计',
  frame: '表格线',
  header: '表头',
  invisible: '不可见字符',
  marker: '列表序号或符号',
  notice: '客户端提示',
  numbers: '名称后的数值',
  separator: '行首或行尾的分隔符',
  title: '标题',
};

function where(lines: readonly number[]): string {
  const shown = lines.slice(0, mostLines).join('、');
  return lines.length > mostLines ? `第 ${shown} 等 ${lines.length} 行` : `第 ${shown} 行`;
}

function skipped({ found, kind, lines }: Noise): string[] {
  if (kind === 'split') return [];
  const shown = found.slice(0, mostLines).map((each) => shownName(each));
  const which = shown.length === 0 ? '' : `：${shown.join('、')}`;
  return [`${noises[kind]}（${where(lines)}${which}）`];
}

function reading(databases: number, tables: number, noise: readonly Noise[]): string {
  const counts = `${databases} 个库${tables === 0 ? '' : `、${tables} 张表`}`;
  const left = noise.flatMap(skipped);
  const split = noise.find(({ kind }) => kind === 'split');
  return [
    left.length === 0 ? `已读取 ${counts}。` : `已读取 ${counts}，已忽略${left.join('、')}。`,
    ...(split === undefined ? [] : [`同一行中的多个名称已逐个读取（${where(split.lines)}）。`]),
  ].join('');
}

export const list: Messages['list'] = { doubt, doubtOnCard, reading };
