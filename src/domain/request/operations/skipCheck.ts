import { showsSkip } from '../../job/job';
import { changeJobRules, type JobLook, type OperatedJob } from './changeJob';
import type { OperationNamed } from './operation';
import type { OperationRules } from './rules';

/**
 * How the outcome of skipping items of a check changes a request. The job keeps its status, so its
 * check shows whether an unanswered call took effect.
 */
export function skipCheckRules(
  operation: OperationNamed['skip_check'],
): OperationRules<OperatedJob, JobLook> {
  const rules = changeJobRules(operation);
  return {
    ...rules,
    judge(look, call) {
      if (look.kind === 'failed') return rules.judge(look, call);
      const { job } = look;
      const shows = showsSkip(job, operation.skips);
      if (shows === undefined) return { kind: 'not_shown' };
      return shows ? { kind: 'done', result: { job } } : { kind: 'no_effect' };
    },
  };
}
