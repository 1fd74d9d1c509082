import type { DatabaseInfoProblem, Expected } from '../../domain/databases/databaseInfoProblem';
import type { DatabaseLevel } from '../../domain/databases/databaseNaming';
import { textProblem } from './textProblem';

const expected: Readonly<Record<Expected, string>> = {
  '{': ' {',
  ':': ' :',
  ', }': ' , 或 }',
  ', ]': ' , 或 ]',
  key: ' Database、Schema 或 Table',
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
    ? '没有填写任何数据库。请每行填写一个：db、db.table 或 db.schema.table。'
    : `第 ${problem.line} 行：${inLine(problem)}`;
}

function inLine(problem: DatabaseInfoProblem): string {
  switch (problem.code) {
    case 'nothing_named':
      return '没有填写任何数据库。';
    case 'everything':
      return '* 表示所有数据库，请改选迁移整个实例。';
    case 'unclosed_quote':
      return `引号 ${problem.quote} 在本行没有闭合。`;
    case 'odd_character':
      return `未加引号的名称不能含有“${problem.character}”。如果它分隔两个名称，请每行填写一个；库与其中的内容之间请用点号；如果它是某个名称的一部分，请只为该名称加英文半角引号（" 或 \`）。`;
    case 'after_name':
      return `名称 ${problem.name} 之后还有“${problem.found}”。如果是两个名称，请每行填写一个；如果是一个含空格的名称，请加引号（" 或 \`）。`;
    case 'columns_unnamed':
      return `本行有${problem.cells.map((cell) => `“${cell}”`).join('、')}几列，但没有表头说明各列的含义。库与表之间请用点号（shop.orders），不同的名称请分行填写。`;
    case 'uneven_names':
      return `${problem.names.map((name) => `“${name}”`).join('与')}的层级数不同。请每行填写一个，并写明所属的库（shop.orders）。`;
    case 'row_unlike_header':
      return `列数与第 ${problem.header} 行的表头不一致。请每行只填写一个名称，不要分列。`;
    case 'database_not_shown':
      return `根据第 ${problem.header} 行，${problem.name} 位于某个库中，但没有写明是哪个库。请填写完整名称，例如 YOURDB.${problem.name}。`;
    case 'dash_before_name':
      return `“${problem.name}”以连字符开头。如果是列表符号，请删除；如果是名称的一部分，请为名称加引号（"）。`;
    case 'system_name':
      return `${levels[problem.level]} ${problem.name} 属于数据库系统自身，无法迁移，请从列表中删除。`;
    case 'empty_name':
      return '缺少名称。';
    case 'star_misplaced':
      return '* 只能单独放在最后（如 db.*），不能表示名称的一部分。';
    case 'not_a_number':
      return `“${problem.name}”不是数据库编号，例如 0。`;
    case 'too_long':
      return `“${problem.name}”过长，名称最多 ${problem.max} 个${problem.unit === 'bytes' ? '字节' : '字符'}。`;
    case 'too_many_parts':
      return problem.most === 1
        ? '只能选择数据库，不能选择其中的内容。'
        : `层级过多，最多 ${problem.most} 级。名称本身含有点号时须加引号（"）。`;
    case 'schema_missing':
      return `${problem.database} 的表须注明 Schema。`;
    case 'whole_and_part':
      return `既填写了整个 ${problem.name}，又填写了其中一部分（见第 ${problem.other} 行），请保留其中之一。`;
    case 'unexpected':
      return `${problem.found === '' ? '内容到此结束' : `此处为“${problem.found}”`}，应为${expected[problem.expected]}。`;
    case 'bad_escape':
      return `${problem.found} 不是有效的 JSON 转义。`;
    case 'unknown_key':
      return `“${problem.key}”不是 Database、Schema 或 Table。`;
    case 'key_twice':
      return `同一项中 ${problem.key} 出现了两次。`;
    case 'key_not_offered':
      return `该数据库类型没有 ${problem.key}。`;
    case 'database_missing':
      return '缺少 Database。';
    case 'wrong_type':
      return problem.expected === 'name'
        ? `${problem.key} 应为一个名称。`
        : `${problem.key} 应为名称列表：[a, b]。`;
    case 'empty_list':
      return `${problem.key} 为空。如需全部，请省略此项。`;
    default:
      return `名称${textProblem(problem)}。`;
  }
}
