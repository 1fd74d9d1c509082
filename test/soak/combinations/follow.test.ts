import { mostWatched } from '../../../src/domain/request/watch';
import { followJobs } from '../../support/followJobs';

const running = 5 * mostWatched.byAll;

it(`follows ${running} running jobs, ${mostWatched.byAll} of them watched and half of them in each version, with at most one call a second`, () =>
  followJobs(running));
