import type { ChannelProblem } from '../domain/channel/announcement';
import type { CredentialSource } from '../domain/credentialSource';
import type { CallProblem } from '../domain/errors/callProblem';
import type { FileProblem } from '../domain/form/fileProblem';
import type { EventFacts } from '../domain/measure/eventFacts';
import type { Delivery } from '../domain/measure/measurement';
import type { People } from '../domain/people/people';
import type { Alteration } from '../domain/record/recordedRow';
import type { Intent } from '../domain/request/intent';
import type { OperationOutcome } from '../domain/request/launchOutcome';
import type { OperationName } from '../domain/request/operations/operation';
import type { Refusal } from '../domain/request/refusal';
import type { EventPayload } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';

/*
 * Every line that Ferry logs, with its fields. `undefined`: the line has none. `request` is the
 * number of a request, and `user` and `channel` are IDs of Slack.
 */

export interface LogLines
  extends ProcessLines,
    PolicyLines,
    DatabaseLines,
    SlackLines,
    PeopleLines,
    MemberListLines,
    TencentCloudLines,
    RequestLines,
    PostLines,
    InteractionLines {}

/** Startup, shutdown, and errors that belong to nothing else. */
interface ProcessLines {
  'a secret has quotes around it, which are sent with it': { variable: string };
  'a value in .env ends at its #; put single quotes around it': { variable: string };
  /** `host`: where Ferry listens. */
  started: { version: string; mode: 'socket' | 'http'; host: string; port: number };
  /** A request to the port, such as `/readyz`. */
  'a request failed': { path?: string; error: unknown };
  stopping: { signal: string };
  /** The part is left to the next start, as after a crash. */
  'a part did not stop in time': { part: string };
  'a part failed to stop': { part: string; error: unknown };
  'the shutdown was not clean': { error: unknown };
  'unhandled error; Ferry keeps running': { thrown: Trace };
  'uncaught error; Ferry stops and must be restarted': { thrown: Trace };
}

/** Where an unexpected error came from. Its message could quote a password. */
export interface Trace {
  name: string;
  code?: string;
  frames?: readonly string[];
}

/** The policy file. Its errors are on standard error. */
interface PolicyLines {
  'the policy file has a probable mistake': { says: string };
  'there is no policy file to reload': undefined;
  'the policy was reloaded': undefined;
  'the policy could not be reloaded; the old policy stays in force': { error: unknown };
  'the policy file is invalid; the old policy stays in force': undefined;
  'the new policy allows no secrets and SEAL_KEYS is not set; the old policy stays in force': undefined;
  'the new policy cannot be used; the old policy stays in force': undefined;
  'emergency approvals cannot be reported in a channel': {
    channel: string;
    problem: ChannelProblem;
  };
  /** Enough of the others can act; otherwise, the policy cannot be used. */
  'some people named in the policy cannot act': {
    kind: People['kind'];
    id: string;
    problem: string;
    severity: string;
  };
  /** The members of user groups are counted. */
  'a list in the policy has fewer people than it requires': {
    ids: readonly string[];
    required: number;
    most: number;
  };
  'people named in the policy could not be checked': { ids: readonly string[]; error: unknown };
  'a channel named in the policy could not be checked': { channel: string; error: unknown };
  /**
   * After a start or reload, which may change the rules of waiting requests. `request` is `undefined`
   * if the list of requests could not be read.
   */
  'the rules of waiting requests could not be reviewed': {
    request: number | undefined;
    error: unknown;
  };
}

interface DatabaseLines {
  'other users of this machine can open the database; run chmod go= to prevent that': {
    path: string;
    mode: string;
  };
  'a connection to the database broke': { error: unknown };
  'the due work could not be read': { worker: string; error: unknown };
  'a request differs from the audit log; run audit verify': {
    request: number;
    parts: readonly Alteration[];
  };
  'deleted requests past retention': { requests: number };
  'a request past retention could not be deleted': { request: number; error: unknown };
  'data past retention could not be deleted': { error: unknown };
}

/** The connection to Slack, and what arrives over it. */
interface SlackLines {
  /** `says`: the library's own words. */
  'a library of Slack reports': { source: string; says: string };
  'Slack is unreachable; retrying': { reason: string };
  'Slack is unreachable over the socket; retrying': { reason: string; failures: number };
  'connected to Slack': undefined;
  'the connection to Slack is closed': undefined;
  'ignored an unknown frame from Slack': undefined;
  'a delivery from Slack could not be handled': { reason: string };
  /** `count`: the refusals since the last such line. */
  'requests to /slack/events were refused': { reason: string; count: number };
  'a Slack interaction failed': { user: string | undefined; delivery: Delivery; error: unknown };
  'a file could not be read': { file: string; problem: FileProblem['code']; reason: string };
}

/** Facts about people and channels, which Slack has. */
interface PeopleLines {
  'a person could not be looked up': { user: string; error: unknown };
  "a person's language could not be looked up": { user: string; error: unknown };
  'a channel could not be looked up': { channel: string; error: unknown };
  'a list of people could not be read': { list: People; error: unknown };
}

/** Why Slack refuses to return a list of people, and what a Ferry admin can do. */
export interface MemberListLines {
  "the workspace's Slack plan has no user groups: name users or a channel instead, or upgrade": RefusedList;
  'the user group does not exist or is disabled': RefusedList;
  'the channel does not exist, or is private and the bot is not in it': RefusedList;
  'the bot may not read who is in the list: add the scope from manifest.yml, then install the app again': RefusedList;
}

type RefusedList = { list: People; reason: string | undefined };

/** Keys, calls and lookups. */
interface TencentCloudLines {
  'the keys for Tencent Cloud could not be refreshed; retrying': {
    source: CredentialSource;
    reason: string;
  };
  'the keys for Tencent Cloud were refreshed again': undefined;
  /** The call waits until the database answers. `action`: of the API. */
  'the rate limit of a call could not be checked': { action: string; error: unknown };
  /**
   * Ferry retries every second. The slot is free again after 76 seconds, or later if
   * `DTS_TIMEOUT_SECONDS` is above 60.
   */
  'the slot of a call could not be freed': { slot: string; error: unknown };
  'a lookup failed': { lookUp: string; query: object; problem: CallProblem };
  'a lookup failed unexpectedly': { lookUp: string; query: object; error: unknown };
  /** The person is not warned about a job with the same name. */
  'the job name could not be looked up': { user: string; region: string; problem: CallProblem };
  'a job could not be read': { request: number; job: string; problem: CallProblem };
}

/** The work on a request. */
interface RequestLines {
  /** `user` is missing if Ferry acted, and `state` is the one after the event. */
  'request changed': {
    request: number;
    event: EventPayload['type'];
    user?: string;
    state: Announced['state']['status'];
  } & EventFacts;
  'work failed': {
    worker: string;
    request: number;
    failures: number;
    retryInMs: number;
    error: unknown;
  };
  'work keeps becoming due': { worker: string; request: number };
  /** Slack didn't confirm the approvers, so Ferry asks again later. */
  'approvals could not be confirmed, call postponed': { request: number; operation: OperationName };
  /** May be the only trace of the outcome. */
  'the outcome of a launch could not be stored': {
    request: number;
    operation: OperationName;
    attempt: number;
    outcome: OperationOutcome<unknown>;
    failures: number;
    error: unknown;
  };
  /** The reply lists jobs that were never started, without the requests that created them. */
  'the requests of idle jobs could not be read': { request: number; error: unknown };
}

/** What Ferry posts: cards, replies, direct messages, reports and Home tabs. */
interface PostLines {
  'cannot post in the channel of a request': {
    request: number;
    channel: string;
    problem: ChannelProblem;
    retryEveryMs: number;
  };
  'the channel accepts messages again': { request: number; channel: string };
  'a direct message could not be sent': { request: number; user: string; error: unknown };
  /** `place`: the ID of a user or channel. */
  'an emergency approval could not be reported': { request: number; place: string; error: unknown };
  'the list of jobs could not be posted': { channel: string; error: unknown };
  'the list of jobs has no channel': { channel: string; error: unknown };
  'the Home tabs could not be listed': { error: unknown };
  'a Home tab could not be published': { user: string; error: unknown };
  /** For a person who opens it. */
  'a Home tab could not be shown': { user: string; error: unknown };
}

/** Clicks, forms and commands. The person sees an error, or gets the answer in another way. */
interface InteractionLines {
  'nothing was shown to a person': { user: string | undefined; why: Refusal['code'] };
  'an action could not be carried out': {
    request: number;
    action: Intent['type'];
    user: string;
    error: unknown;
  };
  'a request could not be stored': { user: string; error: unknown };
  'a request could not be read': { request: number; error: unknown };
  'a request could not be read for its decision': { request: number; error: unknown };
  'an emergency approval could not be checked': { request: number; error: unknown };
  'a skip could not be checked': { request: number; error: unknown };
  'a watch could not be ended': { user: string; job: string; error: unknown };
  'a choice about direct messages could not be stored': { user: string; error: unknown };
  'details could not be shown': { user: string; request: number; error: unknown };
  'a form could not be opened': { user: string; error: unknown };
  /** The person gets the form without that part, such as the regions of the last request. */
  'a part of a form could not be filled in': { user: string; error: unknown };
  'a form could not be filled from a request': { user: string; request: number; error: unknown };
  'a form could not be redrawn': { user: string; error: unknown };
  'a form could not be answered in place': { user: string; error: unknown };
  /** `asked`: the beginning of the command. */
  'a command could not be answered': { asked: string; user: string; error: unknown };
  'an ephemeral answer was not accepted; sending it as a direct message': {
    user: string;
    channel: string;
    error: unknown;
  };
  'an answer could not be delivered': { user: string; error: unknown };
}
