import type { webApi } from '@slack/bolt';
import type { Action } from '../src/workflow/act';
import type { HandlerContext } from './context';
import { tellAlone } from './tellAlone';

/** Carries out an action; a refusal or a failure is told to the person alone, where they acted. */
export async function carryOut(
  context: HandlerContext,
  client: webApi.WebClient,
  action: Action,
  channelId: string,
): Promise<void> {
  const { messages, log } = context;
  const listener = { userId: action.userId, channelId };
  try {
    const result = await context.act(action);
    if (!result.ok) await tellAlone(client, log, listener, messages.refusal(result.refusal));
  } catch (error) {
    const { requestId: request, intent, userId: user } = action;
    log.error('an action could not be carried out', { request, action: intent.type, user, error });
    await tellAlone(client, log, listener, messages.trouble.action);
  }
}
