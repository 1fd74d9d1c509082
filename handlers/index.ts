import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { denialFormId } from '../views/denialForm';
import { requestAction } from '../views/home';
import {
  approveAction,
  chooseJobAction,
  cloneAction,
  denyAction,
  lookAgainAction,
  tryAgainAction,
} from '../views/requestCard';
import { requestFormId, valueAction } from '../views/requestForm';
import type { HandlerContext } from './context';
import { approve, chooseJob, decideByButton, lookAgain, tryAgain } from './decideByButton';
import { offerSuggestions } from './offerSuggestions';
import { openDenialForm } from './openDenialForm';
import {
  cloneOnButton,
  openFormOnButton,
  openFormOnCommand,
  openFormOnShortcut,
} from './openRequestForm';
import { reshapeRequestForm } from './reshapeRequestForm';
import { showHome } from './showHome';
import { submitDenial } from './submitDenial';
import { submitRequestForm } from './submitRequestForm';

/** What people do in Slack, and who answers. */
export function registerHandlers(app: App, context: HandlerContext): void {
  app.command('/migrate', openFormOnCommand(context));
  app.shortcut('request_migration', openFormOnShortcut(context));
  app.action<BlockAction>(requestAction, openFormOnButton(context));
  app.action<BlockAction>(new RegExp(`^${valueAction}(_|$)`), reshapeRequestForm(context));
  app.options({ action_id: valueAction }, offerSuggestions(context));
  app.view(requestFormId, submitRequestForm(context));

  app.action<BlockAction<ButtonAction>>(approveAction, decideByButton(context, approve));
  app.action<BlockAction<ButtonAction>>(denyAction, openDenialForm(context));
  app.view(denialFormId, submitDenial(context));

  app.action<BlockAction<ButtonAction>>(lookAgainAction, decideByButton(context, lookAgain));
  app.action<BlockAction<ButtonAction>>(
    new RegExp(`^${chooseJobAction}_\\d+$`),
    decideByButton(context, chooseJob),
  );
  app.action<BlockAction<ButtonAction>>(tryAgainAction, decideByButton(context, tryAgain));

  app.action<BlockAction<ButtonAction>>(cloneAction, cloneOnButton(context));
  app.event('app_home_opened', showHome(context));
}
