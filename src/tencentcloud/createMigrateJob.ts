import type { CreateMigrateJobRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_models';
import { z } from 'zod';
import type { MigrationParameters } from '../domain/migration/migration';
import type { CallOutcome, CreatedJob } from '../domain/request/launchOutcome';
import type { Secret } from '../domain/secrets/secret';
import type { MaySend } from '../ports/migrationService';
import type { SecretValues } from '../ports/secretReader';
import { type CloudAccount, callCloud } from './callCloud';
import { dts } from './services';

const answerSchema = z.object({ JobId: z.string().min(1), RequestId: z.string() });

/**
 * Calls `CreateMigrateJob` once, in the region of the destination: a job lives there (rule of the
 * 2021-12-06 version), and a finance region has an endpoint of its own. Never throws; `abandon` ends
 * the wait, and the outcome is then unknown unless nothing was sent yet.
 */
export async function createMigrateJob(
  account: CloudAccount,
  parameters: MigrationParameters,
  secrets: SecretValues,
  abandon: AbortSignal,
  maySend?: MaySend,
): Promise<CallOutcome<CreatedJob>> {
  const ofSource = revealed({
    Password: secrets['SrcInfo.Password'],
    AccessKey: secrets['SrcInfo.AccessKey'],
  });
  const { SrcInfo, SrcInfoMulti, DstInfo } = parameters;
  const body = {
    ...parameters,
    SrcInfo: { ...SrcInfo, ...ofSource },
    // The nodes of a cluster have one account.
    ...(SrcInfoMulti && { SrcInfoMulti: SrcInfoMulti.map((node) => ({ ...node, ...ofSource })) }),
    DstInfo: { ...DstInfo, ...revealed({ Password: secrets['DstInfo.Password'] }) },
  } satisfies CreateMigrateJobRequest;
  const call = { service: dts, action: 'CreateMigrateJob', region: DstInfo.Region, body };
  const called = await callCloud(account, call, {
    secrets: Object.values(secrets),
    abandon,
    ...(maySend === undefined ? {} : { maySend }),
  });
  if (!called.ok) return called.outcome;
  const read = answerSchema.safeParse(called.answer);
  if (!read.success) {
    const detail = 'the answer holds no JobId';
    return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail } };
  }
  const { JobId: jobId, RequestId: requestId } = read.data;
  return { kind: 'done', result: { jobId, requestId } };
}

function revealed(secrets: Readonly<Record<string, Secret | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, secret]) =>
      secret === undefined ? [] : [[name, secret.reveal()]],
    ),
  );
}
