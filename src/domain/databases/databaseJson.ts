import type { DatabaseInfoProblem, DatabaseKey, Expected } from './databaseInfoProblem';
import { type JsonToken, jsonTokens } from './databaseJsonTokens';
import { checkName, type DatabaseLevel, type DatabaseNaming, shortened } from './databaseNaming';
import type { Mention } from './databaseObject';

type Problem = DatabaseInfoProblem;

const levelOf: Readonly<Record<DatabaseKey, DatabaseLevel>> = {
  Database: 'database',
  Schema: 'schema',
  Table: 'table',
};

/** One member of an object: the tokens of its key and of its name or names. */
interface Member {
  key: DatabaseKey;
  line: number;
  names: readonly JsonToken[];
}

/**
 * Reads a list of databases in JSON, or in the notation of the API page, which is JSON without
 * quotes and where some commas are line breaks. The brackets around the whole may be missing.
 */
export function readDatabaseJson(text: string, naming: DatabaseNaming): Mention[] | Problem {
  const tokens = jsonTokens(text, naming);
  return 'code' in tokens ? tokens : new JsonReader(tokens, naming).list();
}

class JsonReader {
  #at = 0;

  constructor(
    private readonly tokens: readonly JsonToken[],
    private readonly naming: DatabaseNaming,
  ) {}

  list(): Mention[] | Problem {
    const mentions: Mention[] = [];
    const hasBrackets = this.#skip('[');
    const end = hasBrackets ? ']' : 'end';
    while (!this.#skip(end)) {
      const object = this.#object();
      if ('code' in object) return object;
      for (const mention of object) mentions.push(mention);
      const { kind } = this.#token();
      if (!this.#skip(',') && kind !== end && kind !== '{') {
        return this.#unexpected(hasBrackets ? ', ]' : 'end');
      }
    }
    if (this.#token().kind !== 'end') return this.#unexpected('end');
    return mentions.length > 0 ? mentions : { line: 1, code: 'nothing_named' };
  }

  #object(): Mention[] | Problem {
    const { line } = this.#token();
    if (!this.#skip('{')) return this.#unexpected('{');
    const members = new Map<DatabaseKey, Member>();
    while (!this.#skip('}')) {
      const member = this.#member();
      if ('code' in member) return member;
      if (members.has(member.key)) return { line: member.line, code: 'key_twice', key: member.key };
      members.set(member.key, member);
      // A name with a colon behind it begins a member, with or without a comma before it.
      const isNextMember = isName(this.#token()) && this.#token(1).kind === ':';
      if (!this.#skip(',') && this.#token().kind !== '}' && !isNextMember) {
        return this.#unexpected(', }');
      }
    }
    return this.#mentions(members, line);
  }

  #member(): Member | Problem {
    const token = this.#token();
    const { line, text } = token;
    if (!isName(token)) return this.#unexpected('key');
    const key = keyNamed(text);
    if (key === undefined) return { line, code: 'unknown_key', key: shortened(text) };
    const level = levelOf[key];
    if (!this.naming.levels.includes(level)) return { line, code: 'key_not_offered', key };
    this.#at += 1;
    if (!this.#skip(':')) return this.#unexpected(':');
    const names = key === 'Table' ? this.#names(key) : this.#name(key, 'name');
    if ('code' in names) return names;
    for (const name of names) {
      if (name.text === '*' && key === 'Database') return { line: name.line, code: 'everything' };
      const problem = checkName(name.text, level, this.naming);
      if (problem !== undefined) return { ...problem, line: name.line };
    }
    return { key, line, names };
  }

  #name(key: DatabaseKey, expected: 'name' | 'names'): readonly JsonToken[] | Problem {
    const token = this.#token();
    const { kind, line, text } = token;
    const isLiteral = kind === 'bare' && /^(null|true|false)$/.test(text);
    if (isLiteral || kind === '{' || kind === '[')
      return { line, code: 'wrong_type', key, expected };
    if (!isName(token)) return this.#unexpected('name');
    this.#at += 1;
    return [token];
  }

  #names(key: DatabaseKey): readonly JsonToken[] | Problem {
    const { kind, line } = this.#token();
    if (kind !== '[') return { line, code: 'wrong_type', key, expected: 'names' };
    this.#at += 1;
    const names: JsonToken[] = [];
    while (!this.#skip(']')) {
      const name = this.#name(key, 'names');
      if ('code' in name) return name;
      names.push(...name);
      const next = this.#token();
      const isOnNextLine = isName(next) && next.line > (name[0]?.line ?? next.line);
      if (!this.#skip(',') && next.kind !== ']' && !isOnNextLine) return this.#unexpected(', ]');
    }
    return names.length > 0 ? names : { line, code: 'empty_list', key };
  }

  #mentions(members: ReadonlyMap<DatabaseKey, Member>, line: number): Mention[] | Problem {
    const database = members.get('Database')?.names[0]?.text;
    const schema = members.get('Schema')?.names[0]?.text;
    const tables = members.get('Table')?.names;
    if (database === undefined) return { line, code: 'database_missing' };
    if (tables === undefined) return [{ line, database, schema }];
    if (schema === undefined && this.naming.levels.includes('schema')) {
      return { line, code: 'schema_missing', database };
    }
    return tables.map((table) => ({ line: table.line, database, schema, table: table.text }));
  }

  /** The token `ahead` of the next one; the last stands for all that would come after it. */
  #token(ahead = 0): JsonToken {
    return this.tokens[this.#at + ahead] ?? { kind: 'end', text: '', line: 1 };
  }

  #skip(kind: JsonToken['kind']): boolean {
    const isThere = this.#token().kind === kind;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #unexpected(expected: Expected): Problem {
    const { line, text } = this.#token();
    return { line, code: 'unexpected', found: shortened(text), expected };
  }
}

const isName = ({ kind }: JsonToken): boolean => kind === 'bare' || kind === 'quoted';

function keyNamed(text: string): DatabaseKey | undefined {
  return text === 'Database' || text === 'Schema' || text === 'Table' ? text : undefined;
}
