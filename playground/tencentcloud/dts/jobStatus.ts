/** The versions of the API that act on migration jobs. */
export const versions = ['2018-03-30', '2021-12-06'] as const;
export type Version = (typeof versions)[number];

/** What can be done with a job. `destroy` is `offline` in the API's list of actions. */
export type JobAction =
  | 'check'
  | 'modify'
  | 'skip'
  | 'start'
  | 'pause'
  | 'continue'
  | 'resume'
  | 'complete'
  | 'stop'
  | 'delete'
  | 'isolate'
  | 'recover'
  | 'destroy';

interface StatusRow {
  /** The status in 2018-03-30. */
  readonly number: number;
  /** The actions that 2018-03-30 accepts. */
  readonly in2018: readonly JobAction[];
  /** The actions that 2021-12-06 accepts. */
  readonly in2021: readonly JobAction[];
}

/** 2018-03-30 has no number for a job that is paused or waits for a retry. */
const UNKNOWN = 23;

/**
 * All statuses, as 2021-12-06 writes them, and what each version accepts in them.
 *
 * Documented for 2018-03-30: start in 4, stop in 7 and 8, complete in 8, modify in 1, 4, 5 and 10,
 * delete in all but 3, 7, 8, 11 and 12. Documented for 2021-12-06: start after checkPass, complete
 * in readyComplete, stop in running, readyRun, readyComplete, error, paused and unknown, resume
 * after an error. Assumed: check where modify is possible and nothing has failed, pause only in
 * running, isolate where 2018-03-30 deletes, and which numbers 2018-03-30 has for the newer
 * statuses.
 */
const table = {
  creating: { number: 1, in2018: ['check', 'modify', 'delete'], in2021: [] },
  created: {
    number: 2,
    in2018: ['check', 'modify', 'delete'],
    in2021: ['modify', 'check', 'isolate'],
  },
  checking: { number: 3, in2018: [], in2021: [] },
  checkPass: {
    number: 4,
    in2018: ['check', 'modify', 'start', 'delete'],
    in2021: ['modify', 'check', 'start', 'isolate'],
  },
  checkNotPass: {
    number: 5,
    in2018: ['check', 'modify', 'delete'],
    in2021: ['modify', 'check', 'skip', 'isolate'],
  },
  readyRun: { number: 6, in2018: ['delete'], in2021: ['stop', 'isolate'] },
  running: { number: 7, in2018: ['stop'], in2021: ['pause', 'stop'] },
  readyComplete: { number: 8, in2018: ['stop', 'complete'], in2021: ['stop', 'complete'] },
  completing: { number: 12, in2018: [], in2021: [] },
  success: { number: 9, in2018: ['delete'], in2021: ['isolate'] },
  failed: { number: 10, in2018: ['modify', 'delete'], in2021: ['isolate'] },
  stopping: { number: 11, in2018: [], in2021: [] },
  canceled: { number: 10, in2018: ['modify', 'delete'], in2021: ['isolate'] },
  pausing: { number: UNKNOWN, in2018: ['delete'], in2021: [] },
  manualPaused: {
    number: UNKNOWN,
    in2018: ['delete'],
    in2021: ['continue', 'stop', 'isolate'],
  },
  resumableErr: { number: UNKNOWN, in2018: ['delete'], in2021: ['resume', 'stop', 'isolate'] },
  resuming: { number: UNKNOWN, in2018: ['delete'], in2021: [] },
  error: { number: 10, in2018: ['modify', 'delete'], in2021: ['resume', 'stop', 'isolate'] },
  unknown: { number: UNKNOWN, in2018: ['delete'], in2021: ['stop'] },
} as const satisfies Readonly<Record<string, StatusRow>>;

export type JobStatus = keyof typeof table;

export const STATUS_CREATING = table.creating.number;
/** Created but not checked. Only the documentation of 2018 lists it. */
export const STATUS_CREATED = table.created.number;

/** The `Status` of 2018-03-30. */
export function statusNumber(status: JobStatus): number {
  return table[status].number;
}

/** What decides about actions in addition to the status. */
export interface ActionFacts {
  readonly status: JobStatus;
  readonly engine: string;
  readonly isBilled: boolean;
  readonly isIsolated: boolean;
}

/** The actions that a version accepts now. */
export function allowedActions(
  { status, engine, isBilled, isIsolated }: ActionFacts,
  version: Version,
): readonly JobAction[] {
  const isOld = version === '2018-03-30';
  if (isIsolated) return isOld ? [] : ['recover', 'destroy'];
  const { in2018, in2021 } = table[status];
  if (isOld) return in2018;
  const extra: JobAction[] = [];
  // The documentation allows a failed migration of redis to be resumed, too.
  if (status === 'failed' && engine === 'redis') extra.push('resume');
  // The official example isolates a billed job in readyComplete.
  if (isBilled && (status === 'running' || status === 'readyComplete')) extra.push('isolate');
  return [...in2021, ...extra];
}
