import { parseArgs } from 'node:util';
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

/** Reads the arguments after the program's name, or names the invalid one. */
export function readAuditCommand([name, ...rest]: readonly string[]): AuditCommandResult {
  const refused = (problem: ArgumentProblem): AuditCommandResult => ({ ok: false, problem });
  if (name === 'verify') {
    const read = readOptions(rest, verifyOptions);
    if (!read.ok) return refused(read.problem ?? 'verify');
    const { head, length } = read.options;
    if ((head === undefined) !== (length === undefined)) return refused('verify');
    const kept = head === undefined || length === undefined ? undefined : { hash: head, length };
    return { ok: true, command: { name, kept } };
  }
  if (name === 'export') {
    const read = readOptions(rest, exportOptions);
    if (!read.ok) return refused(read.problem ?? 'export');
    const { since, until, request, format } = read.options;
    return { ok: true, command: { name, filter: { since, until, requestId: request }, format } };
  }
  return refused('command');
}

const optionName = z.enum(['head', 'length', 'since', 'until', 'request', 'format']);

/** Without a name, the whole set of options is invalid. */
function readOptions<Options extends z.ZodObject>(
  args: readonly string[],
  schema: Options,
):
  | { ok: true; options: z.infer<Options> }
  | { ok: false; problem: z.infer<typeof optionName> | undefined } {
  const names = Object.keys(schema.shape).map((name) => [name, { type: 'string' }] as const);
  try {
    const { values } = parseArgs({ args: [...args], options: Object.fromEntries(names) });
    const parsed = schema.safeParse(values);
    if (parsed.success) return { ok: true, options: parsed.data };
    return { ok: false, problem: optionName.safeParse(parsed.error.issues[0]?.path[0]).data };
  } catch {
    return { ok: false, problem: undefined };
  }
}
