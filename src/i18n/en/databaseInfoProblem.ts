import type { DatabaseInfoProblem, Expected } from '../../domain/databaseInfoProblem';
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
      return `${problem.character} needs quotes around its name: straight " or \`.`;
    case 'after_name':
      return `“${problem.found}” follows a name. Write one a line, and put quotes (" or \`) around a name with blanks.`;
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
