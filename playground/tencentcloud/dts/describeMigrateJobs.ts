import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { advance } from './advance';
import type { DtsJob } from './dtsJob';
import { isSeen } from './findJob';
import { statusNumber } from './jobStatus';
import { migrateJobInfo } from './migrateJobInfo';

const tagFilter = z.strictObject({
  TagKey: z.string().min(1),
  TagValue: z.array(z.string()).optional(),
});

const ORDERS = ['JobId', 'Status', 'JobName', 'MigrateType', 'RunMode', 'CreateTime'] as const;

const describeMigrateJobsRequest = z.strictObject({
  JobId: z.string().optional(),
  JobName: z.string().optional(),
  Order: z.enum(ORDERS).optional(),
  OrderSeq: z.enum(['ASC', 'DESC']).optional(),
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).max(100).default(20),
  TagFilters: z.array(tagFilter).optional(),
});

type TagFilter = z.infer<typeof tagFilter>;

/**
 * Lists the jobs of the request's region. TotalCount counts the matches before paging.
 *
 * Fields and limits: dts v20180330. Undocumented, so assumed: a blank JobId or JobName doesn't
 * filter, all TagFilters must match, any one of a filter's TagValues is enough (without values, any
 * value matches), the default order is the endpoint's `listFirst`, and `Order` alone means ASC.
 */
export const describeMigrateJobs: Action = (parameters, context) => {
  const { nowMs, region, jobs, language, rules } = context;
  const parsed = parseParameters(describeMigrateJobsRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { JobId = '', JobName = '', Order, OrderSeq, Offset, Limit } = parsed.value;
  const filters = parsed.value.TagFilters ?? [];
  const seen = [...jobs.values()].filter((job) => isSeen(job, '2018-03-30', region));
  for (const job of seen) advance(job, nowMs, rules.pace);
  const matching = seen.filter(
    (job) =>
      (JobId === '' || job.jobId === JobId) &&
      (JobName === '' || nameMatches(job.request.JobName, JobName, rules.nameMatch)) &&
      filters.every((filter) => tagMatches(job, filter)),
  );
  const keyOf = sortKeys[Order ?? 'CreateTime'];
  const usualOrder = rules.listFirst === 'newest' ? 'DESC' : 'ASC';
  const descending = (OrderSeq ?? (Order === undefined ? usualOrder : 'ASC')) === 'DESC';
  // The sort is stable: equal jobs stay oldest first, or newest first if descending.
  const ordered = matching.sort((a, b) => compare(keyOf(a), keyOf(b)));
  if (descending) ordered.reverse();
  return {
    kind: 'accepted',
    fields: {
      TotalCount: ordered.length,
      JobList: ordered
        .slice(Offset, Offset + Limit)
        .map((job) => migrateJobInfo(job, nowMs, rules.pace, language)),
    },
  };
};

const sortKeys: Readonly<Record<(typeof ORDERS)[number], (job: DtsJob) => string | number>> = {
  JobId: (job) => job.jobId,
  Status: (job) => statusNumber(job.status),
  JobName: (job) => job.request.JobName,
  MigrateType: (job) => job.request.MigrateOption.MigrateType ?? 0,
  RunMode: (job) => job.request.MigrateOption.RunMode,
  CreateTime: (job) => job.createdAtMs,
};

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function nameMatches(name: string, wanted: string, match: 'exact' | 'fuzzy'): boolean {
  return match === 'exact' ? name === wanted : name.includes(wanted);
}

function tagMatches(job: DtsJob, { TagKey, TagValue = [] }: TagFilter): boolean {
  return (job.request.Tags ?? []).some(
    (tag) =>
      tag.TagKey === TagKey && (TagValue.length === 0 || TagValue.includes(tag.TagValue ?? '')),
  );
}
