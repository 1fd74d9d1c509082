import type { MigrationRequest } from '../src/domain/request/request';
import { isStartLost, refusalOfStart } from '../src/domain/request/startApproval';
import type { Messages } from '../src/i18n/locales';
import { inLine, type Part, type Text } from '../src/i18n/text';
import { checkLines } from './jobLines';
import { jobLabel } from './progress';

const mostChecks = 3;

/** What approvers of a start have to know about the job: its ID, and the result of its check. */
export function preparedLines(
  messages: Messages,
  request: MigrationRequest,
  partOf: (jobId: string) => Part,
): Text[] {
  const { job, state } = request;
  // The status says what to do once the job is gone.
  if (state.status !== 'prepared' || isStartLost(request)) return [];
  const { prepared } = messages.job;
  const id = partOf(state.jobId);
  if (job === undefined) return [prepared.waits(id)];
  const checks = checkLines(messages, job.checks ?? [], { most: mostChecks, withRemedies: false });
  switch (job.status) {
    case 'creating':
    case 'created':
      return [prepared.waits(id)];
    case 'check_passed':
      return [inLine(prepared.passed(id), prepared.approvalStarts), ...checks];
    case 'check_failed':
      return [prepared.failed(id), ...checks];
    default: {
      const status = prepared.other(id, jobLabel(messages, job));
      // Someone started the job in the console.
      return refusalOfStart(request) === undefined
        ? [inLine(status, prepared.startedElsewhere)]
        : [status];
    }
  }
}
