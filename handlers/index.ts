import { createHash } from 'node:crypto';
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Viewer } from '../src/domain/people/visibility';
import type { Messages } from '../src/i18n/locales';
import type { Action } from '../src/workflow/act';
import type { Admission } from '../src/workflow/admit';
import type { Submission } from '../src/workflow/submit';
import type { Found } from '../src/workflow/viewing';
import { decisionFormId, decisions } from '../views/decisionForm';
import { muteAction } from '../views/directMessage';
import { openConsoleAction } from '../views/explanation';
import { requestAction, turnAction } from '../views/home';
import {
  approveAction,
  approveWithCommentAction,
  breakGlassAction,
  chooseJobAction,
  cloneAction,
  denyAction,
  detailsAction,
  editAction,
  lookAgainAction,
  takeBackAction,
  tryAgainAction,
  withdrawAction,
} from '../views/requestCard';
import { requestFormId, valueAction } from '../views/requestForm';
import type { ActingContext, HandlerContext } from './context';
import {
  approve,
  asksDestination,
  chooseJob,
  decideByButton,
  lookAgain,
  takeBack,
  tryAgain,
  withdraw,
} from './decideByButton';
import { openDecisionForm, submitDecision } from './decideInForm';
import { muteOnButton } from './directMessages';
import type { ButtonArgs, InteractionArgs, Listener } from './listener';
import { offerSuggestions } from './offerSuggestions';
import {
  openFilledOnButton,
  openFormOnButton,
  openFormOnCommand,
  openFormOnShortcut,
} from './openRequestForm';
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
import { showHome, turnHome } from './showHome';
import { submitRequestForm } from './submitRequestForm';

type Unbound =
  | 'messages'
  | 'act'
  | 'find'
  | 'events'
  | 'overview'
  | 'cardOf'
  | 'submit'
  | 'setMuted'
  | 'refusalOfEditing';

/** What handlers need, before it is bound to a person and to the delivery of what they did. */
export interface SharedContext extends Omit<HandlerContext, Unbound> {
  /** The words for one person, within half a second. */
  messagesFor(userId: string | undefined): Promise<Messages>;
  /** Whether anything is shown to somebody, within a second. */
  admit(userId: string): Promise<Admission>;
  act(action: Action): ReturnType<HandlerContext['act']>;
  find(viewer: Viewer, requestId: number): Promise<Found>;
  events(requestId: number): ReturnType<HandlerContext['events']>;
  overview(viewer: Viewer): ReturnType<HandlerContext['overview']>;
  cardOf(requestId: number): ReturnType<HandlerContext['cardOf']>;
  submit(submission: Submission): ReturnType<HandlerContext['submit']>;
  setMuted(userId: string, muted: boolean, delivery: string): Promise<boolean>;
  refusalOfEditing(
    requestId: number,
    userId: string,
  ): ReturnType<HandlerContext['refusalOfEditing']>;
}

/**
 * What people do in Slack, and who answers them, in their language. A handler gets what it may show to
 * people from `admitted` alone, which asks first whether the person may see anything. Those of `judged`
 * get nothing to show: what they call judges the person, and records who was refused.
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
        await handler(bind(shared, context, admission.viewer, deliveryOf(args.body)))(args);
        return;
      }
      log.info('nothing was shown to a person', { user: userId, why: admission.refusal.code });
      await refuse(context, args, admission.refusal);
    };
  const onButton = (action: string | RegExp, listener: Listener<ButtonArgs>): void => {
    app.action<BlockAction<ButtonAction>>(action, listener);
  };

  app.command('/migrate', admitted(openFormOnCommand, refuseCommand));
  app.shortcut('request_migration', admitted(openFormOnShortcut, refuseShortcut));
  app.action<BlockAction>(requestAction, admitted(openFormOnButton, refuseAction));
  const inOrder = oneAfterTheOther();
  app.action<BlockAction>(
    new RegExp(`^${valueAction}(_|$)`),
    admitted((context: HandlerContext) => reshapeRequestForm(context, inOrder), refuseAction),
  );
  app.options({ action_id: valueAction }, admitted(offerSuggestions, refuseOptions));
  app.view(requestFormId, admitted(submitRequestForm, refuseSubmission));

  const asking = (decision: (typeof decisions)[number]) =>
    admitted((context: HandlerContext) => openDecisionForm(context, decision), refuseAction);
  const approveAtOnce = judged((context) => decideByButton(context, approve));
  const approveInForm = asking('approve');
  onButton(approveAction, (click) =>
    asksDestination(click.action) ? approveInForm(click) : approveAtOnce(click),
  );
  for (const [action, decision] of [
    [approveWithCommentAction, 'approve'],
    [breakGlassAction, 'break_glass'],
    [denyAction, 'deny'],
  ] as const) {
    onButton(action, asking(decision));
  }
  for (const decision of decisions) {
    app.view(
      decisionFormId(decision),
      judged((context) => submitDecision(context, decision)),
    );
  }
  for (const [action, change] of [
    [takeBackAction, takeBack],
    [withdrawAction, withdraw],
    [lookAgainAction, lookAgain],
    [new RegExp(`^${chooseJobAction}_\\d+$`), chooseJob],
    [tryAgainAction, tryAgain],
  ] as const) {
    onButton(
      action,
      judged((context) => decideByButton(context, change)),
    );
  }
  onButton(detailsAction, admitted(showDetails, refuseAction));
  for (const [action, purpose] of [
    [editAction, 'edit'],
    [cloneAction, 'clone'],
  ] as const) {
    onButton(
      action,
      admitted((context: HandlerContext) => openFilledOnButton(context, purpose), refuseAction),
    );
  }
  // The link is followed by the client; all it waits for is that the click is acknowledged.
  app.action(openConsoleAction, ({ ack }) => ack());
  onButton(muteAction, admitted(muteOnButton, refuseAction));

  onButton(new RegExp(`^${turnAction}_\\w+$`), judged(turnHome));
  app.event('app_home_opened', judged(showHome));
}

const nobody: Admission = { ok: false, refusal: { code: 'person_unknown' } };

/** Binds what handlers do and read to the person who acts, and to the delivery of what they did. */
function bind(
  shared: SharedContext,
  acting: ActingContext,
  viewer: Viewer,
  delivery: string,
): HandlerContext {
  const { userId } = viewer;
  return {
    ...shared,
    ...acting,
    find: (requestId) => shared.find(viewer, requestId),
    events: ({ id }) => shared.events(id),
    overview: () => shared.overview(viewer),
    cardOf: ({ id }) => shared.cardOf(id),
    submit: (submission) => shared.submit({ ...submission, delivery }),
    setMuted: (muted) => shared.setMuted(userId, muted, delivery),
    refusalOfEditing: ({ id }) => shared.refusalOfEditing(id, userId),
  };
}

/**
 * What tells one interaction from another: Slack gives each a trigger id, which all copies of it have,
 * those of somebody who captured it too. Hashed, because a trigger is good for opening a form.
 */
function deliveryOf(body: object): string {
  const trigger = 'trigger_id' in body ? body.trigger_id : undefined;
  const text = typeof trigger === 'string' ? trigger : JSON.stringify(body);
  return createHash('sha256').update(text).digest('base64url');
}
