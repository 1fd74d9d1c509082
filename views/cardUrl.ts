import type { CardPlace } from '../src/domain/channel/announcement';

/**
 * Slack's permalink of a card; `undefined` if the card isn't posted. The workspace's URL, which ends
 * with a slash, is unknown if Slack didn't return it.
 */
export const cardUrl = (
  workspaceUrl: string | undefined,
  card: Pick<CardPlace, 'channel' | 'ts'> | undefined,
): string | undefined =>
  workspaceUrl === undefined || card === undefined
    ? undefined
    : `${workspaceUrl}archives/${card.channel}/p${card.ts.replace('.', '')}`;
