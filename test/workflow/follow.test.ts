import { followJobs } from '../support/followJobs';

/** `test/soak` follows 500, for which each version needs several pages of a list. */
const running = 45;

it(
  `follows ${running} running jobs, some of them watched and half of them in each version, with at most one call a second`,
  () => followJobs(running),
  120_000,
);
