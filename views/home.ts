import type { Button, HomeView, KnownBlock, StaticSelect } from '@slack/types';
import { z } from 'zod';
import {
  type HomeContent,
  type HomeFilter,
  type Overview,
  statusGroups,
} from '../src/domain/channel/home';
import { accepts } from '../src/domain/request/states';
import { type Announced, isWatch } from '../src/domain/request/watch';
import type { Messages } from '../src/i18n/locales';
import { channel, say } from '../src/i18n/text';
import { decisionButtons, detailsButton, doubtButtons, jobButtons } from './cardButtons';
import { cardUrl } from './cardUrl';
import { wayLine } from './glance';
import { actionRow } from './message';
import { plainText } from './plainText';
import {
  doubtAbout,
  type ListKind,
  listKinds,
  nothingIn,
  progressLines,
  statusLine,
  titleLine,
} from './requestLines';
import { richText } from './richText';

export const requestAction = 'request_migration';
export const turnAction = 'turn_home';
export const filterAction = 'filter_home';
const everything = 'all';

/** What every Home tab shows or links. */
export interface HomeSurroundings {
  /** The channel for most requests. */
  channel: string;
  /** Ferry's version. */
  version: string;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
}

/**
 * The Home tab: a button for the form, and a page of the requests that wait for the person, the
 * person's own, and the newest. People who may not see anything see the reason.
 */
export function buildHome(
  messages: Messages,
  { channel: approvalChannel, version, workspaceUrl }: HomeSurroundings,
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
        block_id: 'start',
        elements: [
          {
            type: 'button',
            action_id: requestAction,
            style: 'primary',
            text: plainText(home.request),
          },
          ...(content.kind === 'overview' ? filters(messages, content.filter) : []),
        ],
      },
      ...(content.kind === 'unavailable'
        ? [richText(home.unavailable)]
        : sections(messages, content, workspaceUrl)),
      { type: 'context', elements: [plainText(home.version(version))] },
    ],
  };
}

/** Menus that filter the requests. */
function filters({ home }: Messages, filter: HomeFilter): StaticSelect[] {
  const menu = (
    name: string,
    options: readonly [string, string][],
    chosen: string,
  ): StaticSelect => {
    const all = options.map(([value, text]) => ({ text: plainText(text), value }));
    const initial = all.find(({ value }) => value === chosen);
    return {
      type: 'static_select',
      action_id: `${filterAction}_${name}`,
      options: all,
      ...(initial === undefined ? {} : { initial_option: initial }),
    };
  };
  const { everyone, everyStatus, onlyMine, status } = home.filter;
  return [
    menu(
      'status',
      [
        [everything, everyStatus],
        ...statusGroups.map((group): [string, string] => [group, status[group]]),
      ],
      filter.status ?? everything,
    ),
    menu(
      'owner',
      [
        [everything, everyone],
        ['mine', onlyMine],
      ],
      filter.mine === true ? 'mine' : everything,
    ),
  ];
}

const chosenOption = z.object({ selected_option: z.object({ value: z.string() }).nullish() });
const filterState = z.object({ values: z.object({ start: z.record(z.string(), chosenOption) }) });

/** The filter of the menus; everything if it can't be read. */
export function readFilter(state: unknown): HomeFilter {
  const chosen = filterState.safeParse(state).data?.values.start;
  const chosenIn = (name: string) => chosen?.[`${filterAction}_${name}`]?.selected_option?.value;
  const status = statusGroups.find((group) => group === chosenIn('status'));
  return {
    ...(status === undefined ? {} : { status }),
    ...(chosenIn('owner') === 'mine' ? { mine: true } : {}),
  };
}

function sections(
  messages: Messages,
  content: OverviewContent,
  workspaceUrl: string | undefined,
): KnownBlock[] {
  const kinds: readonly ListKind[] = content.filter.mine === true ? ['jobs', 'mine'] : listKinds;
  return [
    ...kinds.flatMap((kind) => section(messages, content, kind, workspaceUrl)),
    ...pager(messages, content.overview),
  ];
}

type OverviewContent = Extract<HomeContent, { kind: 'overview' }>;

/** A heading and its entries; nothing if there are no jobs, or nothing on a later page. */
function section(
  messages: Messages,
  { cards, filter, overview }: OverviewContent,
  kind: ListKind,
  workspaceUrl: string | undefined,
): KnownBlock[] {
  const { home } = messages;
  const { requests } = overview[kind];
  const isEmpty = requests.length === 0;
  if (isEmpty && (kind === 'jobs' || overview.page > 0)) return [];
  const doubt = doubtAbout(messages, overview, kind);
  const note =
    doubt ?? (isEmpty && kind !== 'jobs' ? nothingIn(messages, overview, kind, filter) : undefined);
  return [
    { type: 'header', text: plainText(home[kind]) },
    ...(note === undefined ? [] : [richText(note)]),
    ...requests.flatMap((request: Announced) => {
      const url = cardUrl(workspaceUrl, cards.get(request.id));
      return entry(messages, request, kind, url);
    }),
  ];
}

/** A request in a few lines. If it waits for the person, it has its card's buttons. */
function entry(
  messages: Messages,
  request: Announced,
  kind: ListKind,
  url: string | undefined,
): KnownBlock[] {
  if (isWatch(request)) {
    const title = titleLine(messages, request, url);
    return [richText(title, statusLine(messages, request), ...progressLines(messages, request))];
  }
  const details = detailsButton(messages, request);
  const isDoubtful = accepts(request.state, 'look_again');
  const doubt = [...jobButtons(messages, request), ...doubtButtons(messages, request), details];
  const buttons =
    kind !== 'waiting' ? [details] : isDoubtful ? doubt : decisionButtons(messages, request);
  const lines = [
    titleLine(messages, request, url),
    wayLine(messages, request),
    statusLine(messages, request),
    ...(kind === 'jobs' ? progressLines(messages, request) : []),
  ];
  return [richText(...lines), ...actionRow(`${kind}_${request.id}`, buttons)];
}

/** Buttons for the previous and next pages. */
function pager({ home }: Messages, { jobs, lately, mine, page, waiting }: Overview): KnownBlock[] {
  const turn = (name: string, text: string, to: number): Button => ({
    type: 'button',
    action_id: `${turnAction}_${name}`,
    text: plainText(text),
    value: String(to),
  });
  const hasMore = [waiting, jobs, mine, lately].some(({ more }) => more);
  const elements = [
    ...(page === 0 ? [] : [turn('previous', home.previous, page - 1)]),
    ...(hasMore ? [turn('next', home.next, page + 1)] : []),
  ];
  if (elements.length === 0) return [];
  const here = richText(say`${home.page(page + 1)}`);
  return [here, ...actionRow('pages', elements)];
}

/** The page of a button; `undefined` if the value isn't from such a button. */
export function readTurn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
