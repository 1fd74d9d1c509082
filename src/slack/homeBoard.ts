import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { buildHome } from '../../views/home';
import type { Messages } from '../i18n/locales';
import type { HomeBoard } from '../ports/homes';
import { platformError } from './platformError';

const published = z.object({ view: z.object({ hash: z.string().optional() }).optional() });

/** True for Slack's errors about a person who was deactivated or is in no workspace of the app. */
const isGone = (error: string | undefined): boolean =>
  error === 'user_not_found' || error === 'not_enabled';

/** Home tabs in Slack, each in its reader's language. */
export function createHomeBoard({
  client,
  messagesFor,
  approvalChannel,
  version,
  workspaceUrl,
}: {
  client: WebClient;
  messagesFor(userId: string): Promise<Messages>;
  /** The channel for most requests under the current policy. */
  approvalChannel(): string;
  version: string;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}): HomeBoard {
  return {
    async publish(userId, content, hash) {
      const messages = await messagesFor(userId);
      try {
        const answer = await client.views.publish({
          user_id: userId,
          view: buildHome(messages, { channel: approvalChannel(), version, workspaceUrl }, content),
          ...(hash === undefined ? {} : { hash }),
        });
        return { kind: 'published', hash: published.parse(answer).view?.hash };
      } catch (error) {
        const reason = platformError(error);
        if (reason === 'hash_conflict') return { kind: 'superseded' };
        if (isGone(reason)) return { kind: 'gone' };
        throw error;
      }
    },
  };
}
