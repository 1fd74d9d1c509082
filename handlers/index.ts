import { createHash } from 'node:crypto';
import type { App, BlockAction } from '@slack/bolt';
import type { Viewer } from '../src/domain/people/visibility';
import type { Shown } from '../src/domain/request/shown';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import type { PersonAction, PersonCheck } from '../src/workflow/act';
import type { Admission } from '../src/workflow/admit';
import type { Submission } from '../src/workflow/submit';
import type { Found } from '../src/workflow/viewing';
import type { WatchCommand, watch } from '../src/workflow/watch';
import {
  type CardAction,
  cardActions,
  chooseJobAction,
  deleteIdleJobAction,
  menuAction,
  openConsoleAction,
  readMenuValue,
} from '../views/cardButtons';
import { decisionFormId, decisions, readDecisionForm } from '../views/decisionForm';
import { muteAction } from '../views/directMessage';
import { filterAction, requestAction, turnAction } from '../views/home';
import { longestText } from '../views/message';
import { requestFormId, valueAction } from '../views/requestForm';
import { readSkipForm, skipFormId } from '../views/skipForm';
import { unwatchAction } from '../views/watch';
import type { ActingContext, HandlerContext } from './context';
import {
  approveIntent,
  chooseJob,
  decideByButton,
  deleteIdle,
  lookAgain,
  needsForm,
  operateIntent,
  resume,
  takeBack,
  tryAgain,
  withdraw,
} from './decideByButton';
import { openDecisionForm, submitIntent } from './decideInForm';
import { muteOnButton } from './directMessages';
import type {
  ActionArgs,
  ButtonArgs,
  CommandArgs,
  InteractionArgs,
  Listener,
  SubmissionArgs,
} from './listener';
import { offerSuggestions } from './offerSuggestions';
import {
  openFilledOnButton,
  openFormOnButton,
  openFormOnCommand,
  openFormOnShortcut,
} from './openRequestForm';
import type { Purpose } from './refillForm';
import {
  type Refuse,
  refuseAction,
  refuseCommand,
  refuseOptions,
  refuseShortcut,
  refuseSubmission,
} from './refuse';
import { oneAfterTheOther, reshapeRequestForm } from './reshapeRequestForm';
import { showDetails } from './showDetails';
import { filterHome, showHome, turnHome } from './showHome';
import { openSkipForm } from './skipCheck';
import { submitRequestForm } from './submitRequestForm';
import { unwatchOnButton } from './watchJob';

type Unbound =
  | 'messages'
  | 'act'
  | 'find'
  | 'events'
  | 'overview'
  | 'jobs'
  | 'cardsOf'
  | 'watch'
  | 'unwatch'
  | 'submit'
  | 'setMuted'
  | 'refusalBefore';

/** The context of handlers before it is bound to a person and a delivery. */
export interface SharedContext extends Omit<HandlerContext, Unbound> {
  /** The words for a person, within half a second. */
  messagesFor(userId: string | undefined): Promise<Messages>;
  /** Whether Ferry shows a person anything, within a second. */
  admit(userId: string): Promise<Admission>;
  act(action: PersonAction): ReturnType<HandlerContext['act']>;
  find(viewer: Viewer, requestId: number, shown?: Shown): Promise<Found>;
  events(requestId: number): ReturnType<HandlerContext['events']>;
  overview(viewer: Viewer): ReturnType<HandlerContext['overview']>;
  jobs(viewer: Viewer, page: number): ReturnType<HandlerContext['jobs']>;
  cardsOf(requestIds: readonly number[]): ReturnType<HandlerContext['cardsOf']>;
  watch(command: Parameters<typeof watch>[1]): ReturnType<HandlerContext['watch']>;
  unwatch(command: WatchCommand): ReturnType<HandlerContext['unwatch']>;
  submit(submission: Submission): ReturnType<HandlerContext['submit']>;
  setMuted(userId: string, muted: boolean, delivery: string): Promise<boolean>;
  refusalBefore(check: PersonCheck): ReturnType<HandlerContext['refusalBefore']>;
}

/**
 * Registers the handlers for what people do in Slack. Replies are in the person's language. Clicks
 * and shortcuts are acknowledged first, by `acknowledged`. Then `admitted` or `judged` runs the
 * handler: `admitted` gives it the person's data, after it has checked that the person may see
 * anything. `judged` gives it nothing to show: the functions that it calls check the person and
 * record refusals.
 */
export function registerHandlers(app: App, shared: SharedContext): void {
  const { log, messagesFor, showHome: show } = shared;
  const acting = async ({
    context: { userId },
    body,
  }: InteractionArgs): Promise<ActingContext> => ({
    log,
    messages: await messagesFor(userId),
    act: (action) => shared.act({ ...action, delivery: deliveryOf(body) }),
    showHome: show,
  });
  const judged =
    <Args extends InteractionArgs>(handler: (context: ActingContext) => Listener<Args>) =>
    async (args: Args): Promise<void> =>
      handler(await acting(args))(args);
  const admitted =
    <Args extends InteractionArgs>(
      handler: (context: HandlerContext) => Listener<Args>,
      refuse: Refuse<Args>,
    ) =>
    async (args: Args): Promise<void> => {
      const { userId } = args.context;
      const [context, admission] = await Promise.all([
        acting(args),
        userId === undefined ? nobody : shared.admit(userId),
      ]);
      if (admission.ok) {
        await handler(bind(shared, context, admission.viewer, args.body))(args);
        return;
      }
      log.info('nothing was shown to a person', { user: userId, why: admission.refusal.code });
      await refuse(context, args, admission.refusal);
    };
  const button = (id: string | RegExp, listener: Listener<ButtonArgs>): Route<ActionArgs> => [
    id,
    (args) => listener({ ...args, action: { value: valueIn(args.action) } }),
  ];
  const asking = (decision: (typeof decisions)[number]) =>
    admitted((context: HandlerContext) => openDecisionForm(context, decision), refuseAction);
  const atOnce = (change: Parameters<typeof decideByButton>[1]) =>
    judged<ButtonArgs>((context) => decideByButton(context, change));
  const filling = (purpose: Purpose) =>
    admitted((context: HandlerContext) => openFilledOnButton(context, purpose), refuseAction);
  const approveAtOnce = atOnce(approveIntent);
  const approveInForm = asking('approve');
  const resumeAtOnce = atOnce(resume);
  const resumeInForm = asking('resume_job');
  const pressed: Readonly<Record<CardAction, Listener<ButtonArgs>>> = {
    approve: (click) => (needsForm(click.action) ? approveInForm(click) : approveAtOnce(click)),
    approve_with_comment: approveInForm,
    break_glass: asking('break_glass'),
    deny: asking('deny'),
    take_back: atOnce(takeBack),
    withdraw: atOnce(withdraw),
    look_again: atOnce(lookAgain),
    try_again: atOnce(tryAgain),
    details: admitted(showDetails, refuseAction),
    edit: filling('edit'),
    clone: filling('clone'),
    check_job: atOnce(operateIntent('check_job')),
    start_job: atOnce(operateIntent('start_job')),
    modify_job: filling('modify_job'),
    skip_check: admitted(openSkipForm, refuseAction),
    pause_job: atOnce(operateIntent('pause_job')),
    continue_job: atOnce(operateIntent('continue_job')),
    resume_job: (click) => (needsForm(click.action) ? resumeInForm(click) : resumeAtOnce(click)),
    complete_job: atOnce(operateIntent('complete_job')),
    stop_job: atOnce(operateIntent('stop_job')),
    delete_job: atOnce(operateIntent('delete_job')),
  };
  const inOrder = oneAfterTheOther();
  const reshape = (context: HandlerContext) => reshapeRequestForm(context, inOrder);
  const actions: Routes<ActionArgs> = [
    [requestAction, admitted(openFormOnButton, refuseAction)],
    [new RegExp(`^${valueAction}(_|$)`), admitted(reshape, refuseAction)],
    ...cardActions.map((action) => button(action, pressed[action])),
    button(menuAction, async (args) => {
      const chosen = readMenuValue(args.action.value);
      if (chosen === undefined) return;
      return pressed[chosen.action]({ ...args, action: { value: chosen.value } });
    }),
    button(new RegExp(`^${chooseJobAction}_\\d+$`), atOnce(chooseJob)),
    button(new RegExp(`^${deleteIdleJobAction}_\\d+$`), atOnce(deleteIdle)),
    // The client follows the link, and only waits for the acknowledgement.
    [openConsoleAction, async () => {}],
    button(unwatchAction, admitted(unwatchOnButton, refuseAction)),
    button(muteAction, admitted(muteOnButton, refuseAction)),
    button(new RegExp(`^${turnAction}_\\w+$`), judged(turnHome)),
    [new RegExp(`^${filterAction}_\\w+$`), judged(filterHome)],
  ];
  const submitting = (read: Parameters<typeof submitIntent>[1]): Listener<SubmissionArgs> =>
    judged((context) => submitIntent(context, read));
  const forms: Routes<SubmissionArgs> = [
    [requestFormId, admitted(submitRequestForm, refuseSubmission)],
    [skipFormId, submitting(readSkipForm)],
    ...decisions.map(
      (decision): Route<SubmissionArgs> => [
        decisionFormId(decision),
        submitting((messages, view) => readDecisionForm(messages, decision, view)),
      ],
    ),
  ];

  app.command('/migrate', privately(admitted(openFormOnCommand, refuseCommand)));
  app.shortcut('request_migration', acknowledged(admitted(openFormOnShortcut, refuseShortcut)));
  app.options({ action_id: valueAction }, admitted(offerSuggestions, refuseOptions));
  app.event('app_home_opened', judged(showHome));
  // Each listener that Bolt knows delays the acknowledgement of everything.
  app.action<BlockAction>(/^/, async (args) => {
    const listener = listenerFor(actions, args.action.action_id);
    if (listener !== undefined) await acknowledged(listener)(args);
  });
  app.view(
    /^/,
    withState(async (args) => listenerFor(forms, args.view.callback_id)?.(args)),
  );
}

/** What handles the interactions whose ID is this text, or matches this pattern. */
type Route<Args> = readonly [id: string | RegExp, listener: Listener<Args>];
type Routes<Args> = readonly Route<Args>[];

function listenerFor<Args>(routes: Routes<Args>, id: string): Listener<Args> | undefined {
  const [, listener] =
    routes.find(([each]) => (typeof each === 'string' ? each === id : each.test(id))) ?? [];
  return listener;
}

/**
 * For interactions whose acknowledgement says nothing. It is sent before anything is looked up, because
 * Slack shows an error after three seconds. If it can't be sent, Slack shows that error, and nothing is
 * done.
 */
const acknowledged =
  <Args>(listener: Listener<Args>): Listener<Args & { ack(): Promise<void> }> =>
  async (args) => {
    await args.ack();
    await listener(args);
  };

/** Some clients send no state for a form that nobody filled in. */
const withState =
  (listener: Listener<SubmissionArgs>): Listener<SubmissionArgs> =>
  (args) => {
    const { values = {} } = { ...args.view.state };
    return listener({ ...args, view: { ...args.view, state: { values } } });
  };

/** Replies to a command only go to the person, with as much text as Slack allows. */
const privately =
  (listener: Listener<CommandArgs>): Listener<CommandArgs> =>
  (args) =>
    listener({
      ...args,
      ack: (response) =>
        args.ack(
          typeof response === 'string'
            ? { response_type: 'ephemeral', text: cut(response, longestText) }
            : response,
        ),
    });

/** The value of a button, or of a menu's selection. */
function valueIn(action: BlockAction['actions'][number]): string | undefined {
  switch (action.type) {
    case 'button':
      return action.value;
    case 'overflow':
    case 'static_select':
      return action.selected_option.value;
    default:
      return undefined;
  }
}

const nobody: Admission = { ok: false, refusal: { code: 'person_unknown' } };

/** Binds the functions of handlers to the person and to the delivery, which is hashed only if it matters. */
function bind(
  shared: SharedContext,
  acting: ActingContext,
  viewer: Viewer,
  body: object,
): HandlerContext {
  const { userId } = viewer;
  return {
    ...shared,
    ...acting,
    find: (requestId, shown) => shared.find(viewer, requestId, shown),
    events: ({ id }) => shared.events(id),
    overview: () => shared.overview(viewer),
    jobs: (page) => shared.jobs(viewer, page),
    cardsOf: (requests) => shared.cardsOf(requests.map(({ id }) => id)),
    watch: (jobId, region, askedIn) =>
      shared.watch({ userId, delivery: deliveryOf(body), jobId, region, askedIn }),
    unwatch: (jobId) => shared.unwatch({ userId, delivery: deliveryOf(body), jobId }),
    submit: (submission) => shared.submit({ ...submission, delivery: deliveryOf(body) }),
    setMuted: (muted) => shared.setMuted(userId, muted, deliveryOf(body)),
    refusalBefore: (requestId, action, shown) =>
      shared.refusalBefore({
        ...{ requestId, userId, action, delivery: deliveryOf(body) },
        ...(shown === undefined ? {} : { shown }),
      }),
  };
}

/**
 * Identifies an interaction. Slack gives each one a trigger ID, which all copies share, including
 * an attacker's. It is hashed, because a trigger can open a form.
 */
function deliveryOf(body: object): string {
  const trigger = 'trigger_id' in body ? body.trigger_id : undefined;
  const text = typeof trigger === 'string' ? trigger : JSON.stringify(body);
  return createHash('sha256').update(text).digest('base64url');
}
