import type { ActionsBlock, Button, HomeView, KnownBlock } from '@slack/types';
import type { HomeContent, Overview, RequestPage } from '../src/domain/channel/home';
import type { MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { channel, say } from '../src/i18n/text';
import { plainText } from './plainText';
import { decisionButtons, detailsButton } from './requestCard';
import { doubtAbout, statusLine, titleLine, wayLine } from './requestLines';
import { richText } from './richText';

export const requestAction = 'request_migration';
export const turnAction = 'turn_home';

/**
 * The Home tab: the way to the form, and a page of what waits for somebody, of what they asked for and of
 * what is new. Somebody who may see nothing sees why.
 */
export function buildHome(
  messages: Messages,
  approvalChannel: string,
  content: HomeContent,
): HomeView {
  const { home } = messages;
  const title: KnownBlock = { type: 'header', text: plainText(home.title) };
  if (content.kind === 'refused') {
    return { type: 'home', blocks: [title, richText(messages.refusal(content.refusal))] };
  }
  return {
    type: 'home',
    blocks: [
      title,
      richText(home.intro(channel(approvalChannel))),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: requestAction,
            style: 'primary',
            text: plainText(home.request),
          },
        ],
      },
      ...(content.kind === 'unavailable'
        ? [richText(home.unavailable)]
        : sections(messages, content.overview)),
    ],
  };
}

function sections(messages: Messages, overview: Overview): KnownBlock[] {
  return [
    ...section(messages, overview, 'waiting'),
    ...section(messages, overview, 'mine'),
    ...section(messages, overview, 'lately'),
    ...pager(messages, overview),
  ];
}

type Kind = 'waiting' | 'mine' | 'lately';

/** A heading and the entries under it; on later pages nothing where there are none. */
function section(messages: Messages, overview: Overview, kind: Kind): KnownBlock[] {
  const { home } = messages;
  const { requests } = overview[kind];
  if (requests.length === 0 && overview.page > 0) return [];
  const doubt = doubtAbout(messages, overview, kind);
  const note = doubt ?? (requests.length === 0 ? say`${home.none[kind]}` : undefined);
  return [
    { type: 'header', text: plainText(home[kind]) },
    ...(note === undefined ? [] : [richText(note)]),
    ...requests.flatMap((request) => entry(messages, request, kind)),
  ];
}

/** A request in a few lines; what waits for somebody has the buttons that its card has for it. */
function entry(messages: Messages, request: MigrationRequest, kind: Kind): KnownBlock[] {
  const buttons: ActionsBlock = {
    type: 'actions',
    block_id: `${kind}_${request.id}`,
    elements:
      kind === 'waiting' ? decisionButtons(messages, request) : [detailsButton(messages, request)],
  };
  const lines = [
    titleLine(messages, request),
    wayLine(messages, request),
    statusLine(messages, request),
  ];
  return [richText(...lines), buttons];
}

/** The way to the pages before and after this one. */
function pager({ home }: Messages, { page, waiting, mine, lately }: Overview): KnownBlock[] {
  const turn = (name: string, text: string, to: number): Button => ({
    type: 'button',
    action_id: `${turnAction}_${name}`,
    text: plainText(text),
    value: String(to),
  });
  const hasMore = [waiting, mine, lately].some(({ more }: RequestPage) => more);
  const elements = [
    ...(page === 0 ? [] : [turn('previous', home.previous, page - 1)]),
    ...(hasMore ? [turn('next', home.next, page + 1)] : []),
  ];
  if (elements.length === 0) return [];
  const here = richText(say`${home.page(page + 1)}`);
  return [here, { type: 'actions', block_id: 'pages', elements }];
}

/** Which page a button turns to; `undefined` for anything that no such button carries. */
export function readTurn(value: string | undefined): number | undefined {
  return /^\d{1,6}$/.test(value ?? '') ? Number(value) : undefined;
}
