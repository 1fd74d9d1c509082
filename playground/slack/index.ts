export type { Channel } from './channel';
export type { Acknowledgement, RedeliveryOptions } from './deliverer';
export type { Entry, OfferedOption } from './enteredValue';
export type { Fault, Faults } from './faults';
export type { Json, JsonObject } from './json';
export type { Message, MessageRef } from './message';
export type { Ping } from './notifications';
export type { ClickOptions, Person } from './person';
export { CannotAct, NoSuchButton, NoSuchInput, ValueRefused } from './personErrors';
export type { Plan } from './plan';
export type {
  Call,
  CallAnswer,
  Delivery,
  DeliveryKind,
  DeliveryOutcome,
  Mistake,
  TokenKind,
} from './records';
export * from './seed';
export type { SlackFile, Upload } from './slackFile';
export { ALL_SCOPES, type DeliveryMode, type SlackOptions } from './slackOptions';
export type { SlackWorkspace } from './slackWorkspace';
export type { DisconnectReason, SocketControl } from './socketMode';
export { startSlack } from './startSlack';
export type { Submission } from './submission';
export type { UntilOptions } from './until';
export type { User, UserKind } from './user';
export type { UserGroup } from './userGroup';
export type { StateValues, View, ViewRef } from './view';
