import type { AllMiddlewareArgs, App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Messages } from '../src/i18n/locales';
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
import type { HandlerContext } from './context';
import {
  approveOnButton,
  chooseJob,
  decideByButton,
  lookAgain,
  takeBack,
  tryAgain,
  withdraw,
} from './decideByButton';
import { openDecisionForm, submitDecision } from './decideInForm';
import { muteOnButton } from './directMessages';
import { offerSuggestions } from './offerSuggestions';
import {
  openFilledOnButton,
  openFormOnButton,
  openFormOnCommand,
  openFormOnShortcut,
} from './openRequestForm';
import { oneAfterTheOther, reshapeRequestForm } from './reshapeRequestForm';
import { showDetails } from './showDetails';
import { showHome, turnHome } from './showHome';
import { submitRequestForm } from './submitRequestForm';

/** What handlers need, whoever acts. */
export interface SharedContext extends Omit<HandlerContext, 'messages'> {
  /** The words for one person, within half a second. */
  messagesFor(userId: string | undefined): Promise<Messages>;
}

/** What people do in Slack, and who answers them, in their language. */
export function registerHandlers(app: App, shared: SharedContext): void {
  const answering =
    <Args extends AllMiddlewareArgs>(
      handler: (context: HandlerContext) => (args: Args) => Promise<void>,
    ) =>
    async (args: Args): Promise<void> => {
      const messages = await shared.messagesFor(args.context.userId);
      await handler({ ...shared, messages })(args);
    };
  const onButton = (
    action: string | RegExp,
    handler: (context: HandlerContext) => ReturnType<typeof decideByButton>,
  ): void => {
    app.action<BlockAction<ButtonAction>>(action, answering(handler));
  };

  app.command('/migrate', answering(openFormOnCommand));
  app.shortcut('request_migration', answering(openFormOnShortcut));
  app.action<BlockAction>(requestAction, answering(openFormOnButton));
  const inOrder = oneAfterTheOther();
  app.action<BlockAction>(
    new RegExp(`^${valueAction}(_|$)`),
    answering((context) => reshapeRequestForm(context, inOrder)),
  );
  app.options({ action_id: valueAction }, answering(offerSuggestions));
  app.view(requestFormId, answering(submitRequestForm));

  onButton(approveAction, approveOnButton);
  for (const [action, decision] of [
    [approveWithCommentAction, 'approve'],
    [breakGlassAction, 'break_glass'],
    [denyAction, 'deny'],
  ] as const) {
    onButton(action, (context) => openDecisionForm(context, decision));
  }
  for (const decision of decisions) {
    app.view(
      decisionFormId(decision),
      answering((context) => submitDecision(context, decision)),
    );
  }
  for (const [action, change] of [
    [takeBackAction, takeBack],
    [withdrawAction, withdraw],
    [lookAgainAction, lookAgain],
    [new RegExp(`^${chooseJobAction}_\\d+$`), chooseJob],
    [tryAgainAction, tryAgain],
  ] as const) {
    onButton(action, (context) => decideByButton(context, change));
  }
  onButton(detailsAction, showDetails);
  onButton(editAction, (context) => openFilledOnButton(context, 'edit'));
  onButton(cloneAction, (context) => openFilledOnButton(context, 'clone'));
  // The link is followed by the client; all it waits for is that the click is acknowledged.
  app.action(openConsoleAction, ({ ack }) => ack());
  onButton(muteAction, muteOnButton);

  onButton(new RegExp(`^${turnAction}_\\w+$`), turnHome);
  app.event('app_home_opened', answering(showHome));
}
