import { randomBytes } from 'node:crypto';
import type { PlainFault } from '../tencentcloud/index';
import type { Armed } from './armed';
import type { Scene } from './scene';
import type { CloudFault, Control, JobChange, Outcome, SlackFault } from './wire';

const DONE: Outcome = { kind: 'done' };

/** A migration that someone requests in the console. */
const ofSomeoneElse = (): Parameters<Scene['dts']['controls']['create']>[1] => ({
  JobName: 'reports',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'cdb',
  SrcInfo: {
    Region: 'ap-guangzhou',
    InstanceId: 'cdb-gz5shop2',
    Supplier: 'others',
    User: 'dts',
    Password: randomBytes(9).toString('base64url'),
  },
  DstDatabaseType: 'mysql',
  DstAccessType: 'cdb',
  DstInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-e78e0nnv' },
  MigrateOption: { RunMode: 1, MigrateType: 3, MigrateObject: 1 },
});

/**
 * Carries out every control except a reset. Fails if a job does not allow what its status shows, or
 * no longer exists.
 */
export async function applyControl(
  scene: Scene,
  armed: Armed,
  control: Exclude<Control, { control: 'reset' }>,
): Promise<Outcome> {
  if (control.control === 'changeJob') return changeJob(scene, control.jobId, control.change);
  await apply(scene, armed, control);
  return DONE;
}

function changeJob({ dts }: Scene, jobId: string, change: JobChange): Outcome {
  const { controls } = dts;
  if (!dts.jobs.has(jobId)) return { kind: 'failed', error: `${jobId} does not exist` };
  switch (change.change) {
    case 'act': {
      const done = controls.act(jobId, { action: change.action });
      return done.kind === 'refused' ? { kind: 'failed', error: done.message } : DONE;
    }
    case 'rename':
      controls.act(jobId, { action: 'rename', name: change.name });
      return DONE;
    case 'failCheck':
      controls.failCheck(change.stepId, { jobId });
      return DONE;
    case 'passChecks':
      controls.passChecks(jobId);
      return DONE;
    case 'fail': {
      const { run } = dts.jobs.get(jobId) ?? {};
      if (run === undefined || run.endedAtMs !== undefined) {
        return { kind: 'failed', error: `${jobId} is not running` };
      }
      controls.fail(jobId, change.how);
      return DONE;
    }
    case 'setLag':
      controls.setLag(jobId, change.lag);
      return DONE;
    case 'setKnownTo':
      controls.setKnownTo(jobId, change.versions);
      return DONE;
    case 'setBilled':
      controls.setBilled(jobId, change.isBilled);
      return DONE;
    default:
      return change satisfies never;
  }
}

async function apply(
  scene: Scene,
  armed: Armed,
  control: Exclude<Control, { control: 'reset' | 'changeJob' }>,
): Promise<void> {
  const { slack, dts, bot } = scene;
  switch (control.control) {
    case 'breakCloud': {
      const { action, times } = control;
      const fault = cloudFaultOf(control.fault);
      dts.next(fault, { action, times });
      armed.cloud(dts, `${action}: ${describeCloud(control.fault)}`, fault, times);
      return;
    }
    case 'breakSlack': {
      const { method, fault, times } = control;
      slack.faults.next(method, fault, times);
      armed.slack(slack, `${method}: ${describeSlack(fault)}`, method, times);
      return;
    }
    case 'createJob':
      dts.controls.create('ap-shanghai', ofSomeoneElse());
      return;
    case 'failNextCheck': {
      const { stepId } = control;
      dts.controls.failCheck(stepId);
      const planned = dts.controls.plannedFailures.at(-1);
      armed.watch(
        `CreateMigrateCheckJob: ${stepId}`,
        () => planned === undefined || !dts.controls.plannedFailures.includes(planned),
      );
      return;
    }
    case 'setPermission':
      dts.controls.setPermission(control.action, control.isAllowed);
      return;
    case 'mend':
      dts.clearFaults();
      dts.controls.clearPlannedFailures();
      slack.faults.clear();
      armed.forget();
      return;
    case 'disconnect':
      if (control.how === 'politely') slack.socket.disconnect();
      else slack.socket.drop();
      return;
    case 'redeliver':
      slack.redeliverNext(control.copies, { concurrently: true });
      return;
    case 'moveTime':
      scene.moveTime(control.ms);
      return;
    case 'kill':
      await bot.kill();
      return;
    case 'killInLaunch':
      killInLaunch(scene, armed, control.when);
      return;
    case 'setPolicy':
      scene.setPolicy(control.policy);
      return;
    case 'start':
      bot.start(scene.offsetMs);
      return;
    default:
      control satisfies never;
  }
}

/** Kills the bot during its call. The job is created after that, or never. */
function killInLaunch({ dts, bot }: Scene, armed: Armed, when: 'before' | 'after'): void {
  if (when === 'after') {
    const hold = dts.next({ kind: 'hold' });
    const label = 'CreateMigrateJob: the bot is killed, the job is created';
    const before = dts.callsOf('CreateMigrateJob').length;
    armed.watch(label, () => dts.callsOf('CreateMigrateJob').length > before);
    void hold.arrived.then(() => bot.kill()).then(() => hold.release());
    return;
  }
  const fault: PlainFault = { kind: 'noAnswer', when };
  dts.next(fault);
  armed.cloud(dts, 'CreateMigrateJob: the bot is killed, no job is created', fault, 1);
  const stop = dts.onChange(() => {
    if (!dts.calls.some((call) => call.fault === fault)) return;
    stop();
    void bot.kill();
  });
}

function cloudFaultOf(fault: CloudFault): PlainFault {
  if (fault.kind !== 'redirect') return { ...fault };
  // Nothing listens there, so a client that follows the redirect fails visibly.
  return { kind: 'redirect', status: 307, location: 'http://127.0.0.1:1/elsewhere' };
}

function describeCloud(fault: CloudFault): string {
  switch (fault.kind) {
    case 'code':
      return fault.code;
    case 'noAnswer':
      return `no response, ${moment(fault.when)}`;
    case 'reset':
      return `connection reset, ${moment(fault.when)}`;
    case 'status':
      return `HTTP ${fault.status}, ${moment(fault.when)}`;
    case 'slow':
      return `response after ${fault.ms / 1000} s`;
    case 'redirect':
      return 'HTTP 307 to another address';
    default:
      return fault satisfies never;
  }
}

function moment(when: 'before' | 'after'): string {
  return when === 'before' ? 'no job created' : 'job created';
}

function describeSlack(fault: SlackFault): string {
  switch (fault.kind) {
    case 'rateLimited':
      return `HTTP 429, retry after ${fault.retryAfterSeconds} s`;
    case 'status':
      return `HTTP ${fault.status}`;
    case 'error':
      return fault.error;
    case 'reset':
      return fault.after ? 'takes effect, no response' : 'connection reset';
    default:
      return fault satisfies never;
  }
}
