import type { App, ReceiverEvent } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { registerHandlers, type SharedContext } from '../../handlers/index';
import { slotKey, slotsOf, stateValues } from '../../playground/slack/blocks/slots';
import type { JsonObject } from '../../playground/slack/json';
import type { Intent, PreparedAction } from '../../src/domain/request/intent';
import { systemClock } from '../../src/operations/systemClock';
import { createApp } from '../../src/slack/createApp';
import { valueAction } from '../../views/requestForm';
import { aRequest } from './aRequest';
import { aRule } from './aRule';
import { openedView, startWebApi, type WebApi } from './webApi';
import { en } from './words';

/** The person and the channel of every delivery. */
export const PERSON = 'U2';
export const CHANNEL = 'C2';

export const viewer = { userId: PERSON, isMember: true };

/** The delivery ID of an interaction. */
export const delivery = expect.stringMatching(/^[\w-]{43}$/);

/** A button without a message, as an earlier version drew it. */
export const shown = { key: undefined, message: undefined };

/** The call before the form of an action on request #7 opens. */
export const checked = (action: PreparedAction, more: object = { shown }) => [
  'refusalBefore',
  { requestId: 7, userId: PERSON, action, delivery, ...more },
];

/** The call for an action on request #7. */
export const acted = (intent: Intent) => [
  'act',
  { requestId: 7, userId: PERSON, intent, delivery, shown },
];

export const onWire = (view: ModalView): object => JSON.parse(JSON.stringify(view));

/** The call that opens a modal with at least these parts. */
export const opened = (view: object) => ({
  method: 'views.open',
  body: { trigger_id: 'trigger', view: expect.objectContaining(view) },
});

/** The call that fills an open modal. */
export const filled = (view: ModalView) => ({
  method: 'views.update',
  body: { view_id: openedView, view: onWire(view) },
});

/** The call that replies to the person alone. */
export const told = (text: string) => ({
  method: 'chat.postEphemeral',
  body: { channel: CHANNEL, user: PERSON, text },
});

/** The handlers, registered with Bolt. The workflow's functions are the test's. */
interface Handlers {
  web: WebApi;
  /** The workflow's functions that handlers called, with their arguments, in order. */
  called: (readonly [name: string, ...args: readonly unknown[]])[];
  /** What was logged, in order. */
  lines: { level: string; message: string; fields: unknown }[];
  /** Replaces functions of the workflow. */
  change(changes: Partial<SharedContext>): void;
  /** Delivers an interaction. Resolves to the acknowledgements once the handler has ended. */
  deliver(body: ReceiverEvent['body'], ack?: () => Promise<void>): Promise<unknown[]>;
  command(text: string, changes?: object): Promise<unknown[]>;
  press(actionId: string, value: string, changes?: object): Promise<unknown[]>;
  submit(view: Partial<SentView>): Promise<unknown[]>;
  /** A person types in a list of a form. */
  suggest(field: string, typed: string, view: SentView): Promise<unknown[]>;
  /** The global shortcut. */
  shortcut(): Promise<unknown[]>;
  /** Forgets what was called, logged and sent, and restores the functions. */
  reset(): void;
  stop(): void;
}

/** Started once for each test file, and reset after each test. */
export let handlers: Handlers;
beforeAll(async () => {
  handlers = await startHandlers();
});
afterEach(() => handlers.reset());
afterAll(() => handlers.stop());

/** The refusal of a request that does not exist. */
export const missing = { code: 'no_such_request', requestId: 7 } as const;

/** A function of the workflow while the store is down. */
export const failing = () => Promise.reject(new Error('no store'));

const person = { id: PERSON, team_id: 'T1' };
const interaction = { user: person, team: { id: 'T1' }, trigger_id: 'trigger' };
const nobody = { requests: [], more: false };

async function startHandlers(): Promise<Handlers> {
  const web = await startWebApi();
  const called: Handlers['called'] = [];
  const lines: Handlers['lines'] = [];
  const note = (level: string) => (message: string, fields?: unknown) =>
    void lines.push({ level, message, fields });
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const usual: SharedContext = {
    clock: systemClock,
    log,
    messagesFor: async () => en,
    admit: async (userId) => ({ ok: true, viewer: { userId, isMember: true } }),
    act: async () => ({ ok: true, request: aRequest() }),
    find: async () => ({ ok: true, request: aRequest() }),
    events: async () => [],
    overview: async () => ({
      page: 0,
      waiting: nobody,
      unsure: { waiting: false, lately: false },
      jobs: nobody,
      mine: nobody,
      lately: nobody,
    }),
    jobs: async (_, page) => ({ ...nobody, page, unsure: false }),
    cardsOf: async (ids) =>
      new Map(ids.map((id) => [id, { channel: CHANNEL, ts: '1.2', digest: '' }])),
    watch: async ({ region = '' }) => ({ kind: 'unknown', region }),
    unwatch: async () => undefined,
    showHome: async () => {},
    suggest: async () => undefined,
    begin: async ({ values }) => ({ values, found: {} }),
    findResources: async () => ({}),
    concerns: () => [],
    submit: async () => ({ kind: 'stored', request: aRequest() }),
    setMuted: async (_, muted) => muted,
    refusalBefore: async () => undefined,
    site: 'international',
    workspaceUrl: 'https://example.slack.com/',
    policy: () => ({ rules: [], otherwise: aRule() }),
    region: 'ap-singapore',
    offer: () => ({ typed: true, stored: false }),
    presets: () => [],
    readAttachment: async () => ({ ok: true, text: 'shop' }),
  };
  let shared = usual;
  let app: Pick<App, 'processEvent'> | undefined;
  const receiver = {
    init: (created: App) => {
      app = created;
    },
    start: async () => {},
    stop: async () => {},
  };
  const created = createApp({
    ...{ token: 'xoxb-only-for-tests', apiUrl: web.url },
    identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
    connection: {
      ...{ receiver, listener: undefined, start: async () => undefined },
      ...{ isUp: () => true, stop: async () => {} },
    },
    log,
    metrics: { measure: () => {} },
  });
  const context = noting(() => shared, called);
  registerHandlers(created.app, context);
  const deliver: Handlers['deliver'] = async (body, ack = async () => {}) => {
    const acknowledgements: unknown[] = [];
    await app?.processEvent({
      body,
      ack: async (answer) => {
        acknowledgements.push(answer);
        await ack();
      },
    });
    await created.idle();
    return acknowledgements;
  };
  return {
    web,
    called,
    lines,
    deliver,
    change(changes) {
      shared = { ...shared, ...changes };
    },
    command: (text, changes = {}) =>
      deliver({
        ...{ command: '/migrate', text, user_id: PERSON, team_id: 'T1', channel_id: CHANNEL },
        ...{ trigger_id: 'trigger', response_url: web.responseUrl, ...changes },
      }),
    press: (actionId, value, changes = {}) =>
      deliver({
        ...interaction,
        type: 'block_actions',
        channel: { id: CHANNEL },
        actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
        ...changes,
      }),
    suggest: (field, typed, view) =>
      deliver({
        ...interaction,
        ...{
          type: 'block_suggestion',
          action_id: valueAction,
          block_id: field,
          value: typed,
          view,
        },
      }),
    shortcut: () => deliver({ ...interaction, type: 'shortcut', callback_id: 'request_migration' }),
    submit: (view) => deliver({ ...interaction, type: 'view_submission', view }),
    reset() {
      shared = usual;
      for (const list of [called, lines, web.calls]) list.length = 0;
    },
    stop: () => web.stop(),
  };
}

/** What handlers read for every interaction; calls of it are not noted. */
const settings = new Set(['admit', 'messagesFor', 'offer', 'policy', 'presets']);

/** The functions, as they are when they are called. Each call is noted. */
function noting(current: () => SharedContext, called: Handlers['called']): SharedContext {
  return new Proxy(current(), {
    get(_, name) {
      const value: unknown = Reflect.get(current(), name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (!settings.has(String(name))) called.push([String(name), ...args]);
        return Reflect.apply(Reflect.get(current(), name), undefined, args);
      };
    },
  });
}

/** A view as Slack delivers it, with the state of its inputs. */
export interface SentView {
  id: string;
  hash: string;
  callback_id: string;
  private_metadata: string;
  blocks: readonly JsonObject[];
  state: { values: unknown };
}

/** A modal that a person submits. `typed`: the texts of inputs that have no initial values. */
export function sent(modal: ModalView, typed: Readonly<Record<string, string>> = {}): SentView {
  const view: JsonObject & { blocks: JsonObject[] } = JSON.parse(JSON.stringify(modal));
  const filled = slotsOf(view.blocks).flatMap(({ actionId, blockId, type }) => {
    const value = typed[blockId];
    return value === undefined ? [] : [[slotKey(blockId, actionId), { type, value }] as const];
  });
  return {
    id: 'V9',
    hash: 'h9',
    callback_id: modal.callback_id ?? '',
    private_metadata: modal.private_metadata ?? '',
    blocks: view.blocks,
    state: { values: stateValues(view.blocks, Object.fromEntries(filled)) },
  };
}
