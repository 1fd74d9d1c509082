import { z } from 'zod';
import { eventPayload } from '../request/requestEvent';
import { harmless, terminalJson } from '../text/typedText';
import type { Entry, Head } from './journal';

/** Which events are exported: from a moment on, before another one, of one request. */
export interface ExportFilter {
  since: Date | undefined;
  until: Date | undefined;
  requestId: number | undefined;
}

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What an auditor asks for. */
export type AuditCommand =
  | { name: 'verify'; kept: Head | undefined }
  | { name: 'export'; filter: ExportFilter; format: ExportFormat };

/** What of the arguments is not accepted: the command, its options as a whole, or one of them. */
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

/** What the export begins with. */
export const exportHead: Record<ExportFormat, () => string> = {
  jsonl: () => '',
  csv: () => csvLine([...commonColumns, ...ownColumns]),
};

/**
 * One event as one line, in which a terminal finds nothing to obey. Parsed, a line of JSON is what is
 * stored; a cell of CSV names each invisible character instead.
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

/** The fields that any event has of its own. */
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

/** None where somebody has made something else of it; verifying says so. */
const fieldsOf = (stored: unknown): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).safeParse(stored).data ?? {};

/** As RFC 4180 has it. */
const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = harmless(typeof value === 'string' ? value : JSON.stringify(value), 'paragraphs');
  const inert = isFormula(text) ? `'${text}` : text;
  // A quoted cell stays one cell, also where a spreadsheet splits at semicolons or tabs.
  return /[",;\t\r\n]|^ | $/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * Whether a spreadsheet would calculate a cell. It may skip blanks and quotation marks before the sign,
 * and take a full-width, small or superscript sign for the ordinary one.
 */
function isFormula(text: string): boolean {
  if (/^[\t\r\n]/.test(text)) return true;
  const [first = ''] = text.replace(/^[\s\p{Pi}\p{Pf}"'`＂＇]+/u, '');
  return /[=+\-@\u2212]/.test(first.normalize('NFKC'));
}
