export type { Things } from './account/holdings';
export { STATUS_CREATED, STATUS_CREATING, statusOf } from './dts/dtsJob';
export { pageExample } from './dts/pageExample';
export type { Call } from './endpoint/call';
export { DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY } from './endpoint/credentials';
export type { DtsEndpoint } from './endpoint/dtsEndpoint';
export type { DtsOptions } from './endpoint/dtsOptions';
export type { Fault, PlainFault } from './endpoint/fault';
export { startDts } from './endpoint/startDts';
