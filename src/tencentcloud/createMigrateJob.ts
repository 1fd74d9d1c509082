import type { CreateMigrateJobRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_models';
import { z } from 'zod';
import type { DatabaseObject } from '../domain/databases/databaseObject';
import type { MigrationParameters } from '../domain/migration/migration';
import type { CallOutcome, CreatedJob } from '../domain/request/launchOutcome';
import type { Secret } from '../domain/secrets/secret';
import { writeChinaTime } from '../domain/text/chinaTime';
import type { Sending } from '../ports/migrationService';
import type { SecretValues } from '../ports/secretReader';
import { type CloudAccount, callCloud } from './callCloud';
import { dts } from './services';

const answerSchema = z.object({
  JobId: z.string().min(1),
  // The job exists, even if the response has no RequestId.
  RequestId: z.string().optional().catch(undefined),
});

/**
 * Calls `CreateMigrateJob` once, in the region of the target: a job lives there (rule of version
 * 2021-12-06), and a finance region has a separate endpoint. Never throws. `abandon` ends the wait,
 * and the outcome is then unknown unless the call wasn't sent yet.
 */
export async function createMigrateJob(
  account: CloudAccount,
  parameters: MigrationParameters,
  secrets: SecretValues,
  abandon: AbortSignal,
  sending: Sending,
): Promise<CallOutcome<CreatedJob>> {
  const body = writeBody(parameters, secrets);
  const { Region: region } = parameters.DstInfo;
  const call = { service: dts, action: 'CreateMigrateJob', region, body };
  const called = await callCloud(account, call, {
    secrets: Object.values(secrets),
    abandon,
    sending,
  });
  if (!called.ok) return called.outcome;
  const read = answerSchema.safeParse(called.answer);
  if (!read.success) {
    const detail = 'the answer holds no JobId';
    return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail } };
  }
  const { JobId: jobId, RequestId: requestId } = read.data;
  return { kind: 'done', result: { jobId, ...(requestId === undefined ? {} : { requestId }) } };
}

/** Writes the parameters as the API expects them, with the secrets. */
export function writeBody(
  parameters: MigrationParameters,
  secrets: SecretValues,
): CreateMigrateJobRequest {
  const { JobName, MigrateOption, DatabaseInfo, Tags, ...others } = parameters;
  const { SrcInfo, SrcInfoMulti, DstInfo } = others;
  const ofSource = revealed({
    Password: secrets['SrcInfo.Password'],
    AccessKey: secrets['SrcInfo.AccessKey'],
  });
  return {
    JobName,
    MigrateOption: writeOption(MigrateOption),
    ...others,
    SrcInfo: { ...SrcInfo, ...ofSource },
    // All nodes of a cluster have the same account.
    ...(SrcInfoMulti && { SrcInfoMulti: SrcInfoMulti.map((node) => ({ ...node, ...ofSource })) }),
    DstInfo: { ...DstInfo, ...revealed({ Password: secrets['DstInfo.Password'] }) },
    ...(DatabaseInfo && { DatabaseInfo: writeObjects(DatabaseInfo) }),
    ...(Tags && { Tags }),
  };
}

function writeOption({
  RunMode,
  ExpectTime,
  ExternParams,
  ...others
}: MigrationParameters['MigrateOption']): CreateMigrateJobRequest['MigrateOption'] {
  return {
    RunMode,
    ...(ExpectTime && { ExpectTime: writeChinaTime(ExpectTime) }),
    ...others,
    ...(ExternParams && { ExternParams: JSON.stringify(ExternParams) }),
  };
}

const writeObjects = (objects: readonly DatabaseObject[]): string =>
  JSON.stringify(
    objects.map(({ database, schema, tables }) => ({
      Database: database,
      Schema: schema,
      Table: tables,
    })),
  );

function revealed(secrets: Readonly<Record<string, Secret | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, secret]) =>
      secret === undefined ? [] : [[name, secret.reveal()]],
    ),
  );
}
