import { rechecks } from '../../support/approvedBefore';

it.each(rechecks)('a request that $state $name', ({ run }) => run());
