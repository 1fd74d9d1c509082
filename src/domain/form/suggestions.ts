import type { FailedCall } from '../errors/callProblem';
import type { ResourceList } from './resource';

/** A secret that may be selected. `reference` is the form's value. */
export interface SecretChoice {
  reference: string;
  name: string;
  version: string | undefined;
  /** Why the value can't be read, in the API's word for the state. */
  unusable: string | undefined;
}

/** The answer takes too long for a person who is typing. */
interface Loading {
  kind: 'loading';
}

/** The options for a field of the form. */
export type Suggestions =
  | {
      kind: 'resources';
      answer: ResourceList | Loading;
      /** The engine of the instances; nothing for other resources. */
      engine: string | undefined;
    }
  /** A region must be selected first. */
  | { kind: 'region_missing' }
  | {
      kind: 'secrets';
      environment: readonly SecretChoice[];
      /** `hasMore`: the account has more secrets that the person may use. */
      ssm:
        | { kind: 'found'; choices: readonly SecretChoice[]; hasMore: boolean }
        | FailedCall
        | Loading;
    };
