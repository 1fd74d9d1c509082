import type { Keys } from './keys';

/** Where the keys come from, as the settings say. */
export type CredentialSettings =
  /** The OIDC role of a TKE pod: Kubernetes writes a token to a file and replaces it. */
  | { kind: 'tke'; roleArn: string; providerId: string; tokenFile: string; region: string }
  /** The role of the CVM that Ferry runs on. Without `role`, the metadata service names it. */
  | { kind: 'cvm'; role: string | undefined; metadataUrl: string }
  /** A role that the base keys may assume. */
  | { kind: 'role'; roleArn: string; base: BaseSettings }
  | BaseSettings;

export type BaseSettings =
  | ({ kind: 'keys' } & Keys)
  /** A file in the format of the SDK, which is read again when its keys are rejected. */
  | { kind: 'profile'; file: string };
