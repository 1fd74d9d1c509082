import { z } from 'zod';
import type { Refusal } from '../endpoint/refusal';
import { conflict } from './conflict';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import { jsonText } from './jsonText';

const NAME = 'MigrateOption.ExternParams';

/** A count. The documentation doesn't say whether it is a number or its digits. */
const count = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/)]).optional();

const EXTERN_PARAMS = {
  redis: z.strictObject({
    ClientOutputBufferHardLimit: count,
    ClientOutputBufferSoftLimit: count,
    ClientOutputBufferPersistTime: count,
    ReplBacklogSize: count,
    ReplTimeout: count,
  }),
  mongodb: z.strictObject({
    SrcAuthDatabase: z.string().optional(),
    SrcAuthFlag: z.enum(['0', '1']).optional(),
    SrcAuthMechanism: z.string().optional(),
  }),
} as const;

/** ExternParams is a JSON object with settings of redis or mongodb. Other engines have none. */
export function brokenExternParams(request: CreateMigrateJobRequest): Refusal | undefined {
  const text = request.MigrateOption.ExternParams ?? '';
  if (text === '') return undefined;
  const engine = request.SrcDatabaseType;
  if (engine !== 'redis' && engine !== 'mongodb') {
    return conflict(NAME, `${engine} has no such settings`);
  }
  const json = jsonText(NAME, text);
  if (json.kind === 'refused') return json;
  const parsed = EXTERN_PARAMS[engine].safeParse(json.value);
  if (parsed.success) return undefined;
  const issue = parsed.error.issues[0];
  return conflict(NAME, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
