import { followJobs } from '../support/followJobs';

/** Each version needs two pages of a list. `test/soak` follows more. */
const running = 205;

it(
  `follows ${running} running jobs, some of them watched and half of them in each version, with at most one call a second`,
  () => followJobs(running),
  120_000,
);
