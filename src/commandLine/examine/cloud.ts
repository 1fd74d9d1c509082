import { describeAccount } from '../../describeProblems';
import { isForbiddenProblem } from '../../domain/errors/callProblem';
import { explainInLine } from '../../i18n/explain';
import { checkAccess } from '../../tencentcloud/checkAccess';
import { checkPermissions } from '../../tencentcloud/checkPermissions';
import { checkAccount } from '../../tencentcloud/identifyAccount';
import { abandonSlowCall, type Examined } from './examined';
import { doubtful, type Finding, fine, wrong } from './finding';

export async function examineCloud(examined: Examined): Promise<Finding[]> {
  const keys = await examineKeys(examined);
  if (keys?.verdict === 'wrong') return [keys];
  return [
    ...(keys === undefined ? [] : [keys]),
    ...(await examineAccount(examined)),
    ...(await examineAccess(examined)),
  ];
}

/** Keys in the settings need no separate check: the calls below prove them. */
async function examineKeys({ account, messages }: Examined): Promise<Finding | undefined> {
  const { credentials } = account;
  const words = messages.doctor.keys;
  const current = await credentials.current();
  const { expiresAt, source } = credentials.state();
  if (source === 'keys') return undefined;
  return current.ok
    ? fine('keys', words.valid(words.sources[source], expiresAt?.toISOString()))
    : wrong('keys', words.none(words.sources[source], current.detail, words.advice[source]));
}

async function examineAccount({ account, config, messages, region }: Examined): Promise<Finding[]> {
  const { allowedAccountIds } = config.tencentCloud;
  if (allowedAccountIds.length === 0) return [];
  const problem = await checkAccount(account, region, allowedAccountIds);
  return [
    problem === undefined
      ? fine('account', messages.doctor.account)
      : wrong('account', describeAccount(problem, config.locale)),
  ];
}

async function examineAccess(examined: Examined): Promise<Finding[]> {
  const { account, messages, region } = examined;
  const problem = await checkAccess(account, region, abandonSlowCall());
  const permission = 'dts:DescribeMigrateJobs';
  const search =
    problem === undefined
      ? fine('search', messages.doctor.cloud(region))
      : wrong('search', explainInLine(problem, permission, messages));
  // If the key or the address is wrong, no other call can succeed.
  if (problem !== undefined && !isForbiddenProblem(problem)) return [search];
  return [search, ...(await examineRegions(examined)), ...(await examinePermissions(examined))];
}

/** Calls DTS in each other region that the policy names. Finance regions have separate hosts. */
async function examineRegions(examined: Examined): Promise<Finding[]> {
  const { account, config, messages } = examined;
  const named = config.policy.rules.flatMap(({ when }) => when.destinationRegions ?? []);
  const others = [...new Set(named)].filter((each) => each !== examined.region);
  return Promise.all(
    others.map(async (region) => {
      const problem = await checkAccess(account, region, abandonSlowCall());
      if (problem === undefined || isForbiddenProblem(problem)) {
        return fine('region', messages.doctor.region.right(region));
      }
      const why = explainInLine(problem, 'dts:DescribeMigrateJobs', messages);
      return wrong('region', messages.doctor.region.wrong(region, why));
    }),
  );
}

async function examinePermissions({
  account,
  config,
  messages,
  region,
}: Examined): Promise<Finding[]> {
  const words = messages.doctor.permissions;
  const isStored = config.secrets.some(({ secret }) => secret.startsWith('ssm:'));
  const uses = [
    'creating',
    'following',
    'results',
    'buttons',
    'lists',
    'cards',
    ...(isStored ? (['secrets'] as const) : []),
  ] as const;
  const lacking = await checkPermissions(account, region, uses, abandonSlowCall);
  if (lacking.length === 0) return [fine('permission', words.all)];
  const unclear = lacking.filter(({ problem }) => !isForbiddenProblem(problem));
  return [
    ...uses.flatMap((use) => {
      const missing = lacking.filter(
        (each) => each.use === use && isForbiddenProblem(each.problem),
      );
      const names = missing.map(({ permission }) => permission);
      return names.length === 0
        ? []
        : [
            (use === 'creating' ? wrong : doubtful)(
              'permission',
              words.missing(names, words.costs[use]),
            ),
          ];
    }),
    ...unclear.map(({ permission, problem }) =>
      doubtful('permission', explainInLine(problem, permission, messages)),
    ),
  ];
}
