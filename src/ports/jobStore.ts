import type { FollowedJob } from '../domain/job/followed';
import type { JobApi } from '../domain/job/job';

/** A job that Ferry has to ask for. */
export interface DueJob {
  requestId: number;
  jobId: string;
  region: string;
  api: JobApi | undefined;
  /** When Ferry saw it last. */
  seenAt: Date | undefined;
}

/** The message with a job's progress. */
export interface Progress {
  /** `undefined` while a post may be in transit. */
  ts: string | undefined;
  digest: string;
  at: Date;
}

/** The jobs that Ferry follows. Every function rejects when the store fails. */
export interface JobStore {
  /** The first due job at `now`, except for the ids in `except`, and when the next one is due. */
  due(now: Date, except: readonly number[]): Promise<{ ids: number[]; next: Date | undefined }>;
  /** Claims all due jobs for one process, until it stores something about them or `until`. */
  claimDue(now: Date, until: Date): Promise<readonly DueJob[]>;
  /**
   * Stores a job whose status didn't change. Does nothing if the request has another version, because
   * a later event may have stored newer facts.
   */
  save(
    of: { id: number; version: number },
    job: FollowedJob,
    lookAt: Date | undefined,
  ): Promise<void>;
  /** The message with the job's progress; `undefined` if none was posted. */
  progress(requestId: number): Promise<Progress | undefined>;
  /** Rejects if Ferry doesn't follow a job of the request. */
  saveProgress(requestId: number, progress: Progress): Promise<void>;
  /** Asks for the job at another time, even if it has ended. */
  lookAt(requestId: number, at: Date): Promise<void>;
  /** Asks for the job at another time, unless Ferry no longer follows it. */
  postpone(requestId: number, at: Date): Promise<void>;
}
