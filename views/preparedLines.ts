import type { CheckItem } from '../src/domain/job/job';
import type { MigrationRequest } from '../src/domain/request/request';
import { refusalOfStart } from '../src/domain/request/startApproval';
import type { Messages } from '../src/i18n/locales';
import { code, inLine, type Part, type Text } from '../src/i18n/text';
import { cut } from './plainText';

const mostItems = 3;
const longestName = 100;

/** What approvers of a start have to know about the job: its ID, and the result of its check. */
export function preparedLines(
  messages: Messages,
  request: MigrationRequest,
  partOf: (jobId: string) => Part,
): Text[] {
  const { job, state } = request;
  if (state.status !== 'prepared') return [];
  const { label, prepared } = messages.job;
  const id = partOf(state.jobId);
  switch (job?.status) {
    case undefined:
    case 'creating':
    case 'created':
      return [prepared.waits(id)];
    case 'check_passed':
      return [
        inLine(prepared.passed(id), prepared.approvalStarts),
        ...checkSummary(messages, job?.checks ?? []),
      ];
    case 'check_failed':
      return [prepared.failed(id), ...checkSummary(messages, job?.checks ?? [])];
    default: {
      const said = job?.status === 'other' ? cut(job.said, longestName) : undefined;
      const status = prepared.other(id, said ?? label[job?.status ?? 'other']);
      // Someone started the job in the console.
      return refusalOfStart(request) === undefined
        ? [inLine(status, prepared.startedElsewhere)]
        : [status];
    }
  }
}

/** How many items had each result, and the first ones that didn't pass. */
function checkSummary({ job: words }: Messages, checks: readonly CheckItem[]): Text[] {
  if (checks.length === 0) return [];
  const { thread } = words;
  const count = (wanted: CheckItem['result']): number =>
    checks.filter(({ result }) => result === wanted).length;
  const failed = checks.filter(({ result }) => result === 'failed');
  const warned = checks.filter(({ result }) => result === 'warning');
  return [
    thread.checked(count('passed'), warned.length, failed.length, count('skipped')),
    ...[...failed, ...warned]
      .slice(0, mostItems)
      .map(({ name, result }) =>
        thread.checkItem(code(cut(name, longestName)), result === 'failed', undefined),
      ),
  ];
}
