import { z } from 'zod';
import { type ArgumentProblem, type AuditCommand, exportFormats } from '../domain/record/audit';

export type AuditCommandResult =
  | { ok: true; command: AuditCommand }
  | { ok: false; problem: ArgumentProblem };

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const time = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text));

const verifyOptions = z.object({ head: hash.optional(), length: whole.optional() });
const exportOptions = z.object({
  since: time.optional(),
  until: time.optional(),
  request: whole.optional(),
  format: z.enum(exportFormats).default('jsonl'),
});

/** Reads the options of a command, or names the invalid one. */
export function readAuditCommand(
  name: string,
  raw: Readonly<Record<string, unknown>>,
): AuditCommandResult {
  const refused = (problem: ArgumentProblem): AuditCommandResult => ({ ok: false, problem });
  if (name === 'verify') {
    const read = verifyOptions.safeParse(raw);
    if (!read.success) return refused(optionIn(read.error) ?? 'verify');
    const { head, length } = read.data;
    if ((head === undefined) !== (length === undefined)) return refused('verify');
    const kept = head === undefined || length === undefined ? undefined : { hash: head, length };
    return { ok: true, command: { name, kept } };
  }
  if (name === 'export') {
    const read = exportOptions.safeParse(raw);
    if (!read.success) return refused(optionIn(read.error) ?? 'export');
    const { since, until, request, format } = read.data;
    return { ok: true, command: { name, filter: { since, until, requestId: request }, format } };
  }
  return refused('command');
}

const optionName = z.enum(['head', 'length', 'since', 'until', 'request', 'format']);

const optionIn = (error: z.ZodError): z.infer<typeof optionName> | undefined =>
  optionName.safeParse(error.issues[0]?.path[0]).data;
