import { z } from 'zod';
import type { Action, ActionContext } from '../endpoint/action';
import { pageOf, pageParameters } from '../endpoint/page';
import { parseParameters } from '../endpoint/parseParameters';
import { advance } from './advance';
import { checkResults } from './checks';
import type { DtsJob } from './dtsJob';
import { findJob, isSeen, onlyJobId } from './findJob';
import { NOT_FOUND } from './jobAction';
import { type ItemContext, migrationDetail, migrationItem } from './migrationItem';

const VERSION = '2021-12-06';

const text = z.string().default('');
const list = z.array(z.string()).default([]);

const describeMigrationJobsRequest = z.strictObject({
  ...{ JobId: text, JobName: text, Status: list, SrcInstanceId: text, SrcRegion: text },
  ...{ SrcDatabaseType: list, SrcAccessType: list, DstInstanceId: text, DstRegion: text },
  ...{ DstDatabaseType: list, DstAccessType: list },
  RunMode: z.enum(['', 'immediate', 'timed']).default(''),
  OrderSeq: z.enum(['asc', 'desc']).default('desc'),
  ...pageParameters(100),
  TagFilters: z.array(z.strictObject({ TagKey: z.string().min(1), TagValue: list })).default([]),
});

type Request = z.infer<typeof describeMigrationJobsRequest>;

const itemContext = ({ nowMs, language, rules }: ActionContext): ItemContext => {
  const { pace, listsActions, likeExamples } = rules;
  return { nowMs, language, pace, listsActions, likeExamples };
};

/** Lists the region's jobs, the newest first. A blank filter does not filter. */
export const describeMigrationJobs: Action = (parameters, context) => {
  const parsed = parseParameters(describeMigrationJobsRequest, parameters);
  if (parsed.kind === 'refused') return parsed;
  const { nowMs, region, jobs, rules } = context;
  const seen = [...jobs.values()].filter((job) => isSeen(job, VERSION, region));
  for (const job of seen) advance(job, nowMs, rules.pace);
  const matching = seen
    .filter((job) => matches(job, parsed.value, rules.nameMatch))
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
  if (parsed.value.OrderSeq === 'desc') matching.reverse();
  return {
    kind: 'accepted',
    fields: {
      TotalCount: matching.length,
      JobList: pageOf(matching, parsed.value).map((job) =>
        migrationItem(job, itemContext(context)),
      ),
    },
  };
};

function matches(job: DtsJob, wanted: Request, nameMatch: 'exact' | 'fuzzy'): boolean {
  const { request } = job;
  const { JobName } = request;
  const runMode = request.MigrateOption.RunMode === 2 ? 'timed' : 'immediate';
  const oneOf = (values: readonly string[], value: string): boolean =>
    values.length === 0 || values.includes(value);
  const is = (value: string, own: string | undefined): boolean => value === '' || value === own;
  const hasName =
    nameMatch === 'exact' ? JobName === wanted.JobName : JobName.includes(wanted.JobName);
  return (
    is(wanted.JobId, job.jobId) &&
    (wanted.JobName === '' || hasName) &&
    oneOf(wanted.Status, job.status) &&
    is(wanted.SrcInstanceId, request.SrcInfo.InstanceId) &&
    is(wanted.SrcRegion, request.SrcInfo.Region) &&
    oneOf(wanted.SrcDatabaseType, request.SrcDatabaseType) &&
    oneOf(wanted.SrcAccessType, request.SrcAccessType) &&
    is(wanted.DstInstanceId, request.DstInfo.InstanceId) &&
    is(wanted.DstRegion, request.DstInfo.Region) &&
    oneOf(wanted.DstDatabaseType, request.DstDatabaseType) &&
    oneOf(wanted.DstAccessType, request.DstAccessType) &&
    is(wanted.RunMode, runMode) &&
    wanted.TagFilters.every(({ TagKey, TagValue }) =>
      (request.Tags ?? []).some(
        (tag) => tag.TagKey === TagKey && oneOf(TagValue, tag.TagValue ?? ''),
      ),
    )
  );
}

/** One job with everything that 2021-12-06 knows about it. */
export const describeMigrationDetail: Action = (parameters, context) => {
  const parsed = parseParameters(onlyJobId, parameters);
  if (parsed.kind === 'refused') return parsed;
  const found = findJob(parsed.value.JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  return { kind: 'accepted', fields: migrationDetail(found.job, itemContext(context)) };
};

/** The result of the last check: a list of items, each with its remedy. */
export const describeMigrationCheckJob: Action = (parameters, context) => {
  const parsed = parseParameters(onlyJobId, parameters);
  if (parsed.kind === 'refused') return parsed;
  const found = findJob(parsed.value.JobId, VERSION, context, NOT_FOUND);
  if (found.kind === 'refused') return found;
  const { nowMs, language, rules } = context;
  const { check } = found.job;
  const results = checkResults(found.job, nowMs, rules.pace, language);
  const isOver = check?.finishedAtMs !== undefined;
  const hasFailed = results.some(({ state, isSkipped }) => state === 'failed' && !isSkipped);
  return {
    kind: 'accepted',
    fields: {
      Status: check === undefined ? 'notStarted' : isOver ? 'success' : 'running',
      BriefMsg: isOver ? (hasFailed ? 'failed' : 'success') : '',
      CheckFlag: isOver ? (hasFailed ? 'checkNotPass' : 'checkPass') : '',
      StepInfo: results.map(({ id, name, state, isSkipped, finding }, index) => ({
        StepNo: index,
        StepId: id,
        StepName: name,
        StepStatus: state,
        StepMessage: '',
        HasSkipped: isSkipped,
        DetailCheckItems:
          finding === undefined
            ? []
            : [
                {
                  CheckItemName: name,
                  Description: '',
                  CheckResult: state,
                  FailureReason: finding.reason,
                  Solution: finding.solution,
                  ErrorLog: [finding.log],
                  HelpDoc: [finding.helpDoc],
                  SkipInfo: finding.skipRisk,
                },
              ],
      })),
    },
  };
};
