import { sourceEngines } from '../../src/domain/migration/engines';
import { plain } from '../../src/i18n/text';
import { exampleViews } from '../../src/slack/exampleViews';
import { decisions } from '../../views/decisionForm';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

it('has each kind of view and card once, and the form for each engine', () => {
  expect(exampleViews(en, aRule(), '1.0.0').map(({ kind }) => kind)).toEqual([
    ...sourceEngines.map((engine) => `form (${engine})`),
    ...decisions,
    ...['skip_check', 'details', 'notice', 'home'],
    ...['card (pending)', 'card (created)'],
  ]);
});

const shown = (kind: string) =>
  JSON.stringify(exampleViews(en, aRule(), '1.0.0').find((each) => each.kind === kind));

it('has each part of a Home tab: all lists, what Slack did not confirm, and more pages', () => {
  const { home } = en;
  const parts = [
    ...[home.waiting, home.jobs, home.mine, home.lately, home.next, home.version('1.0.0')],
    ...[plain(home.unsure.waiting), plain(home.unsure.lately), 'dts-12345678'],
  ];
  for (const part of parts) expect(shown('home')).toContain(part);
  expect(shown('home')).not.toContain(home.previous);
});

it.each(sourceEngines)(
  'has the whole form for %s, with stored secrets and advanced fields',
  (engine) => {
    const form = shown(`form (${engine})`);
    const paths = ['Advanced', 'Tags', 'SrcInfo.Password.Source', 'Reason'];
    for (const path of paths) expect(form).toContain(`"block_id":"${path}"`);
  },
);

it('shows the decisions about a waiting request, and the operations on a job', () => {
  expect(shown('card (pending)')).toContain('"action_id":"approve"');
  expect(shown('card (created)')).toContain('dts-12345678');
  expect(shown('card (created)')).toContain('"action_id":"stop_job"');
});

it('has forms about a request with its number, its revision and its target', () => {
  for (const kind of [...decisions, 'skip_check'])
    expect([kind, shown(kind)]).toEqual([kind, expect.stringMatching(/1:1:[^"]*cdb-12345678/)]);
});
