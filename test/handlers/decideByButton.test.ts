import {
  approveIntent,
  chooseJob,
  deleteIdle,
  lookAgain,
  needsForm,
  operateIntent,
  resume,
  takeBack,
  tryAgain,
  withdraw,
} from '../../handlers/decideByButton';
import type { Intent } from '../../src/domain/request/intent';
import type { ButtonSubject } from '../../views/cardButtons';

const plain: ButtonSubject = { requestId: 7, key: undefined, revision: 2, about: undefined };
const about: ButtonSubject = { ...plain, about: 'dts-1' };
type Meaning = (subject: ButtonSubject) => Intent | undefined;

it.each<[string, Meaning, object | undefined, object | undefined]>([
  // With a target, a form opens instead.
  ['Approve', approveIntent, { type: 'approve' }, undefined],
  ['Take back', takeBack, { type: 'take_back' }, { type: 'take_back' }],
  ['Withdraw', withdraw, { type: 'withdraw' }, { type: 'withdraw' }],
  ['Look again', lookAgain, { type: 'look_again' }, { type: 'look_again' }],
  // The call to repeat has a number.
  ['Try again', tryAgain, { type: 'try_again' }, undefined],
  ['This job', chooseJob, undefined, { type: 'choose_job', jobId: 'dts-1' }],
  ['Pause', operateIntent('pause_job'), { type: 'pause_job' }, { type: 'pause_job' }],
  // If the target has data, a form asks what happens with it.
  ['Resume', resume, { type: 'resume_job', option: 'normal' }, undefined],
])('%s means an action on the revision that the card shows', (_, meaning, without, withAbout) => {
  const expected = (intent: object | undefined) => intent && { ...intent, revision: 2 };
  expect([meaning(plain), meaning(about)]).toStrictEqual([expected(without), expected(withAbout)]);
});

const idle = { type: 'delete_job', revision: 2, onlyIdle: true };
const ofStart = { revision: 2, operation: 'start_job' };
it.each<[string, Meaning, string | undefined, object]>([
  ['Delete, below a list of idle jobs,', deleteIdle, undefined, idle],
  ['Take back', takeBack, 'start_job', { type: 'take_back', ...ofStart }],
  ['Withdraw', withdraw, 'start_job', { type: 'withdraw', ...ofStart }],
])('%s only concerns what its button was about', (_, meaning, subject, intent) => {
  expect(meaning({ ...plain, about: subject })).toStrictEqual(intent);
});

it('Try again names the call to repeat', () => {
  const intent = { type: 'try_again', revision: 2, attempt: 3 };
  expect(tryAgain({ ...plain, about: '3' })).toEqual(intent);
});

it.each([
  ['7:2', false],
  ['7:2:cdb-e78e0nnv', true],
  ['nonsense', false],
])('with the value %s, Approve and Resume open a form: %s', (value, needed) => {
  expect(needsForm({ value })).toBe(needed);
});
