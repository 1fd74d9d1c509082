import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { decisionFormId, decisions } from '../views/decisionForm';
import { muteAction } from '../views/directMessage';
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
import { reshapeRequestForm } from './reshapeRequestForm';
import { showDetails } from './showDetails';
import { showHome, turnHome } from './showHome';
import { submitRequestForm } from './submitRequestForm';

/** What people do in Slack, and who answers. */
export function registerHandlers(app: App, context: HandlerContext): void {
  app.command('/migrate', openFormOnCommand(context));
  app.shortcut('request_migration', openFormOnShortcut(context));
  app.action<BlockAction>(requestAction, openFormOnButton(context));
  app.action<BlockAction>(new RegExp(`^${valueAction}(_|$)`), reshapeRequestForm(context));
  app.options({ action_id: valueAction }, offerSuggestions(context));
  app.view(requestFormId, submitRequestForm(context));

  const onButton = (action: string | RegExp, listener: ReturnType<typeof decideByButton>): void => {
    app.action<BlockAction<ButtonAction>>(action, listener);
  };
  onButton(approveAction, approveOnButton(context));
  onButton(approveWithCommentAction, openDecisionForm(context, 'approve'));
  onButton(breakGlassAction, openDecisionForm(context, 'break_glass'));
  onButton(denyAction, openDecisionForm(context, 'deny'));
  for (const decision of decisions) {
    app.view(decisionFormId(decision), submitDecision(context, decision));
  }
  onButton(takeBackAction, decideByButton(context, takeBack));
  onButton(withdrawAction, decideByButton(context, withdraw));
  onButton(detailsAction, showDetails(context));
  onButton(editAction, openFilledOnButton(context, 'edit'));
  onButton(cloneAction, openFilledOnButton(context, 'clone'));

  onButton(lookAgainAction, decideByButton(context, lookAgain));
  onButton(new RegExp(`^${chooseJobAction}_\\d+$`), decideByButton(context, chooseJob));
  onButton(tryAgainAction, decideByButton(context, tryAgain));

  onButton(muteAction, muteOnButton(context));

  onButton(new RegExp(`^${turnAction}_\\w+$`), turnHome(context));
  app.event('app_home_opened', showHome(context));
}
