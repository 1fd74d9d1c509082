import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { allowedHost } from '../cast';
import { fillForm } from '../fillForm';
import { ALICE, BOB, MEI, type Message } from '../slack/index';
import {
  approve,
  canary,
  exampleForm,
  expect,
  labelOf,
  nameOf,
  reply,
  request,
  type Stage,
  say,
  send,
  storedCanary,
  title,
} from './stage';
import { words } from './words';

/** Fields of the example that other engines don't have. */
const notMysql = {
  'SrcInfo.Supplier': undefined,
  'MigrateOption.IsOverrideRoot': undefined,
  DstDatabaseType: undefined,
};

export async function aRedisRequest(stage: Stage): Promise<void> {
  title(words.redis.title);
  const { slack } = stage;
  const mei = slack.as(MEI);
  await mei.shortcut('request_migration');
  await slack.until(() => mei.view(), { what: 'the form' });
  await fillForm(slack, mei, {
    JobName: 'sessions',
    SrcDatabaseType: 'redis',
    SrcAccessType: 'dcg',
    'SrcInfo.Region': 'ap-guangzhou',
  });
  say(nameOf(slack, MEI), words.redis.chooses);
  const UniqDcgId = await pick(stage, MEI, 'SrcInfo.UniqDcgId', '');
  const VpcId = await pick(stage, MEI, 'SrcInfo.VpcId', '');
  const SubnetId = await pick(stage, MEI, 'SrcInfo.SubnetId', '');
  const InstanceId = await pick(stage, MEI, 'DstInfo.InstanceId', '');
  await fillForm(slack, mei, {
    'SrcInfo.Ip': '10.0.0.5',
    'SrcInfo.Port': '6379',
    'SrcInfo.Password.Source': 'typed',
    'SrcInfo.Password': canary,
    'DstInfo.Password.Source': 'typed',
    'DstInfo.Password': canary,
    'MigrateOption.MigrateType': '3',
    'MigrateOption.ExternParams.ReplTimeout': '120',
    Reason: words.redis.reason,
  });
  const card = await send(stage, MEI);
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  received(stage, {
    JobName: 'sessions',
    MigrateOption: {
      RunMode: 1,
      MigrateType: 3,
      MigrateObject: 1,
      ConsistencyType: 1,
      ExternParams: '{"ReplTimeout":120}',
    },
    SrcDatabaseType: 'redis',
    SrcAccessType: 'dcg',
    SrcInfo: {
      Region: 'ap-guangzhou',
      Supplier: 'others',
      Ip: '10.0.0.5',
      Port: 6379,
      UniqDcgId,
      VpcId,
      SubnetId,
      Password: canary,
    },
    DstDatabaseType: 'redis',
    DstAccessType: 'cdb',
    DstInfo: { Region: 'ap-shanghai', InstanceId, Password: canary },
  });
}

/** A scheduled PostgreSQL migration of selected tables. Returns the card. */
export async function aScheduledRequest(stage: Stage): Promise<Message> {
  title(words.scheduled.title);
  const { slack } = stage;
  const card = await request(stage, ALICE, {
    ...notMysql,
    JobName: 'shop-tables',
    SrcDatabaseType: 'postgresql',
    'DstInfo.InstanceId': 'postgres-1a2b3c4d',
    'MigrateOption.MigrateObject': '2',
    DatabaseInfo: 'shop.public.orders\nshop.public."odd.name"\nstock',
    'MigrateOption.RunMode': '2',
    'MigrateOption.ExpectTime': String(Date.UTC(2031, 4, 3, 20, 0) / 1_000),
  });
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  received(stage, scheduled('shop-tables'));
  say(nameOf(slack, ALICE), words.scheduled.time);
  return card;
}

const scheduled = (JobName: string) => ({
  JobName,
  MigrateOption: {
    RunMode: 2,
    ExpectTime: '2031-05-04 04:00:00',
    MigrateType: 1,
    MigrateObject: 2,
    ConsistencyType: 1,
  },
  SrcDatabaseType: 'postgresql',
  SrcAccessType: 'extranet',
  SrcInfo: {
    Region: 'ap-guangzhou',
    Supplier: 'others',
    Ip: '14.17.22.36',
    Port: 10301,
    User: 'root',
    Password: canary,
  },
  DstDatabaseType: 'postgresql',
  DstAccessType: 'cdb',
  DstInfo: { Region: 'ap-shanghai', InstanceId: 'postgres-1a2b3c4d' },
  DatabaseInfo:
    '[{"Database":"shop","Schema":"public","Table":["orders","odd.name"]},{"Database":"stock"}]',
});

export async function aClone(stage: Stage, original: Message): Promise<void> {
  title(words.clone.title);
  const { slack } = stage;
  const mei = slack.as(MEI);
  await mei.click(original, 'clone');
  await slack.until(() => JSON.stringify(mei.view()?.blocks ?? []).includes('SrcInfo.Ip'), {
    what: 'the filled form',
  });
  say(nameOf(slack, MEI), words.clone.opens(labelOf(slack, original, 'clone')));
  const form = JSON.stringify(mei.view());
  expect(!form.includes(canary), 'the clone has the password');
  await fillForm(slack, mei, { JobName: 'shop-tables-2', 'SrcInfo.Password': canary });
  const card = await send(stage, MEI, false);
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  received(stage, scheduled('shop-tables-2'));
}

export async function aStoredSecret(stage: Stage): Promise<void> {
  title(words.secret.title);
  const { slack, dts } = stage;
  const alice = slack.as(ALICE);
  await alice.command(stage.channel, '/migrate', 'new orders-to-shanghai');
  await slack.until(() => alice.view(), { what: 'the form' });
  say(nameOf(slack, ALICE), words.secret.preset);
  await fillForm(slack, alice, {
    JobName: 'orders',
    'SrcInfo.Ip': '14.17.22.99',
    'SrcInfo.Port': '3306',
    'SrcInfo.User': 'orders',
    'MigrateOption.MigrateType': '3',
    Reason: exampleForm.Reason,
  });
  await pick(stage, ALICE, 'SrcInfo.Password.Source', 'orders');
  await alice.submit();
  const told = await slack.until(
    () => noticeOf(stage, ALICE).includes('14.17.22.99') && noticeOf(stage, ALICE),
    { what: 'the refusal' },
  );
  say(words.secret.givenBack, told);

  await fillForm(slack, alice, { 'SrcInfo.Ip': allowedHost });
  const card = await send(stage, ALICE);
  expect(dts.callsOf('GetSecretValue').length === 0, 'the secret was read before the approval');
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  expect(dts.callsOf('GetSecretValue').length === 1, 'the secret was not read just once');
  const body: unknown = dts.callsOf('CreateMigrateJob').at(-1)?.body;
  expect(JSON.stringify(body).includes(storedCanary), 'DTS never got the secret');
  say(words.cloud, words.secret.once);
}

/** The notice above the fields of the form in front. */
function noticeOf({ slack }: Stage, userId: string): string {
  const view = slack.as(userId).view();
  return view === undefined ? '' : (slack.render(view).split('\n')[1] ?? '');
}

/** Types in a lookup field, shows its options, and chooses the first one. */
async function pick(
  { slack }: Stage,
  userId: string,
  blockId: string,
  typed: string,
): Promise<string> {
  const person = slack.as(userId);
  await slack.until(() => JSON.stringify(person.view()?.blocks ?? []).includes(`"${blockId}"`), {
    what: blockId,
  });
  let offered = await person.suggest(blockId, typed);
  // The form may not know yet what was chosen before.
  for (let searches = 1; offered[0]?.value === '-' && searches < 40; searches += 1) {
    await sleep(50);
    offered = await person.suggest(blockId, typed);
  }
  const [first] = offered;
  if (first === undefined) throw new Error(`${blockId} offers nothing`);
  const list = offered.slice(0, 4).map(({ text }) => text);
  say(nameOf(slack, userId), words.redis.offered(typed, blockId, list));
  await person.fill({ [blockId]: first.value });
  return first.value;
}

/** Checks that the newest call has exactly this body. */
function received({ dts }: Stage, body: object): void {
  const call = dts.callsOf('CreateMigrateJob').at(-1);
  expect(
    isDeepStrictEqual(call?.body, body),
    `another body: ${JSON.stringify(call?.body)} instead of ${JSON.stringify(body)}`,
  );
  say(words.cloud, words.redis.received);
}
