import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { createMigrateJobRequest } from './createMigrateJobRequest';
import { findJob, jobId } from './findJob';
import { modifyJob } from './modifyJob';

const { shape } = createMigrateJobRequest;

const modifyMigrateJobRequest = z.strictObject({
  JobId: jobId,
  JobName: shape.JobName.optional(),
  MigrateOption: shape.MigrateOption.optional(),
  SrcAccessType: shape.SrcAccessType.optional(),
  SrcInfo: shape.SrcInfo.optional(),
  DstAccessType: shape.DstAccessType.optional(),
  DstInfo: shape.DstInfo.optional(),
  DatabaseInfo: shape.DatabaseInfo,
  SrcNodeType: shape.SrcNodeType,
  SrcInfoMulti: shape.SrcInfoMulti,
});

/**
 * Changes parameters of a job. A given object replaces the whole old one, which is not documented,
 * so a password is sent again with its address.
 */
export const modifyMigrateJob: Action = (parameters, context) => {
  const parsed = parseParameters(modifyMigrateJobRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { JobId, ...given } = parsed.value;
  const found = findJob(JobId, '2018-03-30', context);
  if (found.kind === 'refused') return found;
  const changes = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const request = createMigrateJobRequest.parse({ ...found.job.request, ...changes });
  return modifyJob(found.job, request, '2018-03-30', context) ?? { kind: 'accepted', fields: {} };
};
