import type { Person, SlackWorkspace, View } from '../../playground/slack/index';

/** What a person's Home tab shows, or nothing if Ferry never drew it. */
export function homeOf(slack: Pick<SlackWorkspace, 'render'>, person: Person): string {
  const view = person.home();
  return view === undefined ? '' : slack.render(view);
}

/** Opens a person's Home tab, and resolves once Slack has accepted what Ferry drew for it. */
export async function openHome(
  slack: Pick<SlackWorkspace, 'callsOf' | 'until'>,
  person: Person,
): Promise<View> {
  const drawn = () =>
    slack
      .callsOf('views.publish')
      .filter(({ args, answer }) => args['user_id'] === person.id && answer.kind === 'ok').length;
  const before = drawn();
  await person.openHome();
  return slack.until(() => drawn() > before && person.home(), { what: 'the Home tab' });
}
