import type { KnownBlock, View } from '@slack/types';
import { revisionOf } from '../../views/cardButtons';
import { buildDecisionForm, decisions } from '../../views/decisionForm';
import { buildDetails } from '../../views/details';
import { factsOf } from '../../views/glance';
import { buildHome } from '../../views/home';
import { buildNoticeView } from '../../views/noticeView';
import { buildRequestCard } from '../../views/requestCard';
import { buildRequestForm } from '../../views/requestForm';
import { buildSkipForm } from '../../views/skipForm';
import type { Overview } from '../domain/channel/home';
import { parseForm } from '../domain/form/form';
import { sourceEngines } from '../domain/migration/engines';
import { withNewFields } from '../domain/migration/fields';
import type { Rule } from '../domain/policy/policy';
import type { MigrationRequest } from '../domain/request/request';
import { waitFrom } from '../domain/request/waiting';
import type { Messages } from '../i18n/locales';
import { say } from '../i18n/text';

/** A view, or the blocks of a message, with example data. `content` is what `blocks.validate` takes. */
export interface Example {
  kind: string;
  content: { view: View } | { message: { blocks: KnownBlock[] } };
}

const values = {
  JobName: 'example',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  'SrcInfo.Region': 'ap-guangzhou',
  'SrcInfo.Ip': '14.17.22.36',
  'SrcInfo.Port': '3306',
  'SrcInfo.User': 'root',
  'SrcInfo.Password': 'example',
  'DstInfo.Region': 'ap-guangzhou',
  'DstInfo.InstanceId': 'cdb-12345678',
  'MigrateOption.MigrateType': '3',
  'MigrateOption.MigrateObject': '1',
  Reason: 'example',
} as const;
const typed = { typed: true, stored: false };
const offer = { typed: true, stored: true };
const site = 'mainland';
const at = new Date('2026-01-01T00:00:00Z');

/** One example of each kind of view and message that people see. */
export function exampleViews(messages: Messages, rule: Rule, version: string): Example[] {
  const parsed = parseForm(values, typed);
  if (!parsed.ok) throw new Error(`the example is invalid: ${Object.keys(parsed.problems)}`);
  const waiting: MigrationRequest = {
    ...{ id: 1, origin: 'V1', version: 1, revision: 1, revisedBy: 'V1', editors: [], rule },
    ...{ askedIn: undefined, channel: rule.channel, requester: { userId: 'U0', name: 'Example' } },
    ...{ parameters: parsed.draft.parameters, reason: values.Reason, observed: {}, altered: [] },
    secrets: { 'SrcInfo.Password': { kind: 'typed' } },
    ...{ askedAt: at, state: waitFrom(rule, at), job: undefined },
  };
  const created: MigrationRequest = {
    ...waiting,
    state: { status: 'created', approvals: [], jobId: 'dts-12345678', at },
    job: {
      api: '2021-12-06',
      status: 'ready_run',
      said: 'readyRun',
      steps: [],
      errors: [],
      since: at,
      seenAt: at,
    },
  };
  const page = (request: MigrationRequest) => ({ requests: [request], more: true });
  const overview: Overview = {
    ...{ page: 0, waiting: page(waiting), jobs: page(created), mine: page(waiting) },
    ...{ lately: page(created), unsure: { waiting: true, lately: true } },
  };
  const facts = factsOf(messages, waiting, site);
  const remembered = { subject: `${revisionOf(waiting)}:${values['DstInfo.InstanceId']}` };
  const item = {
    id: 'ConstraintCheck',
    name: 'example',
    result: 'failed',
    skipRisk: 'example',
  } as const;
  const forms = sourceEngines.map((engine): Example => {
    const begun = { ...values, SrcDatabaseType: engine, Advanced: 'on' };
    const drawn = withNewFields(begun, offer, () => false);
    const view = buildRequestForm(messages, { values: drawn, offer });
    return { kind: `form (${engine})`, content: { view } };
  });
  const home = buildHome(
    messages,
    { channel: rule.channel, version, workspaceUrl: undefined },
    { kind: 'overview', overview, filter: {}, cards: new Map() },
  );
  const card = (request: MigrationRequest) => ({
    message: { blocks: buildRequestCard(messages, request, site).blocks },
  });
  return [
    ...forms,
    ...decisions.map(
      (decision): Example => ({
        kind: decision,
        content: { view: buildDecisionForm(messages, decision, remembered, facts) },
      }),
    ),
    {
      kind: 'skip_check',
      content: { view: buildSkipForm(messages, remembered, facts, [item], undefined) },
    },
    { kind: 'details', content: { view: buildDetails(messages, waiting, [], site) } },
    { kind: 'notice', content: { view: buildNoticeView(messages, say`${messages.sent.sending}`) } },
    { kind: 'home', content: { view: home } },
    { kind: 'card (pending)', content: card(waiting) },
    { kind: 'card (created)', content: card(created) },
  ];
}
