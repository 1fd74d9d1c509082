import { useState } from 'preact/hooks';
import type { Job, JobChange } from '../wire';
import { usePage } from './page';
import { Parameters } from './parameters';
import { useWords } from './words';

const VERSIONS = ['2018-03-30', '2021-12-06'] as const;

/** A job of DTS: its steps at a glance, and when opened, everything that can happen to it. */
export function JobItem({ job }: { readonly job: Job }) {
  const words = useWords().job;
  return (
    <details class="item job" data-status={job.status}>
      <summary>
        <code>{job.id}</code>{' '}
        <span class="pill">
          {job.status} · {job.statusNumber}
        </span>
        {job.isIsolated ? <span class="pill">{words.isolated}</span> : null}
        <small>{job.name}</small>
        <Steps job={job} />
      </summary>
      <JobDetails job={job} />
    </details>
  );
}

/** One bar for each step, and words for the current one. */
function Steps({ job }: { readonly job: Job }) {
  const words = useWords().job;
  const { steps, lag } = job;
  if (steps.length === 0) return null;
  const current = steps.filter(({ state }) => state !== 'notStarted').at(-1);
  const finding = current === undefined ? '' : `${current.name} ${current.percent}%`;
  return (
    <>
      <span class="steps-bar" aria-hidden="true">
        {steps.map(({ name, percent, state }) => (
          <progress key={name} max={100} value={percent} data-state={state} />
        ))}
      </span>
      <small>
        {finding}
        {lag === undefined ? '' : ` · ${words.lagIs(lag.seconds, lag.megabytes)}`}
      </small>
    </>
  );
}

function JobDetails({ job }: { readonly job: Job }) {
  const { control } = usePage();
  const words = useWords().job;
  const change = (what: JobChange): void =>
    void control({ control: 'changeJob', jobId: job.id, change: what });
  return (
    <div class="job-details">
      {job.error === undefined ? null : <p class="job-error">{job.error}</p>}
      {job.checks.length === 0 ? null : (
        <ul class="findings">
          {job.checks.map(({ id, name, isFailed, isSkipped }) => (
            <li key={id}>
              {isFailed ? '✕' : '⚠'} {name} <code>{id}</code>
              {isSkipped ? ` (${words.skipped})` : ''}
            </li>
          ))}
        </ul>
      )}
      {job.steps.length === 0 ? null : (
        <ol class="steps-list">
          {job.steps.map(({ name, percent, state }) => (
            <li key={name} data-state={state}>
              {name} <small>{state === 'running' ? `${percent}%` : words.stepStates[state]}</small>
            </li>
          ))}
        </ol>
      )}
      <h4>{words.console}</h4>
      <div class="row">
        {job.inConsole.map((action) => (
          <button key={action} type="button" onClick={() => change({ change: 'act', action })}>
            {words.actions[action]}
          </button>
        ))}
      </div>
      <Rename job={job} change={change} />
      <h4>{words.happens}</h4>
      <FailCheck job={job} change={change} />
      {job.steps.length === 0 ? null : (
        <>
          <div class="row">
            <button type="button" onClick={() => change({ change: 'fail', how: 'resumable' })}>
              {words.failResumable}
            </button>
            <button type="button" onClick={() => change({ change: 'fail', how: 'final' })}>
              {words.failFinal}
            </button>
          </div>
          <SetLag job={job} change={change} />
        </>
      )}
      <KnownTo job={job} change={change} />
      <label class="check">
        <input
          type="checkbox"
          checked={job.isBilled}
          onChange={({ currentTarget }) =>
            change({ change: 'setBilled', isBilled: currentTarget.checked })
          }
        />
        {words.billed}
      </label>
      <h4>{words.allowed}</h4>
      {VERSIONS.map((version) => (
        <p key={version} class="allowed">
          <small>{version}</small> {job.allowed[version].join(', ') || words.nothing}
        </p>
      ))}
      <h4>{words.parameters}</h4>
      <p>
        <small>
          {job.region}, {job.created} UTC+8
        </small>
      </p>
      <Parameters value={job.request} />
    </div>
  );
}

interface Changing {
  readonly job: Job;
  readonly change: (what: JobChange) => void;
}

function Rename({ job, change }: Changing) {
  const words = useWords().job;
  const [name, setName] = useState(job.name);
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        change({ change: 'rename', name });
      }}
    >
      <label>
        {words.name}
        <input
          type="text"
          required
          maxLength={128}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit">{words.rename}</button>
    </form>
  );
}

function FailCheck({ job, change }: Changing) {
  const words = useWords().job;
  const [stepId, setStepId] = useState(job.checkItems[0] ?? '');
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        change({ change: 'failCheck', stepId });
      }}
    >
      <label>
        {words.nextCheck}
        <select value={stepId} onChange={({ currentTarget }) => setStepId(currentTarget.value)}>
          {job.checkItems.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <button type="submit">{words.failCheck}</button>
      <button type="button" onClick={() => change({ change: 'passChecks' })}>
        {words.passChecks}
      </button>
    </form>
  );
}

function SetLag({ job, change }: Changing) {
  const words = useWords().job;
  const [seconds, setSeconds] = useState(60);
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        change({ change: 'setLag', lag: { seconds, megabytes: Math.ceil(seconds / 2) } });
      }}
    >
      <label>
        {words.lag}
        <input
          type="number"
          min={0}
          step={1}
          required
          value={seconds}
          onInput={({ currentTarget }) => setSeconds(Math.max(0, Number(currentTarget.value)))}
        />
      </label>
      <button type="submit">{words.setLag}</button>
      {job.isLagSet ? (
        <button type="button" onClick={() => change({ change: 'setLag' })}>
          {words.naturalLag}
        </button>
      ) : null}
    </form>
  );
}

function KnownTo({ job, change }: Changing) {
  const words = useWords().job;
  const value = VERSIONS.length === job.knownTo.length ? 'both' : (job.knownTo[0] ?? 'both');
  return (
    <label>
      {words.knownTo}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = VERSIONS.filter((version) => version === currentTarget.value);
          change({
            change: 'setKnownTo',
            versions: chosen.length === 0 ? [...VERSIONS] : chosen,
          });
        }}
      >
        <option value="both">{words.bothVersions}</option>
        {VERSIONS.map((version) => (
          <option key={version} value={version}>
            {words.onlyVersion(version)}
          </option>
        ))}
      </select>
    </label>
  );
}
