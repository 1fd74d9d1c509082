import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { bareNameAt, checkName, type DatabaseNaming, shortened, signAt } from './databaseNaming';
import type { Mention } from './databaseObject';

type Problem = DatabaseInfoProblem;
/** A line's problem, before it is known which line that is. */
type LineProblem = Problem extends infer Each
  ? Each extends Each
    ? Omit<Each, 'line'>
    : never
  : never;

/** A name, or the star that stands for all of them. */
type Part = { name: string } | 'all';

/** Quotes by the character that opens them; two that close are one in the name. */
const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['`', '`'],
]);
const quotesAndBrackets: ReadonlyMap<string, string> = new Map([...quotes, ['[', ']']]);

/** Reads names as people type them, a database, schema or table a line. */
export function readDatabaseLines(text: string, naming: DatabaseNaming): Mention[] | Problem {
  const mentions: Mention[] = [];
  let line = 0;
  for (const each of text.split(/\r\n|\r|\n/)) {
    line += 1;
    const content = each.trim();
    if (content === '' || isComment(content)) continue;
    const parts = readParts(content, naming);
    const mention = 'code' in parts ? parts : mentionOf(parts, naming);
    if ('code' in mention) return { ...mention, line };
    mentions.push({ ...mention, line });
  }
  return mentions.length > 0 ? mentions : { line: 1, code: 'nothing_named' };
}

const isComment = (text: string): boolean => text.startsWith('#') || text.startsWith('--');

function mentionOf(
  parts: readonly Part[],
  naming: DatabaseNaming,
): Omit<Mention, 'line'> | LineProblem {
  const { levels } = naming;
  if (parts.every((part) => part === 'all')) return { code: 'everything' };
  if (parts.length > levels.length) return { code: 'too_many_parts', most: levels.length };
  const named: Partial<Record<DatabaseNaming['levels'][number], string>> = {};
  for (const [index, level] of levels.entries()) {
    const part = parts[index];
    if (part === undefined) break;
    if (part === 'all') {
      // Below a star there can be stars alone.
      if (parts.slice(index).some((below) => below !== 'all')) return { code: 'star_misplaced' };
      break;
    }
    const problem = checkName(part.name, level, naming);
    if (problem !== undefined) return problem;
    named[level] = part.name;
  }
  const { database = '', schema, table } = named;
  return { database, schema, table };
}

/** The parts of a line that is neither blank nor a comment. */
function readParts(line: string, naming: DatabaseNaming): Part[] | LineProblem {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const isLast = parts.length + 1 === naming.levels.length;
    const read = readPart(line, at, naming, isLast && naming.dottedTables);
    if ('code' in read) return read;
    parts.push(read.part);
    at = afterBlanks(line, read.end);
    if (line[at] !== '.') {
      const problem = judgeRest(line, read.end);
      return problem ?? parts;
    }
    at = afterBlanks(line, at + 1);
  }
}

/** What may follow the last part: nothing, a comma at the end of the line, a comment. */
function judgeRest(line: string, end: number): LineProblem | undefined {
  if (end === line.length) return undefined;
  const rest = line.slice(end).replace(/^\s*,/, ' ');
  const said = rest.trim();
  if (said === '' || (isComment(said) && said !== rest)) return undefined;
  const character = signAt(line, end);
  const after: LineProblem = { code: 'after_name', found: shortened(said) };
  if (/[\s,]/.test(character)) return after;
  if (character === '*' || line[end - 1] === '*') return { code: 'star_misplaced' };
  return /["`\]]/.test(line[end - 1] ?? '') ? after : { code: 'odd_character', character };
}

function readPart(
  line: string,
  start: number,
  { brackets }: DatabaseNaming,
  dotted: boolean,
): { part: Part; end: number } | LineProblem {
  const first = line[start] ?? '';
  if (first === '*') return { part: 'all', end: start + 1 };
  const close = (brackets ? quotesAndBrackets : quotes).get(first);
  if (close !== undefined) return readQuoted(line, start, close);
  const name = bareNameAt(line, start, dotted);
  if (name !== undefined) return { part: { name }, end: start + name.length };
  if (first === '' || first === '.' || first === ',') return { code: 'empty_name' };
  return { code: 'odd_character', character: signAt(line, start) };
}

function readQuoted(
  line: string,
  start: number,
  close: string,
): { part: Part; end: number } | LineProblem {
  for (let at = start + 1; ; at += 2) {
    at = line.indexOf(close, at);
    if (at < 0) return { code: 'unclosed_quote', quote: line[start] ?? '' };
    if (line[at + 1] === close) continue;
    const name = line.slice(start + 1, at).replaceAll(close + close, close);
    return { part: { name }, end: at + 1 };
  }
}

function afterBlanks(line: string, start: number): number {
  let at = start;
  while (/\s/.test(line[at] ?? '')) at += 1;
  return at;
}
