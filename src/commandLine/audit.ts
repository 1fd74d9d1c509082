import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readDatabaseConfig } from '../config';
import { describeVariables } from '../describeProblems';
import { type AuditCommand, exportHead, exportLine } from '../domain/record/audit';
import { type LocaleName, locales, preferredLocale } from '../i18n/locales';
import type { Journal } from '../ports/journal';
import { type Chain, createChain } from '../store/chain';
import { createJournal } from '../store/journal';
import { openForReading } from '../store/openDatabase';
import { type Verification, verify } from '../workflow/verify';
import { type CommandLine, exitCodes, refuseWith } from './commandLine';
import { describeDatabase } from './describeDatabase';

/** Verifies or exports a database's audit log. Resolves to an exit code. */
export async function audit(
  { env, now, stdout, stderr }: CommandLine,
  command: AuditCommand,
): Promise<number> {
  const refuse = refuseWith(stderr);
  const words = locales[preferredLocale(env)].audit;
  const read = readDatabaseConfig(env);
  if (!read.ok) {
    return refuse(describeVariables(read.problem, preferredLocale(env)));
  }
  const { auditKeys, database, locale, retentionDays } = read.value;
  const opened = await openForReading(database, () => {});
  if (!opened.ok) return refuse(describeDatabase(database, opened.problem, locale));
  const journal = createJournal(opened.db);
  try {
    return await runAuditCommand(
      command,
      { journal, chain: createChain(auditKeys), retentionDays, now: new Date(now()) },
      locale,
      stdout,
    );
  } catch (error) {
    // The reader of the output has stopped, as `head` does.
    const isUnread = error instanceof Error && Reflect.get(error, 'code') === 'EPIPE';
    if (isUnread) return exitCodes.fine;
    return refuse(words.interrupted(error instanceof Error ? error.message : ''));
  } finally {
    await opened.db.destroy();
  }
}

interface AuditLog {
  journal: Journal;
  chain: Chain;
  retentionDays: number | undefined;
  now: Date;
}

async function runAuditCommand(
  command: AuditCommand,
  { chain, ...log }: AuditLog,
  locale: LocaleName,
  stdout: Writable,
): Promise<number> {
  switch (command.name) {
    case 'verify': {
      const verdict = await verify({ ...log, hashing: chain, kept: command.kept });
      const said = describeVerdict(verdict, command.kept?.length, chain.keyedFrom, locale);
      stdout.write(`${said}\n`);
      return verdict.ok ? exitCodes.fine : exitCodes.failed;
    }
    case 'export':
      await pipeline(Readable.from(linesOf(command, log.journal)), stdout, { end: false });
      return exitCodes.fine;
    default:
      return command satisfies never;
  }
}

const pageSize = 500;

async function* linesOf(
  { filter, format }: Extract<AuditCommand, { name: 'export' }>,
  journal: Journal,
): AsyncGenerator<string> {
  const head = exportHead[format]();
  if (head !== '') yield head;
  let after = 0;
  for (;;) {
    const page = await journal.entries(filter, after, pageSize);
    for (const entry of page) {
      yield exportLine[format](entry);
      after = entry.position;
    }
    if (page.length < pageSize) return;
  }
}

function describeVerdict(
  verdict: Verification,
  keptAt: number | undefined,
  keyedFrom: number | undefined,
  locale: LocaleName,
): string {
  const words = locales[locale].audit;
  if (!verdict.ok) return verdict.broken.map(words.broken).join('\n');
  const { head, erased, first, last } = verdict;
  return [
    words.whole(head.length, head.hash),
    ...(first === undefined || last === undefined ? [] : [words.span(first, last)]),
    ...(erased === 0 ? [] : [words.erased(erased)]),
    ...(keyedFrom === undefined ? [] : [words.keyed(keyedFrom)]),
    ...(keptAt === undefined ? [] : [words.asKept(keptAt)]),
    words.keep(`--head ${head.hash} --length ${head.length}`),
  ].join('\n');
}
