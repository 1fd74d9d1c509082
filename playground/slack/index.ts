export type { Entry, OfferedOption } from './blocks/enteredValue';
export type { Acknowledgement, RedeliveryOptions } from './delivery/deliverer';
export type { DisconnectReason, SocketControl } from './delivery/socketMode';
export type { Submission } from './delivery/submission';
export type { Json, JsonObject } from './json';
export type { Ping } from './people/notifications';
export type { ClickOptions, Person } from './people/person';
export { CannotAct, NoSuchButton, NoSuchInput, ValueRefused } from './people/personErrors';
export type { UntilOptions } from './people/until';
export type { Fault, Faults } from './records/faults';
export type {
  Call,
  CallAnswer,
  Delivery,
  DeliveryKind,
  DeliveryOutcome,
  Mistake,
  TokenKind,
} from './records/records';
export { ALL_SCOPES, type DeliveryMode, type SlackOptions } from './slackOptions';
export { startSlack } from './startSlack';
export type { Channel } from './workspace/channel';
export type { Message, MessageRef } from './workspace/message';
export type { Plan } from './workspace/plan';
export * from './workspace/seed';
export type { SlackFile, Upload } from './workspace/slackFile';
export type { SlackWorkspace } from './workspace/slackWorkspace';
export type { User, UserKind } from './workspace/user';
export type { UserGroup } from './workspace/userGroup';
export type { StateValues, View, ViewRef } from './workspace/view';
