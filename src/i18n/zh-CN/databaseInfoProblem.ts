import type { DatabaseInfoProblem, Expected } from '../../domain/databases/databaseInfoProblem';
import type { DatabaseLevel } from '../../domain/databases/databaseNaming';
import { spaced } from './spaced';
import { textProblem } from './textProblem';

const expected: Readonly<Record<Expected, string>> = {
  '{': '“{”',
  ':': '“:”',
  ', }': '“,”或“}”',
  ', ]': '“,”或“]”',
  key: 'Database、Schema 或 Table',
  name: '名称',
  end: '结尾',
};

const levels: Readonly<Record<DatabaseLevel, string>> = {
  database: '库',
  schema: 'Schema',
  table: '表',
};

/** What is wrong with a list of databases, on which line, and what to write instead. */
export function databaseInfoProblem(problem: DatabaseInfoProblem): string {
  return problem.code === 'nothing_named'
    ? '没有填写库表。请每行填写一个，例如 db、db.table 或 db.schema.table。'
    : `第 ${problem.line} 行：${inLine(problem)}`;
}

function inLine(problem: DatabaseInfoProblem): string {
  switch (problem.code) {
    case 'nothing_named':
      return '没有填写库表。';
    case 'too_many_names':
      return `一份清单最多 ${problem.most} 个名称。请改为填写整个库，或拆分为多个申请。`;
    case 'too_many_lines':
      return `一份清单最多 ${problem.most} 行。请删除不含名称的行，或拆分为多个申请。`;
    case 'everything':
      return '* 表示所有库，请将迁移对象改为“整个实例”。';
    case 'unclosed_quote':
      return `本行的引号 ${problem.quote} 没有闭合。`;
    case 'odd_character':
      return `未加引号的名称不能含有“${problem.character}”。如果用来分隔名称，请改为每行填写一个；库与表之间请用点号；如果是名称的一部分，请给名称加英文引号（" 或 \`）。`;
    case 'after_name':
      return spaced`名称 ${problem.name} 后有多余内容“${problem.found}”。如果是两个名称，请每行填写一个；如果名称含空格，请加英文引号（" 或 \`）。`;
    case 'columns_unnamed':
      return `本行有多列（${problem.cells.map((cell) => `“${cell}”`).join('、')}），但没有表头说明各列的含义。库与表之间请用点号（例如 shop.orders），不同的名称请分行填写。`;
    case 'uneven_names':
      return `${problem.names.map((name) => `“${name}”`).join('与')}的层级不同。请每行填写一个，并写明所属的库（例如 shop.orders）。`;
    case 'row_unlike_header':
      return `列数与第 ${problem.header} 行的表头不一致。请每行填写一个名称，不要分列。`;
    case 'database_not_shown':
      return spaced`按第 ${String(problem.header)} 行的表头，${problem.name} 属于某个库，但没有写明是哪个库。请填写完整名称，例如 YOURDB.${problem.name}。`;
    case 'dash_before_name':
      return `“${problem.name}”以连字符开头。如果是列表符号，请删除；如果是名称的一部分，请给名称加英文引号（"）。`;
    case 'system_name':
      return `${levels[problem.level]}“${problem.name}”是系统自带的，无法迁移，请从清单中删除。`;
    case 'empty_name':
      return '缺少名称。';
    case 'star_misplaced':
      return '* 只能单独放在最后（如 db.*），不能表示名称的一部分。';
    case 'not_a_number':
      return `“${problem.name}”不是数据库编号（应为 0、1 等）。`;
    case 'too_long':
      return `“${problem.name}”过长，名称最多 ${problem.max} 个${problem.unit === 'bytes' ? '字节' : '字符'}。`;
    case 'too_many_parts':
      return problem.most === 1
        ? '只能选择库，不能选择库中的内容。'
        : `层级过多，最多 ${problem.most} 级。名称含点号时请加英文引号（"）。`;
    case 'schema_missing':
      return spaced`${problem.database}中的表须写明 Schema，例如 db.schema.table。`;
    case 'whole_and_part':
      return spaced`既填写了整个${problem.name}，又填写了其中一部分（见第 ${String(problem.other)} 行），请只保留一个。`;
    case 'unexpected':
      return spaced`${problem.found === '' ? '内容到此结束' : `此处为“${problem.found}”`}，应为${expected[problem.expected]}。`;
    case 'bad_escape':
      return `${problem.found} 不是有效的 JSON 转义字符。`;
    case 'unknown_key':
      return `“${problem.key}”不是 Database、Schema 或 Table。`;
    case 'key_twice':
      return `同一项中 ${problem.key} 出现了两次。`;
    case 'key_not_offered':
      return `此数据库类型没有 ${problem.key}。`;
    case 'database_missing':
      return '缺少 Database。';
    case 'wrong_type':
      return problem.expected === 'name'
        ? `${problem.key} 应为名称。`
        : `${problem.key} 应为名称列表，例如 [a, b]。`;
    case 'empty_list':
      return `${problem.key} 为空。如需迁移全部，请删除此项。`;
    default:
      return `名称${textProblem(problem)}。`;
  }
}
