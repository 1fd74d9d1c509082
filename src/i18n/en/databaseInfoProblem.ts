import type { DatabaseInfoProblem, Expected } from '../../domain/databases/databaseInfoProblem';
import type { DatabaseLevel } from '../../domain/databases/databaseNaming';
import { textProblem } from './textProblem';

const expected: Readonly<Record<Expected, string>> = {
  '{': '{',
  ':': ':',
  ', }': ', or }',
  ', ]': ', or ]',
  key: 'Database, Schema or Table',
  name: 'a name',
  end: 'the end',
};

const levels: Readonly<Record<DatabaseLevel, string>> = {
  database: 'database',
  schema: 'schema',
  table: 'table',
};

/** What is wrong with a list of databases, on which line, and what to write instead. */
export function databaseInfoProblem(problem: DatabaseInfoProblem): string {
  return problem.code === 'nothing_named'
    ? 'No databases listed. Write one per line: db, db.table or db.schema.table.'
    : `Line ${problem.line}: ${inLine(problem)}`;
}

function inLine(problem: DatabaseInfoProblem): string {
  switch (problem.code) {
    case 'nothing_named':
      return 'no databases listed.';
    case 'too_many_names':
      return `a list can have ${problem.most.toLocaleString('en')} names at most. Name whole databases instead of their tables, or split the list into several requests.`;
    case 'too_many_lines':
      return `a list can have ${problem.most.toLocaleString('en')} lines at most. Remove lines without names, or split the list into several requests.`;
    case 'everything':
      return '* means every database. Select “Entire instance” instead.';
    case 'unclosed_quote':
      return `the quote ${problem.quote} is not closed on this line.`;
    case 'odd_character':
      return `“${problem.character}” is not allowed in a name without quotes. If it separates two names, write each on its own line. Between a database and its content, write a dot. If it belongs to one name, put straight quotes (" or \`) around that name alone.`;
    case 'after_name':
      return `“${problem.found}” follows the name ${problem.name}. If these are two names, write each on its own line. If it is one name with a space in it, put quotes (" or \`) around it.`;
    case 'columns_unnamed':
      return `this line has the columns ${problem.cells.map((cell) => `“${cell}”`).join(' and ')}, and no header names them. Write a database and its table with a dot between them (shop.orders), and write separate names on separate lines.`;
    case 'uneven_names':
      return `${problem.names.map((name) => `“${name}”`).join(' and ')} have different numbers of parts. Write each on its own line, with its database (shop.orders).`;
    case 'row_unlike_header':
      return `this line has a different number of columns than the header on line ${problem.header}. Write one name per line, without columns.`;
    case 'database_not_shown':
      return `line ${problem.header} says that ${problem.name} is in a database, but not in which. Write the full name, as in YOURDB.${problem.name}.`;
    case 'dash_before_name':
      return `“${problem.name}” starts with a dash. If the dash marks a list item, delete it. If it belongs to the name, put quotes (") around the name.`;
    case 'system_name':
      return `the ${levels[problem.level]} ${problem.name} belongs to the server itself and cannot be migrated. Delete it from the list.`;
    case 'empty_name':
      return 'a name is missing.';
    case 'star_misplaced':
      return '* works only alone at the end (db.*), not as part of a name.';
    case 'not_a_number':
      return `“${problem.name}” is not a database number, such as 0.`;
    case 'too_long':
      return `“${problem.name}” is too long (maximum ${problem.max} ${problem.unit}).`;
    case 'too_many_parts':
      return problem.most === 1
        ? 'only whole databases can be selected here.'
        : `too many parts (maximum ${problem.most}). Put quotes (") around a name that contains dots.`;
    case 'schema_missing':
      return `tables in ${problem.database} need a schema: db.schema.table.`;
    case 'whole_and_part':
      return `${problem.name} is listed in full, and so is a part of it (line ${problem.other}). Remove one of the two.`;
    case 'unexpected':
      return `expected ${expected[problem.expected]}, but ${problem.found === '' ? 'the text ends' : `found “${problem.found}”`}.`;
    case 'bad_escape':
      return `${problem.found} is not valid JSON.`;
    case 'unknown_key':
      return `unknown key “${problem.key}”. Use Database, Schema or Table.`;
    case 'key_twice':
      return `${problem.key} appears twice for one database.`;
    case 'key_not_offered':
      return `${problem.key} is not supported for this engine.`;
    case 'database_missing':
      return 'Database is missing.';
    case 'wrong_type':
      return problem.expected === 'name'
        ? `${problem.key} must be a name.`
        : `${problem.key} must be a list of names: [a, b].`;
    case 'empty_list':
      return `${problem.key} is empty. To include everything, leave it out.`;
    default:
      return `a name ${textProblem(problem)}.`;
  }
}
