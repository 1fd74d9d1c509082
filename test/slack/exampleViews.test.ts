import { sourceEngines } from '../../src/domain/migration/engines';
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

it('shows the decisions about a waiting request, and the operations on a job', () => {
  const shown = (kind: string) =>
    JSON.stringify(exampleViews(en, aRule(), '1.0.0').find((each) => each.kind === kind));
  expect(shown('card (pending)')).toContain('"action_id":"approve"');
  expect(shown('card (created)')).toContain('dts-12345678');
  expect(shown('card (created)')).toContain('"action_id":"stop_job"');
});
