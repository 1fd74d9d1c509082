export type { Acknowledgement } from './delivery/deliverer';
export type { Submission } from './delivery/submission';
export type { JsonObject } from './json';
export type { Person } from './people/person';
export { CannotAct, NoSuchButton, NoSuchInput, ValueRefused } from './people/personErrors';
export type { Fault } from './records/faults';
export type {
  Call,
  Delivery,
} from './records/records';
export { ALL_SCOPES, type SlackOptions } from './slackOptions';
export { startSlack } from './startSlack';
export type { Message } from './workspace/message';
export * from './workspace/seed';
export type { SlackWorkspace } from './workspace/slackWorkspace';
export type { User } from './workspace/user';
export type { View } from './workspace/view';
