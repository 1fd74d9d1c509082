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
    ? 'No database is named. Write one a line: db, db.table, or db.schema.table.'
    : `Line ${problem.line}: ${inLine(problem)}`;
}

function inLine(problem: DatabaseInfoProblem): string {
  switch (problem.code) {
    case 'nothing_named':
      return 'no database is named.';
    case 'everything':
      return '* stands for every database. Choose the whole instance instead.';
    case 'unclosed_quote':
      return `the quote ${problem.quote} is not closed on this line.`;
    case 'odd_character':
      return `“${problem.character}” cannot be in a name without quotes. If it separates two names, write each on its own line; between a database and what is in it, write a dot. If it belongs to one name, put straight quotes (" or \`) around that name alone.`;
    case 'after_name':
      return `“${problem.found}” follows the name ${problem.name}. If these are two names, write each on its own line. If it is one name with a blank in it, put quotes (" or \`) around it.`;
    case 'columns_unnamed':
      return `this has the columns ${problem.cells.map((cell) => `“${cell}”`).join(' and ')}, and no header says what they are. Write a database and its table with a dot between them (shop.orders), and separate names on lines of their own.`;
    case 'uneven_names':
      return `${problem.names.map((name) => `“${name}”`).join(' and ')} do not have equally many parts. Write each on its own line, with its database (shop.orders).`;
    case 'row_unlike_header':
      return `this does not have as many columns as the header in line ${problem.header}. Write one name a line, without columns.`;
    case 'database_not_shown':
      return `line ${problem.header} says that ${problem.name} is in a database, but not in which. Write the whole name, as in YOURDB.${problem.name}.`;
    case 'dash_before_name':
      return `“${problem.name}” begins with a dash. If the dash marks an item of a list, delete it. If it belongs to the name, put quotes (") around the name.`;
    case 'system_name':
      return `the ${levels[problem.level]} ${problem.name} belongs to the server itself and cannot be migrated. Delete it from the list.`;
    case 'empty_name':
      return 'a name is missing.';
    case 'star_misplaced':
      return '* can only stand alone at the end (db.*); it cannot stand for a part of a name.';
    case 'not_a_number':
      return `“${problem.name}” is not the number of a database, such as 0.`;
    case 'too_long':
      return `“${problem.name}” is too long: a name has ${problem.max} ${problem.unit} at most.`;
    case 'too_many_parts':
      return problem.most === 1
        ? 'only databases can be chosen, nothing in them.'
        : `there are too many parts: ${problem.most} at most. A name that holds dots needs quotes (").`;
    case 'schema_missing':
      return `the tables of ${problem.database} need their Schema.`;
    case 'whole_and_part':
      return `${problem.name} is named whole, and a part of it too (see line ${problem.other}). Keep one of the two.`;
    case 'unexpected':
      return `${problem.found === '' ? 'the text ends' : `“${problem.found}” stands`} where ${expected[problem.expected]} belongs.`;
    case 'bad_escape':
      return `${problem.found} means nothing in JSON.`;
    case 'unknown_key':
      return `“${problem.key}” is not one of Database, Schema and Table.`;
    case 'key_twice':
      return `${problem.key} stands twice for one database.`;
    case 'key_not_offered':
      return `this engine has no ${problem.key}.`;
    case 'database_missing':
      return 'the Database is missing.';
    case 'wrong_type':
      return problem.expected === 'name'
        ? `${problem.key} must be a name.`
        : `${problem.key} must be a list of names: [a, b].`;
    case 'empty_list':
      return `${problem.key} is empty. Leave it out for all of them.`;
    default:
      return `a name ${textProblem(problem)}.`;
  }
}
