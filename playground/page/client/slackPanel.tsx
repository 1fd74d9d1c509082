import { useState } from 'preact/hooks';
import type { SlackFault } from '../wire';
import { usePage } from './page';
import { timeIn } from './time';
import { useWords } from './words';

const METHODS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.publish',
  'users.info',
];

const MISHAPS = [
  ['rateLimited', { kind: 'rateLimited', retryAfterSeconds: 3 }],
  ['status', { kind: 'status', status: 500 }],
  ['lost', { kind: 'reset', after: true }],
  ['cut', { kind: 'reset', after: false }],
  ['error', { kind: 'error', error: 'internal_error' }],
] as const satisfies readonly (readonly [string, SlackFault])[];

export function SlackPanel() {
  const { me, sections, control } = usePage();
  const words = useWords().slack;
  const [method, setMethod] = useState('chat.postMessage');
  const { mistakes } = sections.machine;
  return (
    <>
      <div class="mishaps">
        <label>
          {words.nextCall}
          <select value={method} onChange={(event) => setMethod(event.currentTarget.value)}>
            {METHODS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <div class="stack">
          {MISHAPS.map(([name, fault]) => (
            <button
              key={name}
              type="button"
              onClick={() => void control({ control: 'breakSlack', method, fault, times: 1 })}
            >
              {words[name]}
            </button>
          ))}
        </div>
        <h3>{words.connection}</h3>
        <div class="stack">
          <button
            type="button"
            onClick={() => void control({ control: 'disconnect', how: 'politely' })}
          >
            {words.politely}
          </button>
          <button
            type="button"
            onClick={() => void control({ control: 'disconnect', how: 'suddenly' })}
          >
            {words.suddenly}
          </button>
          <button type="button" onClick={() => void control({ control: 'redeliver', copies: 2 })}>
            {words.redeliver}
          </button>
        </div>
      </div>
      <h3>{words.mistakes}</h3>
      {mistakes.length === 0 ? <p class="empty">{words.none}</p> : null}
      {mistakes.map(({ where, error, detail }, index) => (
        <p class="item" key={index}>
          {where}: <code>{error}</code> {detail}
        </p>
      ))}
      <h3>{words.calls}</h3>
      {sections.slackSide.map(({ index, at, name, direction, result, isWell }) => (
        <p class="item line" data-well={isWell} key={`${direction}${index}`}>
          <small>{timeIn(me, at / 1_000)}</small>
          <span>{words[direction]}</span>
          <code>{name}</code>
          <span class="pill">{result}</span>
        </p>
      ))}
    </>
  );
}
