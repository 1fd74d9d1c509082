import { z } from 'zod';
import { eventPayload } from '../request/requestEvent';
import { harmless, terminalJson } from '../text/typedText';
import type { Entry, Head } from './journal';

/** Limits an export: events from a time on, events before a time, or one request. */
export interface ExportFilter {
  since: Date | undefined;
  until: Date | undefined;
  requestId: number | undefined;
}

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type AuditCommand =
  | { name: 'verify'; kept: Head | undefined }
  | { name: 'export'; filter: ExportFilter; format: ExportFormat };

/** The invalid argument: the command, the set of options, or one option. */
export type ArgumentProblem =
  | 'command'
  | 'verify'
  | 'export'
  | 'head'
  | 'length'
  | 'since'
  | 'until'
  | 'request'
  | 'format';

/** An event with the hash of its link. */
export type ChainedEntry = Entry & { hash: string };

/** The beginning of an export. */
export const exportHead: Record<ExportFormat, () => string> = {
  jsonl: () => '',
  csv: () => byteOrderMark + csvLine([...commonColumns, ...ownColumns]),
};

/** Without it, Excel on Chinese Windows reads UTF-8 as GBK. */
const byteOrderMark = '\ufeff';

/**
 * Writes an event as one line without control characters for terminals. A parsed JSON line equals
 * the stored event; CSV cells name invisible characters instead.
 */
export const exportLine: Record<ExportFormat, (entry: ChainedEntry) => string> = {
  jsonl: (entry) =>
    `${terminalJson(JSON.stringify({ ...common(entry), happening: entry.happening }))}\n`,
  csv: (entry) => {
    const own = fieldsOf(entry.happening);
    return csvLine([...Object.values(common(entry)), ...ownColumns.map((column) => own[column])]);
  },
};

const commonColumns = [
  'position',
  'time',
  'request',
  'seq',
  'revision',
  'type',
  'personId',
  'personName',
  'parametersHash',
  'hashes',
  'hash',
] as const;

/** The fields that all events have. */
const ownColumns = [
  ...new Set(eventPayload.options.flatMap(({ shape }) => Object.keys(shape))),
].filter((column) => column !== 'type');

const common = (entry: ChainedEntry): Record<(typeof commonColumns)[number], unknown> => ({
  position: entry.position,
  time: entry.at,
  request: entry.requestId,
  seq: entry.seq,
  revision: entry.revision,
  type: fieldsOf(entry.happening)['type'] ?? null,
  personId: entry.by?.userId ?? null,
  personName: entry.by?.name ?? null,
  parametersHash: entry.parametersHash,
  hashes: entry.hashes ?? null,
  hash: entry.hash,
});

/** Empty if the stored value isn't an object; `verify` reports that. */
const fieldsOf = (stored: unknown): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).safeParse(stored).data ?? {};

/** Follows RFC 4180. */
const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = harmless(typeof value === 'string' ? value : JSON.stringify(value), 'paragraphs');
  const inert = isFormula(text) ? `'${text}` : text;
  // A quoted cell stays whole even if a spreadsheet splits at semicolons or tabs.
  return /[",;\t\r\n]|^ | $/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * True if a spreadsheet would run a cell as a formula. It may skip spaces and quotation marks
 * before the sign, and accept full-width, small and superscript signs.
 */
function isFormula(text: string): boolean {
  if (/^[\t\r\n]/.test(text)) return true;
  const [first = ''] = text.replace(/^[\s\p{Pi}\p{Pf}"'`＂＇]+/u, '');
  return /[=+\-@\u2212]/.test(first.normalize('NFKC'));
}
