import { failure, type Result, success } from '../result';
import { trimmed } from '../text/trimmed';
import { signAt, textProblem } from '../text/typedText';
import type { Scope } from './clientCommand';
import {
  type ClientLine,
  clientLine,
  type Header,
  headerOf,
  isClientHeader,
  isHeaderName,
  isLevel,
  isPlainName,
  isTableType,
  laterClientLine,
  mayBeOutput,
  nameBeforeNumbers,
  type Row,
  recordBelow,
  rowOf,
  runsCommand,
} from './clientOutput';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import {
  bareNameAt,
  checkName,
  type DatabaseLevel,
  type DatabaseNaming,
  quotedNameAt,
  shortened,
} from './databaseNaming';
import { type Mention, mostLines, mostMentions } from './databaseObject';
import { piecesOf } from './linePieces';
import type { SkippedLine } from './listDoubts';
import { type Noise, NoiseLog } from './listNoise';

type Problem = DatabaseInfoProblem;
/** A problem that doesn't have its line number yet. */
type LineProblem = Problem extends infer Each
  ? Each extends Each
    ? Omit<Each, 'line'>
    : never
  : never;
type LineMention = Omit<Mention, 'line'>;
type Read<Value> = Result<Value, LineProblem>;

type Part = { name: string; bare: boolean } | 'all';

/** The names, and what was skipped around them. */
export interface ReadLines {
  mentions: readonly Mention[];
  noise: readonly Noise[];
  /** Lines that were skipped as commands and that may be names. */
  skipped: readonly SkippedLine[];
}

/**
 * Matches list markers at the beginning of a line: `1.`, `2)`, `(3)`, `（4）`, `①`, `一、`, `-`, `*`,
 * `•`, `[ ]`, `- [x]`, `>`.
 */
const marker =
  /^(?:>\s+)?(?:[(（]?[0-9０-９]{1,5}(?:[)）、．]\s*|[.:]\s+(?!\.))|[(（]?[一二三四五六七八九十]{1,3}[)）、]\s*|[①-⒛❶-➓㈠-㈩][、．]?\s*|[-*+]\s+(?!\.)|[•‣◦▪●○·–—∙⁃]\s*(?!\.))?(?:\[[ xX✓]?\]\s+(?!\.))?/;

/**
 * Reads names that people type, one per line, or paste from a client's output. It skips and notes
 * whatever is certainly not a name.
 */
export function readDatabaseLines(
  text: string,
  naming: DatabaseNaming,
): Result<ReadLines, Problem> {
  return new LineReader(text.split(/\r\n|\r|\n/), naming).read();
}

const tooManyNames = {
  ok: false,
  problem: { code: 'too_many_names', most: mostMentions },
} as const;

class LineReader {
  readonly #mentions: Mention[] = [];
  readonly #noise = new NoiseLog();
  readonly #skipped: SkippedLine[] = [];
  /** A command that puts a database in use, until names follow. */
  #lastUse: SkippedLine | undefined;
  /** The database in use, which a prompt, command or header names. */
  #database: string | undefined;
  /** Where the last command lists names, if not in the database in use. */
  #scope: Scope | undefined;
  /** What was typed at the prompts right above the line. */
  #typed = '';
  /** What the last command or title lists, and its line. */
  #lists: { level: DatabaseLevel; line: number } | undefined;
  /** The current header, its line, and the number of frame lines since then. */
  #header: (Header & { line: number; frames: number }) | undefined;
  /** The last line of a record that was read with its first line. */
  #recordEnd = 0;
  /** True below the first line that a client printed or read. */
  #isOutput = false;
  /** True if a header may come here: at the beginning, and after lines without names. */
  #mayBegin = true;

  constructor(
    private readonly lines: readonly string[],
    private readonly naming: DatabaseNaming,
  ) {}

  read(): Result<ReadLines, Problem> {
    for (const [index, each] of this.lines.entries()) {
      const line = index + 1;
      // Reading the rest would block the process.
      if (line > mostLines) return failure({ line, code: 'too_many_lines', most: mostLines });
      if (line <= this.#recordEnd) continue;
      const { text, dropped } = trimmed(each);
      for (const codePoint of dropped) this.#noise.note('invisible', line, codePoint);
      const problem = text === '' ? undefined : this.#take(text, line);
      if (problem !== undefined) return failure({ ...problem, line });
      if (this.#mentions.length > mostMentions) {
        return failure({ line, ...tooManyNames.problem });
      }
      if (text === '') this.#endOfBlock();
    }
    const skipped = [...this.#skipped, ...(this.#lastUse === undefined ? [] : [this.#lastUse])];
    return this.#mentions.length > 0
      ? success({ mentions: this.#mentions, noise: this.#noise.all(), skipped })
      : failure({ line: 1, code: 'nothing_named' });
  }

  /** An empty line may end the rows of a header without frames. */
  #endOfBlock(): void {
    this.#mayBegin = true;
    const header = this.#header;
    if (header?.database === undefined || header.by === 'line' || header.frames > 0) return;
    if (!this.#mentions.some(({ line }) => line > header.line)) return;
    this.#database = header.database;
    this.#header = undefined;
    this.#lists = undefined;
  }

  #take(text: string, line: number): LineProblem | undefined {
    const output = clientLine(text, this.naming, this.#typed) ?? this.#later(text);
    this.#typed = output?.typed ?? '';
    if (output !== undefined) {
      this.#skip(output, text, line);
      const skipped = { line, text: shortened(text) };
      if (output.nameAfterPrompt !== undefined) this.#skipped.push(skipped);
      if (/^use\s/i.test(text)) this.#lastUse = skipped;
      return undefined;
    }
    if (isComment(text)) {
      this.#noise.note('comment', line);
      return undefined;
    }
    const header = this.#headerIn(text, line);
    if (header !== undefined) {
      this.#header = { ...header, line, frames: 0 };
      this.#isOutput = true;
      this.#noise.note('header', line, shortened(text.replace(/\s*[|│║]\s*/g, ' ').trim()));
      return undefined;
    }
    this.#mayBegin = false;
    const mentions = this.#record(text, line) ?? this.#row(text, line) ?? this.#names(text, line);
    if (!mentions.ok) return mentions.problem;
    const [first] = mentions.value;
    const isWord = this.#isOutput && mayBeOutput(text);
    for (const mention of mentions.value) {
      const written = isWord && first?.written && { written: { ...first.written, word: text } };
      this.#mentions.push({ ...mention, ...written, line });
    }
    if (mentions.value.length > 0) this.#lastUse = undefined;
    return undefined;
  }

  #later(text: string): ClientLine | undefined {
    return this.#isOutput ? laterClientLine(text, this.#mayBegin, this.naming) : undefined;
  }

  #skip({ kind, database, lists, scope }: ClientLine, text: string, line: number): void {
    this.#noise.note(kind, line);
    this.#mayBegin = true;
    if (kind !== 'fence') this.#isOutput = true;
    if (database !== undefined) this.#database = database;
    if (kind === 'frame') {
      if (this.#header === undefined) return;
      this.#header.frames += 1;
      // The first frame follows the header, the second one follows the rows.
      if (this.#header.frames > 1) {
        this.#header = undefined;
        this.#lists = undefined;
        this.#scope = undefined;
      }
      return;
    }
    if (kind === 'fence' || kind === 'notice' || runsCommand(text)) return;
    this.#header = undefined;
    this.#lists = lists === undefined ? undefined : { level: lists, line };
    this.#scope = scope;
  }

  /** The database of names that are listed without one. */
  get #around(): string | undefined {
    return this.#scope === undefined ? this.#database : this.#scope.database;
  }

  #headerIn(text: string, line: number): Header | undefined {
    if (isPlainName(text) && !isHeaderName(text)) return undefined;
    const row = rowOf(text);
    const header = headerOf(row, this.#lists?.level, this.naming);
    if (header === undefined) return undefined;
    if (header.database !== undefined) return header;
    if (this.#header !== undefined || !this.#mayBegin) return undefined;
    if (row.by !== 'nothing') return header;
    const next = this.lines.slice(line, line + 50).find((each) => each.trim() !== '');
    if (next === undefined) return undefined;
    return isClientHeader(text) || clientLine(next.trim(), this.naming)?.kind === 'frame'
      ? header
      : undefined;
  }

  /** Reads a row below a header. Returns `undefined` if the line isn't a row. */
  #row(text: string, line: number): Read<readonly LineMention[]> | undefined {
    const before = nameBeforeNumbers(text, this.naming);
    if (before !== undefined) {
      this.#noise.note('numbers', line);
      return this.#names(before, line);
    }
    const header = this.#header;
    const row = rowOf(text, header === undefined ? 'line' : header.by, header?.columns.length);
    if (header === undefined) {
      if (row.by !== 'line') return undefined;
      this.#noise.note('frame', line);
      const [cell = ''] = row.cells;
      return row.cells.length > 1
        ? failure({ code: 'columns_unnamed', cells: row.cells.map(shortened) })
        : this.#names(cell, line);
    }
    if (row.by !== header.by) return undefined;
    if (row.by === 'line') this.#noise.note('frame', line);
    if (row.cells.length !== header.columns.length) {
      return failure({ code: 'row_unlike_header', header: header.line });
    }
    // psql continues the text of long cells in the next row.
    const isContinued = row.cells.every((cell, at) => cell === '' || !isLevel(header.columns[at]));
    if (row.by === 'line' && isContinued) return success([]);
    return this.#cells(header, row, text, line);
  }

  /** Reads a record, whose columns are lines. Returns `undefined` if the line doesn't begin one. */
  #record(text: string, line: number): Read<readonly LineMention[]> | undefined {
    const record = recordBelow(text, this.lines, line);
    if (record === undefined) return undefined;
    this.#noise.note('frame', line);
    this.#recordEnd = line + record.length;
    const names = { cells: record.map(([name]) => name), by: 'line' } as const;
    const header = headerOf(names, this.#lists?.level, this.naming);
    if (header === undefined) {
      return failure({ code: 'columns_unnamed', cells: names.cells.slice(0, 3).map(shortened) });
    }
    const row = { cells: record.map(([, cell]) => cell), by: 'line' } as const;
    return this.#cells({ ...header, line }, row, text, line);
  }

  #cells(
    header: Header & { line: number },
    row: Row,
    text: string,
    line: number,
  ): Read<readonly LineMention[]> | undefined {
    const named: Partial<Record<DatabaseLevel, string>> = {};
    let type = '';
    for (const [index, column] of header.columns.entries()) {
      const cell = row.cells[index] ?? '';
      if (column === 'type') type = cell;
      else if (column === 'name') return this.#names(cell, line);
      else if (column !== 'other') named[column] = cell;
    }
    const isAlone = Object.keys(named).length === 1;
    // People also write qualified names below a header.
    if (isAlone && row.by === 'nothing' && hasParts(text, this.naming)) return undefined;
    return this.#inDatabase(named, header.database ?? this.#around, header.line, type);
  }

  #inDatabase(
    named: Partial<Record<DatabaseLevel, string>>,
    around: string | undefined,
    header: number,
    type: string,
  ): Read<readonly LineMention[]> {
    const { levels } = this.naming;
    const { database = around, schema, table } = named;
    const lowest = table !== undefined ? 'table' : schema !== undefined ? 'schema' : 'database';
    // Redis has no tables and MySQL has no schemas, even if the header says so.
    if (!levels.includes(lowest)) return failure({ code: 'key_not_offered', key: keys[lowest] });
    const needed = levels.slice(0, levels.indexOf(lowest) + 1);
    const all: Partial<Record<DatabaseLevel, string>> = {
      ...(database === undefined ? {} : { database }),
      ...(schema === undefined ? {} : { schema }),
      ...(table === undefined ? {} : { table }),
    };
    if (needed.some((level) => all[level] === undefined)) {
      const name = [schema, table].filter((each) => each !== undefined).join('.');
      return failure({ code: 'database_not_shown', name: shortened(name), header });
    }
    for (const level of levels) {
      const name = all[level];
      const problem = name === undefined ? undefined : checkName(name, level, this.naming);
      if (problem !== undefined) return failure(problem);
    }
    const written = { bare: false, open: false, ...(isTableType(type) ? {} : { type }) };
    return success([{ database: database ?? '', schema, table, written }]);
  }

  /** Reads a line of names without columns. */
  #names(text: string, line: number): Read<readonly LineMention[]> {
    const mark = marker.exec(text)?.[0] ?? '';
    if (mark !== '' && mark.length < text.length) this.#noise.note('marker', line);
    const content = mark.length < text.length ? text.slice(mark.length) : text;
    const { comment, pieces, trailing } = piecesOf(content, this.naming);
    if (comment) this.#noise.note('comment', line);
    if (trailing) this.#noise.note('separator', line);
    if (pieces.length > 1) this.#noise.note('split', line);
    const tables = this.#tablesAlone();
    const mentions: LineMention[] = [];
    const lengths = new Set<number>();
    for (const piece of pieces) {
      const { text: name, dropped } = trimmed(piece);
      for (const codePoint of dropped) this.#noise.note('invisible', line, codePoint);
      const isTable = tables !== undefined && this.naming.dottedTables && isDotted(name);
      const parts = isTable ? success([{ name, bare: true }]) : readParts(name, this.naming);
      if (!parts.ok) return parts;
      lengths.add(parts.value.length);
      const mention = mentionOf(parts.value, this.naming);
      if (!mention.ok) return mention;
      const inside =
        tables !== undefined && parts.value.length === 1
          ? this.#inDatabase({ table: mention.value.database }, tables.database, tables.line, '')
          : success([this.#withDatabaseInUse(mention.value, parts.value.length)]);
      if (!inside.ok) return inside;
      mentions.push(...inside.value);
      if (this.#mentions.length + mentions.length > mostMentions) return tooManyNames;
    }
    return lengths.size > 1
      ? failure({ code: 'uneven_names', names: pieces.map((each) => shortened(each.trim())) })
      : success(mentions);
  }

  /** Notes the database in use at a name alone, which may be one of its tables. */
  #withDatabaseInUse(mention: LineMention, parts: number): LineMention {
    const within = this.#scope?.database ?? this.#database;
    const { database, written } = mention;
    const isListed = this.#header !== undefined || this.#lists?.level === 'database';
    if (within === undefined || parts > 1 || isListed || database === within) return mention;
    return { ...mention, ...(written && { written: { ...written, within } }) };
  }

  /**
   * If the lines list tables without a database: the line that says so, and the database if it is
   * known.
   */
  #tablesAlone(): { line: number; database: string | undefined } | undefined {
    const header = this.#header;
    if (header !== undefined) {
      const isAlone = header.columns.length === 1 && header.columns[0] === 'table';
      const database = header.database ?? this.#around;
      return isAlone ? { line: header.line, database } : undefined;
    }
    return this.#lists?.level === 'table'
      ? { line: this.#lists.line, database: this.#around }
      : undefined;
  }
}

const keys = { database: 'Database', schema: 'Schema', table: 'Table' } as const;

const isDotted = (name: string): boolean => bareNameAt(name, 0, true)?.length === name.length;

const isComment = (text: string): boolean => /^(#|--|\/\/|\/\*.*\*\/$)/.test(text);

const hasParts = (text: string, naming: DatabaseNaming): boolean => {
  const parts = readParts(text, naming);
  return parts.ok && parts.value.length > 1;
};

function mentionOf(parts: readonly Part[], naming: DatabaseNaming): Read<LineMention> {
  const { levels } = naming;
  if (parts.every((part) => part === 'all')) return failure({ code: 'everything' });
  if (parts.length > levels.length) {
    return failure({ code: 'too_many_parts', most: levels.length });
  }
  const named: Partial<Record<DatabaseLevel, string>> = {};
  for (const [index, level] of levels.entries()) {
    const part = parts[index];
    if (part === undefined) break;
    if (part === 'all') {
      // After a star, all parts must be stars.
      if (parts.slice(index).some((below) => below !== 'all')) {
        return failure({ code: 'star_misplaced' });
      }
      break;
    }
    const problem = checkName(part.name, level, naming);
    if (problem !== undefined) return failure(problem);
    named[level] = part.name;
  }
  const { database = '', schema, table } = named;
  const [first] = parts;
  const bare = first !== undefined && first !== 'all' && first.bare;
  const written = { bare, open: parts.at(-1) !== 'all' };
  return success({ database, schema, table, written });
}

/** Reads the parts of one name that fills the line. */
function readParts(line: string, naming: DatabaseNaming): Read<readonly Part[]> {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const isLast = parts.length + 1 === naming.levels.length;
    const read = readPart(line, at, naming, isLast && naming.dottedTables);
    if (!read.ok) return read;
    const { part, end } = read.value;
    parts.push(part);
    at = afterBlanks(line, end);
    if (line[at] !== '.') {
      const problem = judgeRest(line, end);
      return problem === undefined ? success(parts) : failure(problem);
    }
    at = afterBlanks(line, at + 1);
  }
}

/** Explains unexpected text after the last part. */
function judgeRest(line: string, end: number): LineProblem | undefined {
  if (end === line.length) return undefined;
  const next = afterBlanks(line, end);
  const gap = line.slice(end, next);
  const found = shortened(line.slice(next).trim());
  const name = shortened(line.slice(0, end));
  if (gap.includes('\t')) return { code: 'columns_unnamed', cells: [name, found] };
  const oddGap = textProblem(gap, 'line');
  if (oddGap?.code === 'forbidden_character') return oddGap;
  const character = signAt(line, end);
  const after: LineProblem = { code: 'after_name', name, found };
  if (/\s/.test(character)) return after;
  if (character === '*' || line[end - 1] === '*') return { code: 'star_misplaced' };
  return /["`\]]/.test(line.charAt(end - 1)) ? (unseen(character) ?? after) : odd(character);
}

const odd = (character: string): LineProblem =>
  unseen(character) ?? { code: 'odd_character', character };

/** Names an invisible character by its code point. */
function unseen(character: string): LineProblem | undefined {
  const problem = textProblem(character, 'line');
  return problem?.code === 'forbidden_character' ? problem : undefined;
}

function readPart(
  line: string,
  start: number,
  naming: DatabaseNaming,
  dotted: boolean,
): Read<{ part: Part; end: number }> {
  const first = line.charAt(start);
  if (first === '*') return success({ part: 'all', end: start + 1 });
  const quoted = quotedNameAt(line, start, naming);
  if (quoted !== undefined) {
    const { end, name } = quoted;
    return name === undefined
      ? failure({ code: 'unclosed_quote', quote: first })
      : success({ part: { name, bare: false }, end });
  }
  const name = bareNameAt(line, start, dotted);
  if (name?.startsWith('-')) return failure({ code: 'dash_before_name', name: shortened(name) });
  if (name !== undefined) {
    return success({ part: { name, bare: true }, end: start + name.length });
  }
  return failure(first === '' || first === '.' ? { code: 'empty_name' } : odd(signAt(line, start)));
}

function afterBlanks(line: string, start: number): number {
  let at = start;
  while (/\s/.test(line.charAt(at))) at += 1;
  return at;
}
