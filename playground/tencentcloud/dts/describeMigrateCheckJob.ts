import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { checkPercent, checkResults } from './checks';
import { findJob, onlyJobId } from './findJob';

/** The result of the last check, as 2018-03-30 shows it: one text for all failures. */
export const describeMigrateCheckJob: Action = (parameters, context) => {
  const parsed = parseParameters(onlyJobId, parameters);
  if (parsed.kind === 'refused') return parsed;
  const found = findJob(parsed.value.JobId, '2018-03-30', context);
  if (found.kind === 'refused') return found;
  const { job } = found;
  const { nowMs, language, rules } = context;
  const percent = checkPercent(job, nowMs, rules.pace);
  const fields = { ErrorCode: 0, ErrorMessage: '', Progress: String(percent), CheckFlag: 3 };
  if (job.check === undefined) {
    return { kind: 'accepted', fields: { ...fields, Status: 'unavailable' } };
  }
  if (job.check.finishedAtMs === undefined) {
    const Status = percent === 0 ? 'starting' : 'running';
    return { kind: 'accepted', fields: { ...fields, Status } };
  }
  const failures = checkResults(job, nowMs, rules.pace, language)
    .filter(({ state, isSkipped }) => state === 'failed' && !isSkipped)
    .map(({ finding }) => `${finding?.reason ?? ''}[${finding?.log ?? ''}]`);
  const result =
    failures.length === 0
      ? { ErrorCode: 0, ErrorMessage: 'ok', CheckFlag: 1 }
      : { ErrorCode: -1, ErrorMessage: failures.join('\n'), CheckFlag: 0 };
  return { kind: 'accepted', fields: { ...fields, ...result, Status: 'finished' } };
};
