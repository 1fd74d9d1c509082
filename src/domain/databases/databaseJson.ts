import { failure, type Result, success } from '../result';
import type { DatabaseInfoProblem, DatabaseKey, Expected } from './databaseInfoProblem';
import { type JsonToken, jsonTokens } from './databaseJsonTokens';
import { checkName, type DatabaseLevel, type DatabaseNaming, shortened } from './databaseNaming';
import { type Mention, mostMentions } from './databaseObject';

type Read<Value> = Result<Value, DatabaseInfoProblem>;

const levelOf: Readonly<Record<DatabaseKey, DatabaseLevel>> = {
  Database: 'database',
  Schema: 'schema',
  Table: 'table',
};

/** A member of an object: the token of its key, and the tokens of its values. */
interface Member {
  key: DatabaseKey;
  line: number;
  names: readonly JsonToken[];
}

/**
 * Reads a list of databases in JSON, or in the API page's notation, which is JSON without quotes
 * and with line breaks instead of some commas. The outer brackets are optional.
 */
export function readDatabaseJson(text: string, naming: DatabaseNaming): Read<readonly Mention[]> {
  const tokens = jsonTokens(text, naming);
  return tokens.ok ? new JsonReader(tokens.value, naming).list() : tokens;
}

class JsonReader {
  #at = 0;

  constructor(
    private readonly tokens: readonly JsonToken[],
    private readonly naming: DatabaseNaming,
  ) {}

  list(): Read<readonly Mention[]> {
    const mentions: Mention[] = [];
    const hasBrackets = this.#skip('[');
    const end = hasBrackets ? ']' : 'end';
    while (!this.#skip(end)) {
      const object = this.#object();
      if (!object.ok) return object;
      for (const mention of object.value) mentions.push(mention);
      const beyond = mentions[mostMentions];
      if (beyond !== undefined) {
        return failure({ line: beyond.line, code: 'too_many_names', most: mostMentions });
      }
      const { kind } = this.#token();
      if (!this.#skip(',') && kind !== end && kind !== '{') {
        return failure(this.#unexpected(hasBrackets ? ', ]' : 'end'));
      }
    }
    if (this.#token().kind !== 'end') return failure(this.#unexpected('end'));
    return mentions.length > 0 ? success(mentions) : failure({ line: 1, code: 'nothing_named' });
  }

  #object(): Read<readonly Mention[]> {
    const { line } = this.#token();
    if (!this.#skip('{')) return failure(this.#unexpected('{'));
    const members = new Map<DatabaseKey, Member>();
    while (!this.#skip('}')) {
      const member = this.#member();
      if (!member.ok) return member;
      const { key, line: at } = member.value;
      if (members.has(key)) return failure({ line: at, code: 'key_twice', key });
      members.set(key, member.value);
      // A name before a colon begins a member, even without a comma before it.
      const isNextMember = isName(this.#token()) && this.#token(1).kind === ':';
      if (!this.#skip(',') && this.#token().kind !== '}' && !isNextMember) {
        return failure(this.#unexpected(', }'));
      }
    }
    return this.#mentions(members, line);
  }

  #member(): Read<Member> {
    const token = this.#token();
    const { line, text } = token;
    if (!isName(token)) return failure(this.#unexpected('key'));
    const key = keyNamed(text);
    if (key === undefined) return failure({ line, code: 'unknown_key', key: shortened(text) });
    const level = levelOf[key];
    if (!this.naming.levels.includes(level)) {
      return failure({ line, code: 'key_not_offered', key });
    }
    this.#at += 1;
    if (!this.#skip(':')) return failure(this.#unexpected(':'));
    const names = key === 'Table' ? this.#names(key) : this.#name(key, 'name');
    if (!names.ok) return names;
    for (const name of names.value) {
      if (name.text === '*' && key === 'Database') {
        return failure({ line: name.line, code: 'everything' });
      }
      const problem = checkName(name.text, level, this.naming);
      if (problem !== undefined) return failure({ ...problem, line: name.line });
    }
    return success({ key, line, names: names.value });
  }

  #name(key: DatabaseKey, expected: 'name' | 'names'): Read<readonly JsonToken[]> {
    const token = this.#token();
    const { kind, line, text } = token;
    const isLiteral = kind === 'bare' && /^(null|true|false)$/.test(text);
    if (isLiteral || kind === '{' || kind === '[') {
      return failure({ line, code: 'wrong_type', key, expected });
    }
    if (!isName(token)) return failure(this.#unexpected('name'));
    this.#at += 1;
    return success([token]);
  }

  #names(key: DatabaseKey): Read<readonly JsonToken[]> {
    const { kind, line } = this.#token();
    if (kind !== '[') return failure({ line, code: 'wrong_type', key, expected: 'names' });
    this.#at += 1;
    const names: JsonToken[] = [];
    while (!this.#skip(']')) {
      const name = this.#name(key, 'names');
      if (!name.ok) return name;
      names.push(...name.value);
      const next = this.#token();
      const isOnNextLine = isName(next) && next.line > (name.value[0]?.line ?? next.line);
      if (!this.#skip(',') && next.kind !== ']' && !isOnNextLine) {
        return failure(this.#unexpected(', ]'));
      }
    }
    return names.length > 0 ? success(names) : failure({ line, code: 'empty_list', key });
  }

  #mentions(members: ReadonlyMap<DatabaseKey, Member>, line: number): Read<readonly Mention[]> {
    const database = members.get('Database')?.names[0]?.text;
    const schema = members.get('Schema')?.names[0]?.text;
    const tables = members.get('Table')?.names;
    if (database === undefined) return failure({ line, code: 'database_missing' });
    if (tables === undefined) return success([{ line, database, schema }]);
    if (schema === undefined && this.naming.levels.includes('schema')) {
      return failure({ line, code: 'schema_missing', database });
    }
    return success(
      tables.map((table) => ({ line: table.line, database, schema, table: table.text })),
    );
  }

  /** Returns the token that is `ahead` tokens after the next one, or the last token. */
  #token(ahead = 0): JsonToken {
    return this.tokens[this.#at + ahead] ?? { kind: 'end', text: '', line: 1 };
  }

  #skip(kind: JsonToken['kind']): boolean {
    const isThere = this.#token().kind === kind;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #unexpected(expected: Expected): DatabaseInfoProblem {
    const { line, text } = this.#token();
    return { line, code: 'unexpected', found: shortened(text), expected };
  }
}

const isName = ({ kind }: JsonToken): boolean => kind === 'bare' || kind === 'quoted';

function keyNamed(text: string): DatabaseKey | undefined {
  return text === 'Database' || text === 'Schema' || text === 'Table' ? text : undefined;
}
